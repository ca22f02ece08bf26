"""Triggers and what the database itself refuses; it knows no app by name."""
