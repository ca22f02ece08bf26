"""People, roles per agency, sign-in; it knows no record and no case."""
