"""OpenDocument spreadsheets: ``reader`` surveys the XML with expat, then calamine reads the values."""
