"""A standard written as a spreadsheet: a workbook → the same plain data with marks as YAML gives, and back.

``vocabulary`` is the one table of what each key is called and in which of the ``phrases`` its value is
written; ``reader`` and ``writer`` both follow it, and so do messages (``words``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieyue_cli.rubric.tree import Node, Path


def written(data: dict[str, Node], doubts: Mapping[Path, str] | None = None) -> bytes:
    """The workbook of a standard that was written as ``data``; the same data always give the same bytes.

    ``doubts`` are sentences about parts, by their path: each stands in the part's 备注, and its row is coloured.
    """
    from jieyue_cli.rubric.spreadsheet.writer import workbook

    return workbook(data, doubts or {})
