"""Office Open XML: ``package`` finds the parts, ``styles`` reduces the number formats, ``reader`` reads the sheets.

The quick way is ``scan`` and calamine, the careful one is ``careful``: expat and openpyxl. Both get the same parts.
"""
