"""What a capable user would write instead; each script is started alone, as the program is."""
