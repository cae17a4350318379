"""Which answers a standard's rules borrow: inputs by ``{input: 编号}``, and what a branch depends on; in plain data.

``defaults`` fills in what they are, so that a rule knows the words, the unit and the sort of its input.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from jieyue_cli.rubric.rules.base import fit
from jieyue_cli.rubric.tree import Node, Path

OPERANDS = ("of", "by", "relative_to")
"""Keys of a rule that may name an input."""
Facts = dict[str, Node]
"""What an ``Operand`` knows of an answer."""
_SORTS = {"yes_no", "count", "number", "percent", "choice", "text", "date"}


class Borrowed(NamedTuple):
    """Where a rule names an answer that is asked elsewhere."""

    path: Path
    """Of the name, inside the rule."""
    key: str
    """``of``, ``by``, ``relative_to`` or ``on``."""
    id: str


def references(rule: Node) -> Iterator[Borrowed]:
    """Every answer that a rule borrows."""
    if not isinstance(rule, dict):
        return
    for key in OPERANDS:
        operand = rule.get(key)
        named = operand.get("input") if isinstance(operand, dict) else None
        if isinstance(named, str):
            yield Borrowed((key, "input"), key, named)
    on = rule.get("on")
    if rule.get("kind") == "branch" and isinstance(on, str):
        yield Borrowed(("on",), "on", on)


def input_facts(asked: Node) -> Facts:
    """What a rule must know of an input; what is malformed is left to the input itself."""
    if not isinstance(asked, dict):
        return {}
    facts: Facts = {"name": asked.get("text"), "answer": asked.get("answer"), "unit": asked.get("unit")}
    facts = {key: value for key, value in facts.items() if isinstance(value, str)}
    if not fit(str(facts.get("name"))):
        facts.pop("name", None)
    if facts.get("answer") not in _SORTS:
        facts.pop("answer", None)
    choices = asked.get("choices")
    if isinstance(choices, list) and all(isinstance(choice, str) for choice in choices):
        facts["choices"] = choices
    if asked.get("positive") == "true":
        facts["positive"] = "true"
    return facts


def criterion_facts(criterion: Mapping[str, Node]) -> Facts | None:
    """The same of a criterion; None where it is not answered by 是 or 否, or by choice."""
    rule = criterion.get("rule", {"kind": "all_or_nothing"})
    if "parts" in criterion or not isinstance(rule, dict):
        return None
    facts: Facts = {"name": criterion.get("id")}  # its sentence may be long
    kind, faults = rule.get("kind"), _mappings(rule.get("faults"))
    if kind == "ladder":
        names = [name for step in _mappings(rule.get("steps")) if isinstance(name := step.get("name"), str)]
        return {**facts, "answer": "choice", "choices": [*names], "none": "true"}
    there_or_not = kind == "deductions" and len(faults) == 1 and "measure" not in faults[0]
    return {**facts, "answer": "yes_no"} if kind == "all_or_nothing" or there_or_not else None


def known(data: Node) -> dict[str, Facts]:
    """编号 → what a rule must know of each input, and of each gate, criterion or part that a branch may depend on."""
    if not isinstance(data, dict):
        return {}
    found = {
        identifier: facts
        for criterion in _criteria(data)
        if isinstance(identifier := criterion.get("id"), str) and (facts := criterion_facts(criterion)) is not None
    }
    for asked in _mappings(data.get("inputs")):
        if isinstance(identifier := asked.get("id"), str):
            found[identifier] = input_facts(asked)
    return found


def _criteria(data: Facts) -> Iterator[Facts]:
    """Every gate, criterion and part."""
    items = [item for unit in _mappings(data.get("units")) for item in _mappings(unit.get("items"))]
    for tops in (data.get("gates"), *(item.get("criteria") for item in items)):
        yield from _nested(tops)


def _nested(criteria: Node) -> Iterator[Facts]:
    for criterion in _mappings(criteria):
        yield criterion
        yield from _nested(criterion.get("parts"))


def linked(data: Facts) -> None:
    """Fill into the rules what they must know of the answers that they borrow, and into the inputs what 不涉及 does.

    ``data`` is completed but for this, and no part of it is anybody else's.
    """
    answers, allowed = known(data), _policies(data)
    for criterion in _criteria(data):
        if "rule" in criterion:
            criterion["rule"] = _filled(criterion["rule"], answers)
    for unit in _mappings(data.get("units")):
        if isinstance(deductions := unit.get("deductions"), list):
            unit["deductions"] = [_deduction(each, answers) for each in deductions]
    for asked in _mappings(data.get("inputs")):
        if isinstance(identifier := asked.get("id"), str) and identifier in allowed:
            asked["not_applicable"] = allowed[identifier]


def _policies(data: Facts) -> dict[str, Node]:
    """编号 of an input → the first policy that allows 不涉及, of the criteria that use it."""
    allowed: dict[str, Node] = {}
    for criterion in _criteria(data):
        policy = criterion.get("not_applicable")
        if policy not in (None, "not_allowed"):
            for reference in references(criterion.get("rule")):
                allowed.setdefault(reference.id, policy)
    return allowed


def _filled(rule: Node, answers: Mapping[str, Facts]) -> Node:
    """The rule with what it must know of the answers that it borrows."""
    if not isinstance(rule, dict):
        return rule
    made = dict(rule)
    for reference in references(rule):
        facts = answers.get(reference.id, {})
        written = rule[reference.key]
        made[reference.key] = {**(written if isinstance(written, dict) else {}), **facts, "input": reference.id}
    return made


def _deduction(written: Node, answers: Mapping[str, Facts]) -> Node:
    """The deduction of a unit with what it must know of its input."""
    named = written.get("input") if isinstance(written, dict) else None
    return {**written, **answers.get(named, {})} if isinstance(written, dict) and isinstance(named, str) else written


def _mappings(part: Node) -> list[Facts]:
    return [entry for entry in part if isinstance(entry, dict)] if isinstance(part, list) else []
