"""Exact numbers in words."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

_CENT = 100


def plain(number: Decimal | Fraction) -> str:
    """Write an exact number without exponent or trailing zeros: ``4.50`` as ``4.5``, ``1E+2`` as ``100``.

    A fraction is cut after two decimals, never rounded up: no print may reach a mark that the exact figure misses.
    """
    if isinstance(number, Fraction):
        number = cut(number)
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cut(number: Decimal | Fraction) -> Decimal:
    """A number as it is written down: cut after two decimals, never rounded up to a mark."""
    return Decimal(int(number * _CENT)) / _CENT


def finest(amounts: Iterable[Decimal]) -> Decimal:
    """The largest step of which all these are multiples: 2, 2.5 and 4 give 0.5."""
    ratios = [amount.as_integer_ratio() for amount in amounts if amount]
    below = lcm(*(denominator for _, denominator in ratios))
    above = gcd(*(numerator * below // denominator for numerator, denominator in ratios)) if ratios else 1
    return Decimal(above) / below
