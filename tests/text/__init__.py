"""Tests of the ground floor: text."""
