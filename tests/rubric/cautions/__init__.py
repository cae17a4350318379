"""Tests of what ``rubric check`` says a standard will do."""
