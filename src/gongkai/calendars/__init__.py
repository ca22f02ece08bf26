"""Holiday notices entered and confirmed in the office, handed to statute as a value."""
