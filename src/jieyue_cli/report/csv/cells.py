"""A table as a CSV file in which no cell computes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from jieyue_cli.text.cleaning import clean

Row = Iterable[str]
_COMPUTES = tuple("=+-@＝＋－＠")
"""First characters that make a text a formula to a spreadsheet; some take the wide forms too."""
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def encoded(table: Iterable[Row]) -> bytes:
    """A table as a Chinese Excel opens it: UTF-8 with a byte order mark, CRLF, and no cell that is a formula."""
    data = io.BytesIO()
    with io.TextIOWrapper(data, "utf-8-sig", newline="") as stream:
        csv.writer(stream, lineterminator="\r\n").writerows(map(_as_text, row) for row in table)
        stream.flush()
        return data.getvalue()


def _as_text(cell: str) -> str:
    """A cell that stays what it is: an apostrophe stands before a text that a spreadsheet would compute."""
    tidy = clean(cell)
    computes = cell[:1] in ("\t", "\r") or tidy.lstrip().startswith(_COMPUTES)
    return f"'{tidy}" if computes and not _NUMBER.fullmatch(tidy) else tidy
