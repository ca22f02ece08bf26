"""Speed and memory as ratios of two things measured in one run; never part of the tests."""
