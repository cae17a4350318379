"""What a part of a standard takes from the part around it, filled in on plain data before the model is built.

So the model has every value where it is used, and no later step looks at the surrounding parts.
"""

from __future__ import annotations

from collections.abc import Callable

from jieyue_cli.rubric import references
from jieyue_cli.rubric.model import NotApplicable
from jieyue_cli.rubric.tree import Node

SHARED = ("either", "all_of", "branch")
"""Combinations whose parts may leave out their points: they are the whole's."""
_UNPRICED: dict[str, Node] = {"points": "1"}
"""The points of a gate and of its parts: it is met or not, and this is how its rule is asked."""
_NOT_ALLOWED = NotApplicable.NOT_ALLOWED.value
_POLICIES = {policy.value for policy in NotApplicable}

_Part = dict[str, Node]


def completed(data: Node) -> Node:
    """Fill in policies, evidence and points; what is malformed stays as it is, for the model to report."""
    if not isinstance(data, dict):
        return data
    policy = _policy(data, _NOT_ALLOWED)
    whole = dict(data)
    if "gates" in data:
        whole["gates"] = _changed(
            data["gates"], lambda gate: _criterion(_unpriced(gate), _NOT_ALLOWED, "all_of", evidence=False)
        )
    if "units" in data:
        whole["units"] = _changed(data["units"], lambda unit: _unit(unit, policy))
    if "inputs" in data:
        whole["inputs"] = _changed(data["inputs"], dict)
    references.linked(whole)
    return whole


def _unpriced(gate: _Part) -> _Part:
    """A gate, or a part of one, as a condition: it is worth 1, and its parts do not add up but are all asked for."""
    made = {**gate, **_UNPRICED}
    if made.get("rule") == {"kind": "sum"}:
        made["rule"] = {"kind": "all_of"}
    return {**made, "parts": _changed(made["parts"], _unpriced)} if "parts" in made else made


def _unit(unit: _Part, policy: str) -> _Part:
    if "items" not in unit:
        return {**unit}
    when = unit.get("when")
    return {**unit, "items": _changed(unit["items"], lambda item: _item(_for_classes(item, when), policy))}


def _for_classes(item: _Part, around: Node) -> _Part:
    """An item for the classes of agency that its unit is for; where they have none in common, as it is written."""
    own = item.get("when")
    if not around or not isinstance(around, list):
        return item
    common = [group for group in own if group in around] if isinstance(own, list) else around
    return {**item, "when": common or own}


def _item(item: _Part, policy: str) -> _Part:
    if "criteria" not in item:
        return item
    own = _policy(item, policy)
    criteria = _changed(item["criteria"], lambda criterion: _criterion(criterion, own, "sum", evidence=False))
    return {**item, "criteria": criteria}


def _criterion(criterion: _Part, policy: str, together: str, *, evidence: bool) -> _Part:
    """One criterion with what it takes from around it, and its parts with what they take from it.

    ``together`` is how parts are combined where the text does not say: points add up, conditions must all be met.
    """
    made = dict(criterion)
    own = _policy(criterion, policy)
    if "not_applicable" not in made:
        made["not_applicable"] = own
    if evidence and "evidence" not in made:
        made["evidence"] = "true"
    if "parts" not in made:
        return made
    rule = made.setdefault("rule", {"kind": together})
    kind = rule.get("kind") if isinstance(rule, dict) else None
    shared = {"points": made["points"]} if kind in SHARED and "points" in made else {}
    asked = made.get("evidence") == "true"
    made["parts"] = _changed(made["parts"], lambda part: _criterion({**shared, **part}, own, together, evidence=asked))
    return made


def _policy(part: _Part, around: str) -> str:
    own = part.get("not_applicable")
    return own if isinstance(own, str) and own in _POLICIES else around


def _changed(parts: Node, change: Callable[[_Part], _Part]) -> Node:
    """Change every part that is a mapping; leave anything else alone."""
    if not isinstance(parts, list):
        return parts
    return [change(part) if isinstance(part, dict) else part for part in parts]
