"""Outbox, leases and schedule of background work; it knows no business verb."""
