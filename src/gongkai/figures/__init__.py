"""A registry of named figures, each a query and a list; filled by the apps above."""
