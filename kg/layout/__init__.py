"""The structure that a text has before anybody parses it: who speaks which block, and what the models should read."""

from kg.layout.base import Block, Kind, Verdict
from kg.layout.read import Layout, read

__all__ = ["Block", "Kind", "Layout", "Verdict", "read"]
