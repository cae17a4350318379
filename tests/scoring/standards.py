"""Small standards for the tests of the scores, and answers to them in words."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import Rule
from jieyue_cli.submission import BLANK, FALSE, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind, Claim
from rubric.any_rubric import loaded

Data = dict[str, Any]
Said = Mapping[str, str]
"""编号 → 空, 不涉及, ？, 虚假, or the value as the form understands it (是 is 1, a choice is its place)."""

COUNT: Data = {"kind": "count", "each": 1, "measure": "项"}
_WORDS = {"空": BLANK, "不涉及": NOT_APPLICABLE, "？": UNREADABLE, "虚假": FALSE}


def criterion(identifier: str, points: str = "1", **more: Any) -> Data:
    """Write a criterion; 是 brings its points unless it is given a rule."""
    return {"id": identifier, "points": points, "text": f"做到{identifier}", **more}


def counted(identifier: str, points: str, **more: Any) -> Data:
    """Write a criterion that brings 1 point for each of something."""
    return criterion(identifier, points, rule=COUNT, **more)


def _whole(identifier: str, parts: list[Data], **more: Any) -> Data:
    points = sum((Decimal(part["points"]) for part in parts), Decimal(0))
    return {"id": identifier, "name": f"第{identifier}部分", "points": str(points), **more}


def item(identifier: str, *criteria: Data, **more: Any) -> Data:
    """Write an item with the points of its criteria."""
    return {**_whole(identifier, list(criteria)), "criteria": list(criteria), **more}


def unit(identifier: str, *items: Data, **more: Any) -> Data:
    """Write a unit with the points of its items."""
    return {**_whole(identifier, list(items)), "items": list(items), **more}


def written(*units: Data, passing: str, **more: Any) -> Data:
    """Write the whole standard."""
    points = sum((Decimal(part["points"]) for part in units if not part.get("bonus")), Decimal(0))
    return {
        "id": "small",
        "version": "1",
        "title": "示例",
        "document": "示例",
        "issuers": ["示例市"],
        "issued": "2030-01-02",
        "points": str(points),
        "pass_mark": passing,
        "targets": {"2030": "25%"},
        "scope": ["行政机关"],
        "units": list(units),
        **more,
    }


def standard(*units: Data, passing: str, **more: Any) -> Rubric:
    """Load a standard that holds."""
    return loaded(written(*units, passing=passing, **more))


def rule_of(points: str, rule: Data) -> Rule:
    """Load a rule as that of a standard's only criterion."""
    (made,) = standard(unit("1", item("I", criterion("C", points, rule=rule))), passing=points).criteria
    assert isinstance(made.rule, Rule)
    return made.rule


def claims(said: Said) -> list[Claim]:
    """Return the answers as if read from the cells A1, A2 … of a form."""
    return [
        Claim(
            (identifier,),
            _WORDS.get(word) or Answer(AnswerKind.VALUE, Decimal(word)),
            None if word == "空" else word,
            "表",
            f"A{row}",
        )
        for row, (identifier, word) in enumerate(said.items(), 1)
    ]
