"""The staff screens; views and templates, no rules."""
