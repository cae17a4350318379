"""Excel 97 to 2003, also named .et by WPS: ``biff`` surveys and mends the records, ``strings`` reads their texts.

``reader`` then hands the stream to calamine.
"""
