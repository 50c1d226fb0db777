"""The linear scorer of relations between two spans; see README.md."""
