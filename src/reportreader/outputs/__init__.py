"""What a verdict looks like on paper, on a screen, in a sheet or to another program.

Nothing here reads or judges a report.
"""
