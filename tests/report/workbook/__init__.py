"""The parts of the results workbook."""
