"""Coreference: pronouns and descriptions of actors, and the source of every claim."""
