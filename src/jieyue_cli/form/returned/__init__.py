"""The program's own form as it comes back: found in its workbook, read row by row."""
