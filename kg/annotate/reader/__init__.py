"""The learnt reader: one encoder pass over a text, and the heads that read its states."""
