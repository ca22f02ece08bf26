"""Lets the command line run as a module: python -m gongkai.site.cli."""

from gongkai.site.cli.main import run

run()
