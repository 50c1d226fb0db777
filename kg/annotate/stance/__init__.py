"""Stance: what each source asserts, denies, or will not confirm."""
