"""Tests of the office's year."""
