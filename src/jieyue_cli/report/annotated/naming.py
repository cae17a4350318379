"""What the file that goes back to an agency is called: the agency, and the name under which it handed in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from jieyue_cli.form.blank.naming import file_names
from jieyue_cli.report.annotated.sheet import TITLE
from jieyue_cli.report.ranking import NAMELESS, FileRow
from jieyue_cli.text.cleaning import clean

_END = f"-{TITLE}"
_LONGEST, _LONGEST_AGENCY, _LONGEST_FILE = 55, 30, 23
"""Characters; some take four bytes of the 255 that most systems allow for a name with its end."""


def stems(rows: Iterable[FileRow]) -> list[str]:
    """A name without its suffix for each file, in order; all different, whatever letters Windows takes for equal."""
    return list(file_names(map(_called, rows), _END))


def _called(row: FileRow) -> str:
    handed_in = clean(PurePath(row.result.file).stem).removesuffix(_END)
    if row.name in handed_in or row.name == NAMELESS:
        return handed_in[:_LONGEST]
    return f"{row.name[:_LONGEST_AGENCY]}-{handed_in[:_LONGEST_FILE]}"
