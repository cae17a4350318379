"""The published table typed by hand → Submission.

Each module uses only those before it: `table` finds the header words and what each column holds; `sentences` finds the
standard's sentences in a text, and `scores` reads one cell of points; `rows` says with both what each row holds;
`coverage` says which sentences each score covers; `sums` reads the sums in the table's columns; `labels` finds
labelled values, and `surroundings` takes from them the agency, the year, totals and grades around the table; `reader`
makes one claim of every score.
"""
