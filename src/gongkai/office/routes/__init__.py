"""Addresses of the office by the room they lead to."""
