"""Tests of the standard and of what reads it."""
