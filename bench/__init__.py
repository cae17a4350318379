"""Makes filled-in forms by the thousand and measures the program beside what a user would write instead."""
