"""The old binary format."""
