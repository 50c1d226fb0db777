"""The linear attribution engine's weights; see README.md."""
