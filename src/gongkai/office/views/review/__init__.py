"""Reviewing, and what follows from it: the desk, one version, verdicts, publishing."""
