"""What is released, built and installed as a user would, on a machine with nothing on it."""
