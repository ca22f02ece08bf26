"""All records: the list, its files, lists kept under a name, acts on many at once."""
