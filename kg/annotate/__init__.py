"""spaCy components that find actors, attributions, relations and stances in a Doc, one phenomenon a package."""
