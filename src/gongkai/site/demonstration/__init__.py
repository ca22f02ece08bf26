"""The demonstration county: a place that does not exist, filled through the verbs of the office.

What is said stands in data/*.toml; who acts is judged as in an office (services, `by`, `at`). It
is made for one day and is the same for that day: nothing in it is left to chance.
"""
