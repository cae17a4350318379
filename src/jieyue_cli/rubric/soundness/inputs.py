"""Inputs and branches: what is asked once can be asked so, and every answer that a rule borrows is there for it.

Works on the standard as it was written: a rule names its inputs there, and nothing is filled in yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import INPUTS
from jieyue_cli.rubric.references import OPERANDS, Borrowed, Facts, known, references
from jieyue_cli.rubric.rules import Flaw, Operand
from jieyue_cli.rubric.rules.ladder import same_name, stored
from jieyue_cli.rubric.rules.measured import Reference
from jieyue_cli.rubric.soundness.nodes import Part, entries, get, inputs, listed, nested, texts, tops, units
from jieyue_cli.rubric.tree import Node, Path

_MEASURED = ("number", "count")
_FILLED = Reference.model_fields.keys()
"""Keys that the model knows; any other is told by it."""
_DIVISORS = ("by", "relative_to")
_SAY_ANSWERS = ("answer", "choices", "none")
"""What must be known of an answer to know how it can be given."""
_MOST_NAMED = 8
_SORTS = {
    "yes_no": "是否",
    "count": "数量",
    "number": "数值",
    "percent": "百分数",
    "choice": "选项",
    "text": "文字",
    "date": "日期",
}


def flaws(written: Node, data: Node) -> Iterator[Flaw]:
    """Every flaw of the inputs, of the rules that borrow answers, and of the branches.

    ``data`` is the same standard completed: it tells for which classes of agency an item is.
    """
    for asked in inputs(written):
        yield from _input(asked.path, asked.node)
    groups = [texts(top.around, "when") for top in tops(data)]
    standard = _Standard(written, groups)
    for top, own in zip(tops(written), groups, strict=True):
        yield from _within(standard, top, None, own)
    for unit in units(written):
        yield from _deductions(standard, unit)


def _deductions(standard: _Standard, unit: Part) -> Iterator[Flaw]:
    """What is taken from a unit's score: by inputs that say how often, each once, asked of whom the unit is for."""
    seen: set[str] = set()
    for at, deduction in entries(unit.node, "deductions"):
        place, named = (*unit.path, "deductions", at, "input"), get(deduction, "input")
        for key in deduction if isinstance(deduction, dict) else ():
            if key in _FILLED - {"input"}:
                hint = "名称、单位等都由基本数据而来，请删除它。"
                yield Flaw((*place[:-1], key), Code.RUBRIC_UNKNOWN_KEY, {"key": key, "hint": hint})
        if not isinstance(named, str):
            continue
        if named not in standard.inputs:
            yield _unknown(place, named, standard.inputs)
            continue
        answer = standard.answers[named].get("answer")
        if answer not in ("count", "yes_no", None):
            why = f"{named} 填的是{_SORTS[str(answer)]}，单元扣分要用填数量（count）或是否（yes_no）的基本数据"
            yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})
        if standard.answers[named].get("positive") == "true":
            why = f"{named} 写了 positive: true，没有可扣的也填不了 0，请在它那里删除 positive"
            yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})
        if named in seen:
            yield Flaw(place, Code.RUBRIC_PARTS, {"why": f"{named} 在一个单元的扣分里用了两次，请合并成一条"})
        seen.add(named)
        yield from _asked_of(standard, place, named, texts(unit.node, "when"), "这个单元")


def _input(path: Path, asked: Node) -> Iterator[Flaw]:
    """Keys that do not belong to this sort of answer."""
    answer, choices = get(asked, "answer"), listed(asked, "choices")
    if not isinstance(answer, str) or answer not in _SORTS:
        return
    if "not_applicable" in (asked if isinstance(asked, dict) else {}):
        hint = "用到它的得分点写了不涉及怎样算的，它也可以填“不涉及”。"
        yield Flaw((*path, "not_applicable"), Code.RUBRIC_UNKNOWN_KEY, {"key": "not_applicable", "hint": hint})
    if answer == "choice" and len(choices) < 2:  # noqa: PLR2004 -- one is no choice
        yield Flaw((*path, "answer"), Code.RUBRIC_PARTS, {"why": "从几项中选（choice）的，choices 里至少写两项"})
    for key, sorts in (("choices", ("choice",)), ("unit", _MEASURED), ("positive", _MEASURED)):
        if get(asked, key) is not None and answer not in sorts:
            own = "、".join(sorts)
            yield Flaw((*path, key), Code.RUBRIC_PARTS, {"why": f"“{key}”只能与 answer: {own} 一起写"})
    seen: set[object] = set()
    for at, choice in enumerate(choices):
        if isinstance(choice, str):
            number = stored(choice)
            meanings = {same_name(choice), *(() if number is None else (number,))}
            if not seen.isdisjoint(meanings):
                yield Flaw((*path, "choices", at), Code.RUBRIC_DUPLICATE_NAME, {"name": choice})
            seen |= meanings


class _Standard:
    """What rules may borrow, and from where on."""

    def __init__(self, written: Node, groups: Iterable[list[str]]) -> None:
        self.classes = texts(written, "classes")
        self.answers = known(written)
        self.inputs = {
            identifier: asked.node for asked in inputs(written) if isinstance(identifier := get(asked.node, "id"), str)
        }
        self.when: dict[str, list[str]] = {}
        """编号 of each gate, criterion and part, in their order → the classes that it is for; empty for all."""
        for top, own in zip(tops(written), groups, strict=True):
            self._place(top, own)

    def _place(self, part: Part, around: list[str]) -> None:
        own = texts(part.node, "when") or around
        self.when.setdefault(str(get(part.node, "id")), own)
        for at, inner in entries(part.node, "parts"):
            self._place(Part((*part.path, "parts", at), "criteria", inner, part.node), own)

    def classes_of(self, identifier: str) -> list[str]:
        """The classes that an answer is asked of; empty for all."""
        return texts(self.inputs[identifier], "when") if identifier in self.inputs else self.when[identifier]

    def before(self, identifier: str, other: str) -> bool:
        """Whether an answer stands before a gate, criterion or part in the form."""
        order = list(self.when)
        return identifier in self.inputs or order.index(identifier) < order.index(other)


def _within(standard: _Standard, part: Part, around: Part | None, groups: list[str]) -> Iterator[Flaw]:
    """The flaws of one criterion and of everything below it; ``groups`` are the classes that it is inside of."""
    own, rule = texts(part.node, "when") or groups, get(part.node, "rule")
    path, found = (*part.path, "rule"), list(references(rule))
    yield from _operands(path, rule)
    for reference in found:
        yield from _reference(standard, path, reference, rule, own)
    yield from _repeated(path, found if get(rule, "kind") != "ratio" else ())
    yield from _case(part, in_branch=around is not None and _kind(around.node) == "branch")
    if _kind(part.node) == "branch":
        yield from _branch(standard, part, own)
    for at, inner in entries(part.node, "parts"):
        yield from _within(standard, Part((*part.path, "parts", at), "criteria", inner, part.node), part, own)


def _kind(criterion: Node) -> Node:
    return get(get(criterion, "rule"), "kind")


def _operands(path: Path, rule: Node) -> Iterator[Flaw]:
    """Which keys name an input, and what may stand beside them."""
    for key in OPERANDS:
        if isinstance(operand := get(rule, key), dict):
            yield from _operand((*path, key), key, operand)
    if get(rule, "kind") in ("bands", "linear"):
        if get(rule, "by") is not None and get(rule, "of") is None:
            yield Flaw((*path, "by"), Code.RUBRIC_PARTS, {"why": "写了 by（除数）的，也要写 of（被除数）"})
        if get(rule, "of") is not None and get(rule, "negative") is not None:
            yield Flaw((*path, "negative"), Code.RUBRIC_PARTS, {"why": "“negative”不能与 of 一起写：基本数据不填负数"})
    on = get(rule, "on")
    if get(rule, "kind") == "branch" and on is not None and not isinstance(on, str):
        yield Flaw((*path, "on"), Code.RUBRIC_VALUE, {"key": "on", "seen": "", "expected": "一个编号"})


def _operand(path: Path, key: str, operand: Facts) -> Iterator[Flaw]:
    """A mapping that names an input names nothing else; only a mean or quota may be named and fixed instead."""
    allowed, hint = {"input"}, "写了 input 的，名称、单位等都由基本数据而来，请删除它。"
    if "input" not in operand:
        needed, allowed, hint = "input", {"input"}, "这里只写 input。"
        if key == "relative_to":
            needed, allowed, hint = "name", {"name", "value"}, "请删除它。"
        if needed not in operand:
            yield Flaw(path, Code.RUBRIC_MISSING_KEY, {"key": needed})
    elif operand["input"] is None:  # left blank, it would be a question without words
        facts = {"key": "input", "seen": "空白", "expected": "一个编号"}
        yield Flaw((*path, "input"), Code.RUBRIC_VALUE, facts)
    for other in operand:
        if other not in allowed and other in _FILLED:
            yield Flaw((*path, other), Code.RUBRIC_UNKNOWN_KEY, {"key": other, "hint": hint})


def _value(path: Path, key: str, seen: str, expected: str) -> Flaw:
    return Flaw(path, Code.RUBRIC_VALUE, {"key": key, "seen": f"“{seen[:40]}”", "expected": expected})


def _repeated(path: Path, found: Sequence[Borrowed]) -> Iterator[Flaw]:
    """A quotient of an input and itself; a ratio tells it itself."""
    seen: set[str] = set()
    for reference in found:
        if reference.id in seen:
            why = f"{reference.id} 在一条里用了两次，比值总是 1"
            yield Flaw((*path, *reference.path), Code.RUBRIC_PARTS, {"why": why})
        seen.add(reference.id)


def _reference(standard: _Standard, path: Path, reference: Borrowed, rule: Node, groups: list[str]) -> Iterator[Flaw]:
    """An answer that a rule borrows: it exists, is of a sort that serves, and is asked of the same agencies."""
    place, on = (*path, *reference.path), reference.key == "on"
    if reference.id not in standard.inputs and not (on and reference.id in standard.when):
        yield _unknown(place, reference.id, standard.inputs)
        return
    if not on:
        yield from _sort(place, reference, standard.answers.get(reference.id, {}), rule)
    yield from _asked_of(standard, place, reference.id, groups, "这一条")


def _asked_of(standard: _Standard, place: Path, named: str, groups: list[str], what: str) -> Iterator[Flaw]:
    """An answer is asked of all the classes of agency that what borrows it is for."""
    asked = standard.classes_of(named)
    missing = [name for name in (groups or standard.classes) if asked and name not in asked]
    if missing:
        why = f"{named} 只问{'、'.join(asked)}，{what}却也适用于{'、'.join(missing)}"
        yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})


def _unknown(place: Path, name: str, known_inputs: Mapping[str, Node]) -> Flaw:
    names = [*known_inputs]
    listing = "、".join(names[:_MOST_NAMED]) + ("…" if len(names) > _MOST_NAMED else "")
    facts = {"name": name[:40], "where": f"{INPUTS} inputs", "known": listing or "（没有写 inputs）"}
    return Flaw(place, Code.RUBRIC_UNKNOWN_NAME, facts)


def _sort(place: Path, reference: Borrowed, facts: Facts, rule: Node) -> Iterator[Flaw]:
    """Numbers are divided by numbers; a percentage is only held against bounds, and what divides is never 0."""
    answer = facts.get("answer")
    if not isinstance(answer, str):
        return
    alone = get(rule, "kind") in ("bands", "linear") and all(get(rule, key) is None for key in _DIVISORS)
    sorts = (*_MEASURED, "percent") if alone else _MEASURED
    if answer not in sorts:
        named = "、".join(_SORTS[sort] for sort in sorts)
        why = f"{reference.id} 填的是{_SORTS[answer]}，这里要用填{named}的基本数据"
        yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})
    elif reference.key in _DIVISORS and facts.get("positive") != "true":
        why = f"{reference.id} 在这里作除数，不能填 0，请在它那里写 positive: true"
        yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})


def _case(part: Part, *, in_branch: bool) -> Iterator[Flaw]:
    """What belongs to parts of a branch stands there, and only there."""
    if in_branch and get(part.node, "case") is None:
        yield Flaw(part.path, Code.RUBRIC_MISSING_KEY, {"key": "case"})
    if not in_branch and get(part.node, "case") is not None:
        yield Flaw((*part.path, "case"), Code.RUBRIC_PARTS, {"why": "“case”只能写在分情形（branch）的各部分上"})
    if not in_branch and get(get(part.node, "rule"), "kind") == "granted":
        why = "直接得分（granted）只能写在分情形（branch）的各部分上"
        yield Flaw((*part.path, "rule"), Code.RUBRIC_PARTS, {"why": why})


def _branch(standard: _Standard, part: Part, groups: Sequence[str]) -> Iterator[Flaw]:
    """What a branch depends on stands before it and has answers that can be named; each of them has one part."""
    place, on = (*part.path, "rule", "on"), get(get(part.node, "rule"), "on")
    for inner in [inner for inner in nested(part) if inner.path != part.path]:
        if get(inner.node, "not_applicable") is not None:
            why = "“not_applicable”写在分情形（branch）的整条上，不写在它的各部分上"
            yield Flaw((*inner.path, "not_applicable"), Code.RUBRIC_PARTS, {"why": why})
    if not isinstance(on, str) or (on not in standard.inputs and on not in standard.when):
        return
    inside = [get(inner.node, "id") for inner in nested(part)]
    if on in inside:
        yield Flaw(place, Code.RUBRIC_PARTS, {"why": f"分情形（branch）不能看它自己或它的一部分（{on}）怎样填"})
        return
    if not standard.before(on, str(get(part.node, "id"))):
        why = f"{on} 排在这一条后面，分情形（branch）只能看{INPUTS}或前面的得分点怎样填"
        yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})
        return
    facts = standard.answers.get(on, {})
    # its words may be malformed, which is told where they stand
    answers = Operand.model_validate({key: facts[key] for key in _SAY_ANSWERS if key in facts}).asked.answers
    if not answers:
        why = f"{on} 不是填“是”“否”或从几项中选的，分不出情形"
        yield Flaw(place, Code.RUBRIC_PARTS, {"why": why})
        return
    yield from _cases(part, list(answers), groups or standard.classes)


def _cases(part: Part, answers: Sequence[str], groups: Sequence[str]) -> Iterator[Flaw]:
    """Every answer has one part, for each class of agency."""
    named: dict[tuple[str, str], int] = {}
    for at, inner in entries(part.node, "parts"):
        written = get(inner, "case")
        cases = [written] if isinstance(written, str) else texts(inner, "case")
        path = (*part.path, "parts", at, "case")
        for case in cases:
            if case not in answers:
                yield _value(path, "case", case, f"以下之一：{'、'.join(answers)}")
            taken = [group for group in (texts(inner, "when") or groups or [""]) if (case, group) in named]
            if taken:
                yield Flaw(path, Code.RUBRIC_PARTS, {"why": f"填“{case}”的有两个部分，只能有一个"})
            named |= dict.fromkeys(((case, group) for group in texts(inner, "when") or groups or [""]), at)
    if not listed(part.node, "parts"):
        return  # told elsewhere
    for case in answers:
        for group in groups or [""]:
            if (case, group) not in named:
                whose = f"（{group}）" if group else ""
                why = f"填“{case}”的{whose}没有对应的部分，每种填法都要有一个"
                yield Flaw((*part.path, "parts"), Code.RUBRIC_PARTS, {"why": why})
