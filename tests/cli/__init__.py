"""The command line, tested as a user meets it."""
