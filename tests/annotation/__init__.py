"""Comments and sheets in somebody's workbook."""
