"""Propositions between actors: predicates of a lexicon, their arguments in the parse, and a scorer of given pairs."""
