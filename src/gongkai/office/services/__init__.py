"""Verbs of the office itself: on what it keeps besides the things of the apps below."""
