"""The views for people at a terminal."""
