"""The documentation tells what the program does."""
