"""Searches words for what must not go out, or not so; one module for each kind of search."""
