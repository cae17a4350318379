"""What a part of a standard takes from the part around it, filled in on plain data before the model is built.

So the model has every value where it is used, and nothing downstream asks who is around whom.
"""

from __future__ import annotations

from typing import Any

from jieyue_cli.rubric.model import NotApplicable

SHARED = ("either", "all_of")
"""Combinations whose parts may leave out their points: they are the whole's."""
UNPRICED = "1.00"
"""The points of a gate: it is met or not, and this is how its rule is asked."""
_POLICIES = {policy.value for policy in NotApplicable}


def completed(data: Any) -> Any:
    """Fill in policies, evidence and points; what is malformed stays as it is, for the model to report."""
    if not isinstance(data, dict):
        return data
    policy = _policy(data, NotApplicable.NOT_ALLOWED.value)
    whole = dict(data)
    whole["gates"] = _each(
        data.get("gates"), lambda gate: _criterion({"points": UNPRICED, **gate}, policy, "all_of", evidence=False)
    )
    whole["units"] = _each(data.get("units"), lambda unit: _unit(unit, policy))
    return {key: value for key, value in whole.items() if key in data or value is not None}


def _unit(unit: dict[str, Any], policy: str) -> dict[str, Any]:
    return {**unit, "items": _each(unit.get("items"), lambda item: _item(item, policy))} if "items" in unit else unit


def _item(item: dict[str, Any], policy: str) -> dict[str, Any]:
    if "criteria" not in item:
        return item
    own = _policy(item, policy)
    criteria = _each(item["criteria"], lambda criterion: _criterion(criterion, own, "sum", evidence=False))
    return {**item, "criteria": criteria}


def _criterion(criterion: dict[str, Any], policy: str, together: str, *, evidence: bool) -> dict[str, Any]:
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
    if "rule" not in made:
        made["rule"] = {"kind": together}
    rule = made["rule"]
    kind = rule.get("kind") if isinstance(rule, dict) else None
    shared = {"points": made["points"]} if kind in SHARED and "points" in made else {}
    asked = made.get("evidence") == "true"
    made["parts"] = _each(made["parts"], lambda part: _criterion({**shared, **part}, own, together, evidence=asked))
    return made


def _policy(part: dict[str, Any], around: str) -> str:
    own = part.get("not_applicable")
    return own if isinstance(own, str) and own in _POLICIES else around


def _each(parts: Any, change: Any) -> Any:
    """Change every part that is a mapping; leave anything else alone."""
    if not isinstance(parts, list):
        return parts
    return [change(part) if isinstance(part, dict) else part for part in parts]
