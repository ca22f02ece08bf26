"""Who has taken a piece of work, so that two do not do it and nobody's is seen."""
