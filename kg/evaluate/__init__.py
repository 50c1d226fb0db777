"""Figures against annotated articles."""
