"""佐证材料: whose each file is, for which criterion, and what of it is missing, shared or of another year."""
