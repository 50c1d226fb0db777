"""The command line: each command opens what it was given, calls one library function, and prints."""
