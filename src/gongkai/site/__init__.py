"""Composition root: where settings, addresses, schedule and command line meet."""
