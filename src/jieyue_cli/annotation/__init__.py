"""Adds comments and a sheet to somebody's xlsx by changing the few parts concerned; every other byte stays.

Loading and saving a workbook with a library loses stored results, pictures, threaded comments and what other programs
put there (docs/hazards.md, 44). Nothing here knows what is said: texts at cells come in, bytes go out.
"""
