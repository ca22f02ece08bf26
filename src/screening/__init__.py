"""What must not leave the house: reads a file to its hidden corners, finds, strips, blackens.

Pure: bytes and values in, values and bytes out. No Django, no database, no clock, no settings.
Who may decide about a finding, and whether a file may go, is the office's matter (gongkai.files).
"""
