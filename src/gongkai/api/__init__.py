"""The audience of other systems: a body's OA hands in drafts and asks how far they have come.

Not a way to publish anything: what comes in here is a draft like any other.
"""
