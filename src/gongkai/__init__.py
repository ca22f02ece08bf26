"""The office: portal, back office and API of government information disclosure.

For now only the command line (gongkai.site.cli); rules live in statute, never here.
"""
