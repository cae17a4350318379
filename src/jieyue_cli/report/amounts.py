"""Totals, differences and rates as every report writes them: exact, or cut and rounded in one way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from jieyue_cli.scoring.scorecard import Scorecard
from jieyue_cli.text.numbers import cut, decimal, plain

_CENT = Decimal("0.01")


def written(amount: Fraction, *cards: Scorecard) -> Fraction:
    """An amount made of the totals of ``cards``: exact, or cut after two decimals where one of them is rescaled."""
    return cut(amount) if any(card.rescaled for card in cards) else amount


def shown(amount: Fraction, *cards: Scorecard) -> str:
    """As ``written``, for people."""
    return plain(written(amount, *cards))


def reach(card: Scorecard) -> str:
    """The total, as a range where mending could still raise it."""
    total = shown(card.total, card)
    return total if card.at_most == card.total else f"{total}～{shown(card.at_most, card)}"


def short(card: Scorecard) -> str:
    """Points that are missing to the pass mark, rounded up where they are cut: what is written must be enough."""
    gap = Fraction(card.rubric.pass_mark) - card.total
    points = decimal(written(gap, card))
    return plain(points if points == gap else points + _CENT)


def signed(difference: Fraction, *cards: Scorecard) -> str:
    """As ``shown``, with a sign; nothing where there is no difference."""
    if not difference:
        return ""
    return f"{'+' if difference > 0 else ''}{shown(difference, *cards)}"


def tenths(share: Fraction) -> int:
    """Tenths of a per cent, rounded half up from the exact fraction: 358/825 is 434."""
    return (2000 * share.numerator + share.denominator) // (2 * share.denominator)


def shown_rate(share: Fraction) -> Decimal:
    """A rate as a number, to a tenth of a per cent."""
    return Decimal(tenths(share)) / 1000


def percent(share: Fraction) -> str:
    """A rate as shown: ``43.4%``."""
    whole, tenth = divmod(tenths(share), 10)
    return f"{whole}.{tenth}%"


def exact_percent(share: Fraction) -> str:
    """A target as set: ``25%``; it comes from a decimal and so has a finite form."""
    return f"{plain(Decimal(100 * share.numerator) / share.denominator)}%"
