"""Parsers of the values of options: each says in Chinese what it takes.

Typer gives a parser what was typed, and also the option's default.
"""

from __future__ import annotations

from collections.abc import Callable

import typer


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
