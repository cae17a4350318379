"""Tests of the form: written, filled in, read back."""
