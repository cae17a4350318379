"""Folders and archives full of returns."""
