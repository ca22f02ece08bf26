"""Files of the office: taken in, kept sealed, searched, stripped, blackened, and let out by one
gate."""
