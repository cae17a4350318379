"""OpenDocument spreadsheets: ``tables`` surveys the XML and writes it anew, with ``text`` for what a cell shows.

``reader`` then hands the tables to calamine.
"""
