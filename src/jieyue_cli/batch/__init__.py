"""Many files: finding them, and reading each where it can harm only itself."""
