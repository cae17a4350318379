"""统一社会信用代码 by GB 32100-2015: 18 characters, of which the last one is computed from the others."""

from __future__ import annotations

from jieyue_cli.text.folding import narrow

LENGTH = 18
_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Their places are their values; I, O, S, V and Z are left out because they look like others."""


def folded(text: str) -> str:
    """The code without what typing adds: spaces, strokes, full width and lower case."""
    return "".join(narrow(text).replace("-", "").split()).upper()


def fault(code: str) -> str:
    """Say what makes a folded text no code, whatever its last character; empty where nothing does."""
    if len(code) != LENGTH:
        return f"是 {len(code)} 位"
    foreign = dict.fromkeys(char for char in code if char not in _DIGITS)
    return f"中有不会用到的“{'、'.join(foreign)}”" if foreign else ""


def check_digit(code: str) -> str:
    """The last character that the first 17 of a code without a ``fault`` ask for."""
    weighed = sum(_DIGITS.index(char) * pow(3, place, 31) for place, char in enumerate(code[: LENGTH - 1]))
    return _DIGITS[-weighed % 31]
