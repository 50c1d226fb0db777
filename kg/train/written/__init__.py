"""Texts to learn from, written and annotated for that; ``kg.evaluate.markup`` has the format."""
