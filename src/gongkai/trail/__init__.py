"""Who did what, append-only and chained; actors and subjects are values, not foreign keys."""
