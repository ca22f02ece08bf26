"""Forms of the upkeep of public records: fields and their words; the verbs check and write."""
