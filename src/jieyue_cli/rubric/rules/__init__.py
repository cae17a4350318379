"""How one sentence of a standard turns answers into points: one small class a kind (docs/office/rubric.md lists them).

A new kind is a module of its own here and its name in ``AnyRule``.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from jieyue_cli.rubric.rules.all_or_nothing import AllOrNothing
from jieyue_cli.rubric.rules.bands import Bands
from jieyue_cli.rubric.rules.base import (
    NONE,
    WORDS,
    AnswerType,
    Asked,
    Combination,
    Flaw,
    LineState,
    Measure,
    Operand,
    Outcome,
    Points,
    Rule,
    Words,
)
from jieyue_cli.rubric.rules.branch import Branch
from jieyue_cli.rubric.rules.combined import AllOf, Either, SumOf
from jieyue_cli.rubric.rules.completion_rate import CompletionRate
from jieyue_cli.rubric.rules.count import Count
from jieyue_cli.rubric.rules.deductions import Deductions
from jieyue_cli.rubric.rules.granted import Granted
from jieyue_cli.rubric.rules.judged import Judged
from jieyue_cli.rubric.rules.ladder import Ladder
from jieyue_cli.rubric.rules.linear import Linear
from jieyue_cli.rubric.rules.ratio import Ratio

AnyRule = Annotated[
    AllOrNothing
    | Count
    | Ladder
    | Bands
    | Linear
    | Ratio
    | Deductions
    | CompletionRate
    | Judged
    | Granted
    | Either
    | AllOf
    | SumOf
    | Branch,
    Field(discriminator="kind"),
]

# The kinds are reached through a standard; only those that the model itself treats apart are handed on.
__all__ = [
    "NONE",
    "WORDS",
    "AllOf",
    "AllOrNothing",
    "AnswerType",
    "AnyRule",
    "Asked",
    "Branch",
    "Combination",
    "Flaw",
    "LineState",
    "Measure",
    "Operand",
    "Outcome",
    "Points",
    "Rule",
    "SumOf",
    "Words",
]
