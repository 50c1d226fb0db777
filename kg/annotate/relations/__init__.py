"""Propositions between actors, from the relation head, and ``kg.relate`` over given pairs."""
