"""The bodies of a county, their offices, numbers and contacts; it knows no people."""
