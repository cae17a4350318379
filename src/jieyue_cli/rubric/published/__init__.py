"""A standard as it was published, a table for people → the plain data of a standard, with everything to look at marked.

``grid`` and ``word`` take the table out of a workbook or a Word document; ``table`` reads its rows as units, items and
text; ``splitting`` and ``drafts`` take the text apart at its numbers and prices; ``patterns`` and ``steps`` know the
usual wordings; ``sums`` checks the points on every level; ``offering`` puts it together.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from jieyue_cli.problems import Problem
    from jieyue_cli.rubric.tree import Node, Path


class Offer(msgspec.Struct, frozen=True):
    """What was made of a published table: a proposal, for somebody to compare with the text."""

    data: dict[str, Node]
    doubts: Mapping[Path, str]
    """What somebody must look at or fill in, by the path of the part."""
    told: tuple[str, ...]
    """What was found, in sentences to print."""


def offered(data: bytes, name: str) -> tuple[Offer | None, tuple[Problem, ...]]:
    """What the file called ``name`` offers; None with at least one error where there is no such table in it."""
    from jieyue_cli.rubric.published.offering import offer

    return offer(data, name)
