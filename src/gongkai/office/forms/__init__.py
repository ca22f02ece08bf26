"""Forms of the office: fields and their words; the verbs check and write."""
