"""Records: drafted, given an attribute, reviewed, cleared, and only then public."""
