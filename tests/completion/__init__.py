"""Tests of the completion scripts in the shells that are here."""
