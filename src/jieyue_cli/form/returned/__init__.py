"""The program's own form, filled in → Submission.

Each module uses only those before it: `table` finds the sheet, the header row and the columns; `columns` reads the
cells of one column; `standard` holds what all forms of one standard are compared with; `reader` finds the rows by their
编号, compares them and makes one claim of every answer.
"""
