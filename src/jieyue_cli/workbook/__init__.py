"""Any spreadsheet file as flat typed cells with true addresses; the only place that knows file formats."""

from jieyue_cli.workbook.limits import DEFAULT_LIMITS, Limits
from jieyue_cli.workbook.reader import needs_isolation, read_workbook

__all__ = ["DEFAULT_LIMITS", "Limits", "needs_isolation", "read_workbook"]
