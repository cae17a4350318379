"""The command line: the only place that knows Typer; parses, calls, renders and chooses the exit code."""
