"""What each cited provision says, in our own words: one TOML file per instrument.

Not the official texts, and not rules that compute something; read through statute.texts.anchors.
"""
