"""What the file that goes back to an agency is called: the agency, and the name under which it handed in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from jieyue_cli.form.blank.naming import file_names
from jieyue_cli.report.annotated.sheet import TITLE
from jieyue_cli.report.ranking import FileRow
from jieyue_cli.text.cleaning import clean

_LONGEST = 45
"""Characters of each of the two; together with what follows they stay below 100."""
_END = f"-{TITLE}"
_LONGEST_OF_BOTH = 55
"""Characters; some take four bytes of the 255 that most systems allow."""


def stems(rows: Iterable[FileRow]) -> list[str]:
    """A name without its suffix for each file, in order; all different, whatever letters Windows takes for equal."""
    return list(file_names(map(_called, rows), _END))


def _called(row: FileRow) -> str:
    handed_in = clean(PurePath(row.result.file).stem).removesuffix(_END)
    named = handed_in if row.name in handed_in else f"{row.name[:_LONGEST]}（{handed_in[:_LONGEST]}）"
    return named[:_LONGEST_OF_BOTH]
