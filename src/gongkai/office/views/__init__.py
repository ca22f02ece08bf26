"""Views of the office: thin, one module per screen."""
