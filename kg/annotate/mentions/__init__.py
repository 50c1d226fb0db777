"""Mentions that names and rules pass over, from the reader's heads."""
