"""Who says what: source, cue and content of every attribution in a text."""
