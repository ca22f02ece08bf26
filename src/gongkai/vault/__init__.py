"""Keys, masks and reveal-with-reason of personal data; it knows not what a case is."""
