"""The xlsx family."""
