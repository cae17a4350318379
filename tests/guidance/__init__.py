"""Tests of guided use."""
