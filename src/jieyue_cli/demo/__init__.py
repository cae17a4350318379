"""An invented city with two years of forms, for whoever wants to try the program."""
