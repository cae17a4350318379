"""Scripts that complete the program's command line in a shell: made of the command tree, static, changing nothing."""
