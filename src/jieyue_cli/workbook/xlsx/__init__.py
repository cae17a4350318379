"""Office Open XML: ``package`` finds the parts, ``styles`` reduces the number formats, ``reader`` reads the sheets.

The quick way is ``scan`` and calamine, for the ``dialect`` of the usual programs. The careful one is ``careful``, expat
and openpyxl, with ``content`` for what a cell holds and ``richtext`` for its text. Both get the same parts.
"""
