"""Guided use: what lies in a folder, and which commands come next in the office's year."""
