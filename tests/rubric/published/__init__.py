"""Tests of what is made of published tables."""
