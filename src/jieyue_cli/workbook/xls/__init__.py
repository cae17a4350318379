"""Excel 97 to 2003, also named .et by WPS: ``biff`` surveys the records, ``reader`` hands them to calamine."""
