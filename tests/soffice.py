"""LibreOffice as a user has it: it opens, calculates, saves and prints what the program wrote."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from jieyue_cli.workbook.cells import address

_ARGUMENTS = 240
"""It leaves out, without a word, what stands behind its 255th argument."""
_VALUES = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false"
"""The first sheet's cells in UTF-8: texts in quotes, and numbers with all their digits instead of those shown."""
_CELL = re.compile(r'("(?:[^"]|"")*"|[^,\n]*)([,\n])')
"""The csv module does not tell a text in quotes from a number without them."""


def resaved(documents: Sequence[bytes], to: str, folder: Path, *, of: str = "xlsx") -> list[bytes]:
    """Documents of the suffix ``of``, each opened and saved with the suffix ``to``.

    A start takes a second or more, whatever is opened: so many documents at once, in few starts.
    """
    sources = [folder / f"{number:03}.{of}" for number in range(len(documents))]
    for source, document in zip(sources, documents, strict=True):
        source.write_bytes(document)
    suffix, _, _ = to.partition(":")
    out = folder / f"as-{suffix}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", to, "--outdir", str(out)]
    for start in range(0, len(sources), _ARGUMENTS):
        some = map(str, sources[start : start + _ARGUMENTS])
        subprocess.run([*command, *some], check=True, capture_output=True, timeout=600)
    return [(out / f"{source.stem}.{suffix}").read_bytes() for source in sources]


def calculated(workbooks: Sequence[bytes], folder: Path) -> list[dict[str, object]]:
    """What the first sheet of each workbook shows once it is calculated: address → text, float or nothing.

    Takes less than half the time of saving each as a workbook and opening that.
    """
    return [_shown(table.decode("utf-8")) for table in resaved(workbooks, _VALUES, folder)]


def _shown(table: str) -> dict[str, object]:
    shown: dict[str, object] = {}
    row = column = 1
    for written, end in _CELL.findall(table.replace("\r\n", "\n")):
        shown[address(row, column)] = _value(written)
        row, column = (row, column + 1) if end == "," else (row + 1, 1)
    return shown


def _value(written: str) -> object:
    if written.startswith('"'):
        return written[1:-1].replace('""', '"') or None
    try:
        return float(written)
    except ValueError:
        return written or None
