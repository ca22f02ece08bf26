"""Reads the words of one carrier with their places; one module for each carrier."""
