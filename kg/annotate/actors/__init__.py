"""Actors: names, groups, unnamed sources and roles, each with its mentions, type and links."""
