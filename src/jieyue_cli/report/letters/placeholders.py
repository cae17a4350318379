"""What a letter may say: each placeholder with its meaning and how it is worked out, declared once.

The same declaration fills letters in, lets ``letter check`` know the names, and is printed in docs/office/letters.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

Facts = Mapping[str, "str | Sequence[Facts]"]
"""Name → text, or the entries of a list."""


class Placeholder(NamedTuple):
    """A name that a template may use."""

    name: str
    meaning: str
    value: Callable[[Any], object]
    """Works it out: text, a number or None (nothing); for a list, what its entries are about."""
    each: tuple[Placeholder, ...] = ()
    """Of a list: what each of its entries has, besides its ``NUMBER``."""

    @property
    def entry(self) -> tuple[Placeholder, ...]:
        """All that an entry of the list has."""
        return (NUMBER, *self.each) if self.each else ()


LEDGER = "台账校验码", "台账的校验码前 16 位和条数；没有用 --ledger 就空着"
"""Name and meaning of what every letter may print of the ledger."""
NUMBER = Placeholder("序号", "在清单中是第几，从 1 数起", lambda _: None)


class Letter(NamedTuple):
    """One letter, or why there is none."""

    name: str
    """Whom it is to, or about."""
    facts: Facts
    reason: str = ""
    """Why there is no such letter; empty where there is one."""


def worked_out(placeholders: Iterable[Placeholder], subject: object) -> Facts:
    """What every placeholder stands for in a letter about ``subject``."""
    return {placeholder.name: _value(placeholder, subject) for placeholder in placeholders}


def _value(placeholder: Placeholder, subject: object) -> str | list[Facts]:
    value: Any = placeholder.value(subject)
    if placeholder.each:
        return [
            {NUMBER.name: str(number), **worked_out(placeholder.each, entry)} for number, entry in enumerate(value, 1)
        ]
    if isinstance(value, Decimal | Fraction):
        return plain(value)
    return clean("" if value is None else str(value))
