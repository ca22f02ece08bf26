"""Verbs of the API: tokens issued and revoked, drafts received, answers kept."""
