"""The page to look at: its data, its file, and how it behaves in a real browser."""
