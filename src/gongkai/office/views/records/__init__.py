"""The screens of one record."""
