"""Parsers of the values of options: each says in Chinese what it takes.

Typer gives a parser what was typed, and also the option's default.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from fractions import Fraction

_SHARE = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%|([01]\.[0-9]{1,6})")


def whole_number(at_least: int, at_most: int | None = None) -> Callable[[str | int], int]:
    """A parser of whole numbers within bounds, both included; it raises BadParameter for anything else."""

    def parse(value: str | int) -> int:
        try:
            number = int(value)
        except ValueError:
            raise typer.BadParameter("应为整数。") from None
        if number < at_least:
            raise typer.BadParameter(f"不能小于 {at_least}。")
        if at_most is not None and number > at_most:
            raise typer.BadParameter(f"不能大于 {at_most}。")
        return number

    return parse


def share(value: str | Fraction) -> Fraction:
    """A share of a whole, ``10%`` or ``0.1``: more than none and not more than all; 10 or 1 alone is neither."""
    from fractions import Fraction

    if isinstance(value, Fraction):
        return value
    found = _SHARE.fullmatch(value.strip().replace("％", "%"))
    made = (Fraction(found[2]) if found[2] else Fraction(found[1]) / 100) if found else Fraction(0)
    if not 0 < made <= 1:
        raise typer.BadParameter("应为 10% 或 0.1 这样的比例，大于 0，不超过 100%。")
    return made
