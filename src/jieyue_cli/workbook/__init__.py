"""Any spreadsheet file as flat typed cells with true addresses; the only place that knows file formats.

``reader.read_workbook`` takes bytes. ``sniff`` tells from them what they are, or refuses them by name. A container
(``containers``: zip or OLE) takes the file apart within ``limits`` and checks each part. The reader of the format
(``xlsx``, ``xlsb``, ``xls``, ``ods``) first makes a ``survey`` of each sheet: formulas, errors, merges, what is hidden
and how far the values reach, for parsers tell little of this and reserve memory for what they are promised. Then a
parser reads the values from a file that is rebuilt from checked parts: ``calamine`` for every format, or, for what the
quick scan of an xlsx sheet does not know, openpyxl (``xlsx.careful``). Survey and values together are the ``cells`` of
a ``Workbook``. Wherever a file is refused, a ``refusal`` carries the problem up to ``read_workbook``.
"""

from jieyue_cli.workbook.limits import DEFAULT_LIMITS, Limits
from jieyue_cli.workbook.reader import needs_isolation, read_workbook

__all__ = ["DEFAULT_LIMITS", "Limits", "needs_isolation", "read_workbook"]
