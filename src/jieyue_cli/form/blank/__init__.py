"""The form as it is sent out: drawn once from the standard, filled in for each agency."""
