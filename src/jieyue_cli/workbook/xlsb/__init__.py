"""The new binary format."""
