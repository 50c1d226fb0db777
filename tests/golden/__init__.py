"""Sentences of our own: sets that are measured by kind, and the dangerous ones among them, which are tests."""
