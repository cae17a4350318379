"""The terminal: bars, windows, streams."""
