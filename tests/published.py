"""The standard once more, typed by hand from the published text: what the program's own rules are held against."""

from __future__ import annotations

from fractions import Fraction

YES_NO = {
    "1.1.1": 9,
    "2.1.1": 1,
    "2.1.2": 2,
    "2.1.3": 1,
    "2.1.4": 1,
    "2.2.1": 2,
    "2.2.2": 2,
    "2.2.4": 3,
    "2.2.5": 3,
    "2.2.6": 2,
    "2.2.7": 2,
    "2.2.8": 1,
    "2.2.9": 1,
    "2.2.10": 1,
    "3.1.1": 2,
    "3.1.2": 2,
    "3.1.3": 1,
    "3.1.4": 2,
    "3.1.5": 2,
    "3.2.1": 3,
    "3.2.2": 3,
    "3.3.1": 3,
    "3.3.2": 3,
    "3.4.1": 2,
    "3.4.2": 2,
    "4.1.1": 2,
    "4.1.2": 2,
    "4.1.3": 2,
    "4.1.4": 2,
    "4.2.1": 2,
    "4.2.2": 2,
    "4.2.3": 2,
    "4.3.1": 2,
    "4.3.2": 2,
    "4.3.3": 2,
    "4.3.4": 2,
    "5.2.1": 3,
}
"""编号 → what 是 brings."""
COUNTED = {
    "2.2.3": (0, 1, 2, 3, 4, 5, 5, 5),
    "5.1.1": (0, 2, 4, 4, 4, 4, 4, 4),
    "5.1.2": (0, 1, 2, 3, 4, 4, 4, 4),
    "5.1.3": (0, 1, 2, 2, 2, 2, 2, 2),
    "5.2.2": (0, 2, 4, 4, 4, 4, 4, 4),
}
"""编号 → what 0, 1, 2 … 7 bring; more than seven bring what seven do."""
ORDER = tuple(sorted(YES_NO | COUNTED, key=lambda identifier: [int(part) for part in identifier.split(".")]))
UNITS = {"1": 9, "2": 27, "3": 25, "4": 22, "5": 17}
ITEMS = {
    "1.1": 9,
    "2.1": 5,
    "2.2": 22,
    "3.1": 9,
    "3.2": 6,
    "3.3": 6,
    "3.4": 4,
    "4.1": 8,
    "4.2": 6,
    "4.3": 8,
    "5.1": 10,
    "5.2": 7,
}
PASS_MARK = 80

Meant = bool | int | None
"""What somebody means: done or not, how many, or nothing said."""


def worth(identifier: str, meant: Meant) -> Fraction:
    """Return the points that an answer brings."""
    if meant is None:
        return Fraction(0)
    if identifier in YES_NO:
        return Fraction(YES_NO[identifier] if meant else 0)
    return Fraction(COUNTED[identifier][min(int(meant), 7)])


def full(identifier: str) -> Fraction:
    """Return the most that a criterion can bring."""
    return Fraction(YES_NO.get(identifier) or COUNTED[identifier][-1])
