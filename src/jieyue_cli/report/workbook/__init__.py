"""The results as a workbook."""
