"""Database migrations of this app, in order."""
