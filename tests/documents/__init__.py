"""The documents: what is generated in them is up to date, and what stands in them runs.

``python -m tests.documents`` writes the generated ones anew.
"""
