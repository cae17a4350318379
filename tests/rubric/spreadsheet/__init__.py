"""Tests of the spreadsheet form of the language."""
