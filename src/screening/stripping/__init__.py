"""Takes out of a file what its reader does not see; one module for each carrier."""
