"""The office's reports, each a few tables: one module says what a report holds, and every format follows from it."""
