"""What every form of one standard is held against, worked out once for all of them."""

from __future__ import annotations

from functools import lru_cache, partial

from jieyue_cli.form.layout import rows
from jieyue_cli.form.returned.columns import AnswerColumn, PointsColumn
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import Branch
from jieyue_cli.rubric.rules.deductions import Deductions
from jieyue_cli.text.folding import essence

_LAYOUTS = 8
"""Columns remembered of each kind; a template has two of them."""


class Standard:
    """What every form of one standard is held against; and the columns that forms of one template share."""

    def __init__(self, rubric: Rubric) -> None:
        self.rubric = rubric
        self.printed = {row.id: row for row in rows(rubric)}
        self.texts = {essence(row.text): row.id for row in reversed(self.printed.values())}
        """The folded sentence of each row → its 编号."""
        self.grouped = frozenset(row.id for row in self.printed.values() if row.groups)
        """编号 of what is asked of some classes of agency only."""
        leaves = [leaf for criterion in rubric.judged for leaf in criterion.leaves]
        self.joint = [leaf for leaf in leaves if len(leaf.questions) > 1]
        """What asks several questions."""
        faulty = (leaf for leaf in leaves if isinstance(leaf.rule, Deductions))
        asked = (question.id for leaf in faulty for question in leaf.questions)
        self.unclaiming = frozenset((*asked, *(given.id for given in rubric.inputs)))
        """编号 of what costs points, or is only asked: 是 there claims nothing."""
        inner = (inner for criterion in rubric.judged for inner in criterion.nested)
        self.branches = tuple(criterion for criterion in inner if isinstance(criterion.rule, Branch))
        self.everything = frozenset(rubric.by_id)
        self.passing = {name: start >= rubric.pass_mark for name, start in rubric.levels}
        self.answers = lru_cache(_LAYOUTS)(partial(AnswerColumn, rubric))
        self.points = lru_cache(_LAYOUTS)(PointsColumn)
