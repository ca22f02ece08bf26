"""Reads any published annual report into the cells that statute.reporting defines, and checks it.

It never guesses: a cell is a number, blank, unknown, or one of named candidates, each with the
place where it was found. It knows no office, no database and no screen.
"""
