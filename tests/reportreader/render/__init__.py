"""Test tools: any figures of a report, printed in any of the ways that reports get damaged."""
