"""The terminal: what is written to it, the line that shows long work, and the window it stands in."""
