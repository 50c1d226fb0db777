"""The pair model of names; see README.md."""
