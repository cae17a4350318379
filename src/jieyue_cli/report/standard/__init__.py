"""The views of a standard."""
