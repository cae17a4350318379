"""The program's own form, filled in → Submission.

Each module uses only those before it: `table` finds the sheet, the header row and the columns; `columns` reads the
cells of one column; `reader` finds the rows by their 编号, compares them with the standard and makes one claim of every
answer.
"""
