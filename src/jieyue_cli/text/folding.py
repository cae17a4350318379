"""One spelling for text that looks the same: width, spaces and punctuation.

Only what a Chinese keyboard or a word processor changes on its own is folded; characters that carry meaning
(①, ½, ㎡) stay what they are, which is why Unicode's compatibility forms are not used.
"""

from __future__ import annotations

import re

from jieyue_cli.remembering import Remembered

_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F])
_SPACES = dict.fromkeys([0x00A0, 0x3000, 0x2002, 0x2003, 0x2009, 0x202F, 0x0009, 0x000A, 0x000D, 0x000B, 0x000C], " ")
_TABLE = {**_NARROW, **_INVISIBLE, **_SPACES}
_ESCAPED_BREAK = re.compile(r"_x000[aAdD]_")
_NOT_MEANING = re.compile(r"[\W_]+")
_NUMBERING = re.compile(r"^\s*(?:[0-9]{1,2}\s*[.、)）．]|[（(][0-9]{1,2}[)）]|[①-⑳])\s*(?![0-9])")


def narrow(text: str) -> str:
    """Fold width and spaces: ``narrow("　７ 项　") == "7 项"``."""
    return _NARROWED[text]


def essence(text: str) -> str:
    """Keep only letters and digits, in lower case: what two spellings of one sentence share."""
    return _ESSENCES[text]


def letters_and_digits(text: str) -> str:
    """Drop everything else, but keep width, case and numbering, which count when two standards are compared."""
    return "".join(filter(str.isalnum, text))


def label(text: str) -> str:
    """Fold a header word or a label: no spaces, no colon, no asterisk, no remark in brackets."""
    return _LABELS[text]


def _narrow(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip() if "_x000" not in text else _ESCAPED_BREAK.sub(" ", text).strip()
    return " ".join(_ESCAPED_BREAK.sub(" ", text).translate(_TABLE).split())


def _essence(text: str) -> str:
    return _NOT_MEANING.sub("", _narrow(_NUMBERING.sub("", text))).lower()


def _label(text: str) -> str:
    # behind the last bracket that closes, looking for one at each that opens takes seconds for a cell full of them
    closed, bracket, rest = narrow(text).rpartition(")")
    return re.sub(r"[\s:*]", "", re.sub(r"\(.*?\)", "", closed + bracket) + rest)


_MOST_KEPT = 1024
"""Texts whose folding is kept, for each way of folding."""
_NARROWED = Remembered(_narrow, _MOST_KEPT)
_ESSENCES = Remembered(_essence, _MOST_KEPT)
_LABELS = Remembered(_label, _MOST_KEPT)
