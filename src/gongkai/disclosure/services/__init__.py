"""Verbs on records. Each takes `by` and `at`, locks the record, and leaves its row of the trail."""
