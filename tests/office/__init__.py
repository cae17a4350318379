"""The office's year."""
