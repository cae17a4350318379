"""The self-assessment form: `blank` draws it, `returned` reads it, `typed` reads the published table typed by hand.

All three share `layout` (sheet, words and columns of the form), `answers` (spellings of an answer), `agency` (who
hands in, for which year) and `hidden`. `recognise` tells which kind of form a workbook holds and has it read; `carry`
moves the answers of a returned form into a blank one.
"""
