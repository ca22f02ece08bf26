"""Blackens marked boxes of a PDF so that nothing of them is left, and proves it."""
