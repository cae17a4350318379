"""How names of files are compared, and which names try to lead out of the folder."""

from __future__ import annotations

import re
import unicodedata

from jieyue_cli.text.folding import letters_and_digits, narrow

_OUTSIDE = re.compile(
    r"(?:^|[\\/])\s*\.\.\s*(?:[\\/]|$)|^[A-Za-z]:[\\/]|^[\\/](?:[\\/]|[^\\/\s]+[\\/.])|^~[\\/]|^file:", re.IGNORECASE
)


def folded(name: str) -> str:
    """One spelling for names that look the same: letters and digits, whatever their width, case and composition."""
    return letters_and_digits(narrow(unicodedata.normalize("NFC", name))).lower()


def leads_outside(path: str) -> bool:
    r"""Whether a path leads out of the folder that holds it: ``../x``, ``C:\x``, ``/x``, ``\\server\x``."""
    return _OUTSIDE.search(narrow(path)) is not None
