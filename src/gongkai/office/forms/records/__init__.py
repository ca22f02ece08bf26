"""What the screens of one record ask."""
