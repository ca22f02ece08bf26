"""Telling people what waits for them: in the office at once, by mail and message on top of it."""
