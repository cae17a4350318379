"""Random standards that hold, and random answers to them: every rule kind, nested, with all that surrounds points."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.rubric.rules import AnswerType, Asked, Rule
from jieyue_cli.rubric.source import build
from jieyue_cli.submission import BLANK, FALSE, NOT_APPLICABLE, UNREADABLE, Answer, AnswerKind, Claim
from rubric.sample import POINTS, Data
from rubric.samples import KINDS

CLASSES = ["独立办公", "集中办公"]
POLICIES = ["not_allowed", "full", "dropped", "rescaled"]


def standard(chance: Random, *, borrowing: bool = True) -> Data:
    """A whole standard as plain data, as it would be written; ``borrowing``: whether answers may decide elsewhere."""
    return _Maker(chance, borrows=borrowing).standard()


def loaded(data: Data) -> Rubric:
    """The standard itself; JSON is YAML."""
    rubric, problems = build(json.dumps(data, ensure_ascii=False).encode())
    assert rubric is not None, (data, problems)
    return rubric


@dataclass
class _Maker:
    chance: Random
    borrows: bool
    """Whether there are inputs, and branches."""
    numbers: Iterable[int] = field(default_factory=lambda: itertools.count(1))
    classes: list[str] = field(default_factory=list)
    """Those that can still be told apart: none inside what is for one class only."""
    every_class: list[str] = field(default_factory=list)
    inputs: list[Data] = field(default_factory=list)
    """What any criterion may borrow."""
    before: list[Data] = field(default_factory=list)
    """Criteria that stand further up, and on which a branch may depend."""

    def standard(self) -> Data:
        chance = self.chance
        self.classes = self.every_class = classes = CLASSES if self.maybe(0.4) else []
        self.inputs = self.any_inputs() if self.borrows and self.maybe(0.5) else []
        every = [self.for_classes(partial(self.unit, self.plan())) for _ in range(chance.randint(1, 3))]
        units = [unit for alike in every for unit in alike]
        points = sum((Decimal(alike[0]["points"]) for alike in every), Decimal(0))
        units[1:] = [self.entered(unit, units[0]) for unit in units[1:]]
        if self.maybe(0.3):
            units.append(self.entered(self.bonus(), {"points": str(points)}))
        made: Data = {
            "id": "any",
            "version": "1",
            "title": "示例标准",
            "document": "示例〔2030〕1号",
            "issuers": ["示例市能源局"],
            "issued": "2030-01-02",
            "targets": {"2030": "50%"},
            "scope": ["行政机关"],
            "points": str(points),
            "units": units,
        }
        if self.maybe(0.35):
            made["scale"] = {"points": str(chance.choice([10, 100, points * 3])), "decimals": chance.randint(0, 2)}
        most = Decimal(made["scale"]["points"]) if "scale" in made else points
        made["pass_mark"] = str(max(Decimal("0.5"), most * chance.randint(5, 10) / 10).quantize(Decimal("0.01")))
        if self.inputs:
            made["inputs"] = self.inputs
        if classes:
            made["classes"] = classes
        if self.maybe(0.7):
            made["not_applicable"] = chance.choice(POLICIES)
        if self.maybe(0.4):
            made["forfeit"] = chance.choice(["criterion", "item", "unit"])
        if self.maybe(0.4):
            made["grades"] = self.grades(Decimal(made["pass_mark"]))
        if self.maybe(0.4):
            made["gates"] = [self.gate(made) for _ in range(chance.randint(1, 2))]
        return self.limited(made) if self.maybe(0.4) else made

    def limited(self, made: Data) -> Data:
        """The standard with a limit on 不涉及; as it is where it has nothing that the limit could be about."""
        limit: Data = {"points": str(self.chance.choice([*POINTS, Decimal("0.25")]))}
        if "grades" in made and self.maybe(0.5):
            limit["otherwise"] = self.chance.choice(made["grades"])["name"]
        with_limit = {**made, "not_applicable_limit": limit}
        rubric, _ = build(json.dumps(with_limit, ensure_ascii=False).encode())
        return with_limit if rubric else made

    def any_inputs(self) -> list[Data]:
        """One or two of every sort, some of which nothing borrows."""
        sorts: list[Data] = [
            {"answer": "number", "unit": "吨"},
            {"answer": "number", "unit": "人", "positive": True},
            {"answer": "count", "unit": "个", "positive": True},
            {"answer": "count"},
            {"answer": "percent"},
            {"answer": "yes_no"},
            {"answer": "choice", "choices": ["甲楼", "乙楼", "50%"]},
            {"answer": "text"},
            {"answer": "date"},
        ]
        listed = [sort for sort in sorts for _ in range(self.chance.randint(1, 2)) if self.maybe(0.8)]
        self.chance.shuffle(listed)
        return [{"id": self.name("A"), "text": f"数据{at}", **sort} for at, sort in enumerate(listed)]

    def input(self, *, of: tuple[str, ...] = ("number", "count"), positive: bool = False, but: str = "") -> Data | None:
        """One of the inputs of a sort, for a rule."""
        fitting = [each for each in self.inputs if each["answer"] in of and (not positive or each.get("positive"))]
        fitting = [each for each in fitting if each["id"] != but]
        return {"input": self.chance.choice(fitting)["id"]} if fitting else None

    def borrowing(self, rule: Data) -> Data:
        """The rule, perhaps with inputs in place of what it would ask for."""
        kind = rule.get("kind")
        of, by = self.input(), self.input(positive=True)
        if kind == "ratio":
            by = self.input(positive=True, but=of["input"]) if of else by
            return (
                rule | ({"of": of} if of and self.maybe(0.5) else {}) | ({"by": by} if by and self.maybe(0.5) else {})
            )
        if kind not in {"bands", "linear"} or self.maybe(0.4):
            return rule
        percent = any(
            "%" in text for text in re.findall(r'"(?:up_to|below|at_least|above|per)": "([^"]*)', json.dumps(rule))
        )
        if of and by and of != by and self.maybe(0.5):
            return _without(rule, "negative", "unit", "relative_to") | {"of": of, "by": by}
        if by and self.maybe(0.5):
            return _without(rule, "unit") | {"relative_to": by}
        alone = self.input(of=("percent",) if percent else ("number", "count"))
        return _without(rule, "negative", "unit", "relative_to") | {"of": alone} if alone else rule

    def branch(self, points: Decimal, depth: int) -> Data | None:
        """Parts for what an input or an earlier criterion says; None where nothing can be depended on."""
        on = [(each["id"], _answers(each)) for each in (*self.inputs, *self.before) if _answers(each)]
        if not on:
            return None
        identifier, answers = self.chance.choice(on)
        self.chance.shuffle(answers)
        at = self.chance.randint(1, len(answers) - 1)
        shares = [points, self.chance.choice([point for point in POINTS if point <= points])]
        parts: list[Data] = []
        for share, cases in zip(shares, (answers[:at], answers[at:]), strict=True):
            for part in self.for_classes(partial(self.criterion, share, depth - 1)):
                if self.maybe(0.2) and "parts" not in part:
                    part["rule"] = {"kind": "granted"}
                part.pop("must", None)
                parts.append(_plain(part) | {"case": cases[0] if len(cases) == 1 else cases})
        return {"rule": {"kind": "branch", "on": identifier}, "parts": parts}

    def grades(self, mark: Decimal) -> list[Data]:
        good = {"name": "合格", "from": str(mark)}
        low: list[Data] = [{"name": "不合格", "from": "0", "below": str(mark)}]
        if mark > 1 and self.maybe(0.5):
            low = [
                {"name": "基本合格", "from": str(mark - 1), "below": str(mark)},
                {"name": "不合格", "from": "0", "below": str(mark - 1)},
            ]
        return [good, *low]

    def gate(self, standard: Data) -> Data:
        gate: Data = {"id": self.name("G"), "text": self.text(), **self.beside()}
        if self.maybe(0.4):
            gate["parts"] = [{"id": self.name("G"), "text": self.text()} for _ in range(2)]
            gate["rule"] = {"kind": self.chance.choice(["either", "all_of"])}
        elif self.inputs and self.maybe(0.5):
            gate |= self.borrowed_gate()
        if "grades" in standard and self.maybe(0.3):
            gate["must"] = {"reach": "full", "otherwise": "不合格"}
        return gate

    def borrowed_gate(self) -> Data:
        """A condition on inputs; nothing where none serves."""
        of, by = self.input(), self.input(positive=True)
        if of and by and of != by and self.maybe(0.5):
            return {"rule": {"kind": "ratio", "of": of, "by": by, "target": "60%", "reverse": self.maybe(0.5)}}
        facts = [(each["id"], _answers(each)) for each in self.inputs if _answers(each)]
        if not facts:
            return {}
        identifier, (first, *others) = self.chance.choice(facts)
        granted = {"id": self.name("G"), "text": self.text(), "case": others, "rule": {"kind": "granted"}}
        parts = [{"id": self.name("G"), "text": self.text(), "case": first}, granted]
        return {"rule": {"kind": "branch", "on": identifier}, "parts": parts}

    def plan(self) -> list[list[Decimal]]:
        """The points of a unit's criteria, item by item."""
        return [self.some() for _ in range(self.chance.randint(1, 2))]

    def unit(self, plan: list[list[Decimal]]) -> Data:
        every = [self.for_classes(partial(self.item, points)) for points in plan]
        items = [item for alike in every for item in alike]
        made = self.whole("U", [alike[0] for alike in every], {"items": items})
        made |= self.must(made["points"]) if self.maybe(0.2) else {}
        countable = [each for each in self.inputs if each["answer"] in ("count", "yes_no") and "positive" not in each]
        counted = [each["id"] for each in countable if self.maybe(0.3)]
        if counted and self.maybe(0.4):
            made["deductions"] = [{"input": each, "lose": str(self.chance.choice(POINTS))} for each in counted]
        return made

    def entered(self, unit: Data, before: Data) -> Data:
        """The unit, sometimes only for those with enough points of what is before it."""
        if "when" in before or self.maybe(0.7):
            return unit
        mark = Decimal(before["points"]) * self.chance.randint(3, 9) / 10
        entry = {self.chance.choice(["above", "at_least"]): str(max(Decimal("0.01"), mark.quantize(Decimal("0.01"))))}
        return {**unit, "entry": entry | ({"of": before["id"]} if "id" in before else {})}

    def must(self, points: object) -> Data:
        """A minimum, by any of its marks, with what may follow where it is missed."""
        reach = self.chance.choice(["nonzero", "full", "60%", "85%", str(Decimal(str(points)) / 2)])
        follows = self.chance.choice([{}, {}, {"zero": "unit"}, {"zero": "total"}])
        return {"must": {"reach": reach, **follows} if follows or self.maybe(0.3) else reach}

    def some(self) -> list[Decimal]:
        return [self.chance.choice(POINTS) for _ in range(self.chance.randint(1, 3))]

    def for_classes(self, make: Callable[[], Data]) -> list[Data]:
        """One part for all, or one with the same points for each class."""
        if not self.classes or self.maybe(0.6):
            return [make()]
        classes, self.classes = self.classes, []
        made = [{**make(), "when": [group]} for group in classes]
        self.classes = classes
        return made

    def bonus(self) -> Data:
        item = self.item([self.chance.choice(POINTS)])
        cap = self.chance.choice([point for point in POINTS if point <= Decimal(item["points"])])
        return {**self.whole("U", [item], {"items": [item]}), "points": str(cap), "bonus": True}

    def item(self, points: list[Decimal]) -> Data:
        every = [self.for_classes(partial(self.criterion, share, 2)) for share in points]
        criteria = [criterion for alike in every for criterion in alike]
        made = self.whole("I", [alike[0] for alike in every], {"criteria": criteria})
        return {**made, **self.around(made["points"])}

    def whole(self, letter: str, parts: list[Data], more: Data) -> Data:
        points = sum((Decimal(part["points"]) for part in parts), Decimal(0))
        identifier = self.name(letter)
        note = {"note": self.text()} if self.maybe(0.2) else {}
        return {"id": identifier, "name": f"名称{identifier}", "points": str(points), **more, **note}

    def around(self, points: object) -> Data:
        made: Data = {}
        if self.maybe(0.15):
            made |= self.must(points)
        if self.maybe(0.2):
            made["not_applicable"] = self.chance.choice(POLICIES)
        return made

    def beside(self) -> Data:
        """What stands beside a criterion and brings no points."""
        words = {"method": "查资料", "guidance": "提供印发的文件。" * self.chance.choice([1, 40]), "note": "原文第三条"}
        return {key: text for key, text in words.items() if self.maybe(0.15)}

    def criterion(self, points: Decimal, depth: int) -> Data:
        made: Data = {"id": self.name("C"), "points": str(points), "text": self.text(), **self.around(points)}
        made |= self.beside()
        if self.maybe(0.2):
            made["evidence"] = True
        if depth and self.maybe(0.3):
            return {**made, **((self.branch(points, depth) if self.maybe(0.4) else None) or self.parts(points, depth))}
        rule = self.borrowing(self.chance.choice(list(KINDS.values())).at_random(self.chance, points))
        made = {**made, "rule": rule} if rule else made
        if self.borrows and self.classes == self.every_class:  # it is asked of all
            self.before.append(made)
        return made

    def parts(self, points: Decimal, depth: int) -> Data:
        kind = self.chance.choice(["sum", "either", "all_of"])
        if kind == "sum" and points == POINTS[0]:
            kind = "either"
        if kind == "sum":
            first = self.chance.choice([point for point in POINTS if point < points])
            shares = [first, points - first]
        elif kind == "either":
            shares = [points, self.chance.choice([point for point in POINTS if point <= points])]
        else:
            shares = [points] * self.chance.randint(2, 3)
        every = [self.for_classes(partial(self.criterion, share, depth - 1)) for share in shares]
        parts = [part for alike in every for part in alike]
        for part in parts:
            part.pop("must", None)
        return {"parts": parts} if kind == "sum" else {"parts": parts, "rule": {"kind": kind}}

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    def name(self, letter: str) -> str:
        return f"{letter}{next(iter(self.numbers))}"

    def text(self) -> str:
        return f"做到第{next(iter(self.numbers))}件事"


def _without(rule: Data, *keys: str) -> Data:
    return {key: value for key, value in rule.items() if key not in keys}


def _plain(part: Data) -> Data:
    """A part of a branch: what 不涉及 does is said of the whole."""
    made = _without(part, "not_applicable")
    return made | {"parts": [_plain(inner) for inner in part["parts"]]} if "parts" in part else made


def _answers(asked: Data) -> list[str]:
    """The answers on which a branch may depend."""
    kind = asked.get("answer") or asked.get("rule", {}).get("kind", "all_or_nothing")
    if kind in {"yes_no", "all_or_nothing"}:
        return ["是", "否"]
    if kind == "ladder":
        return [*(step["name"] for step in asked["rule"]["steps"]), "无"]
    return list(asked.get("choices", []))


Answers = Mapping[str, Answer]


def answers(rubric: Rubric, chance: Random, *, odd: float = 0.1) -> Answers:
    """Answer every question: mostly with a value; ``odd`` is the share that is blank, not applicable or no answer."""
    others = [BLANK, NOT_APPLICABLE, UNREADABLE, *([FALSE] if rubric.forfeit else [])]
    return {
        question.id: chance.choice(others) if chance.random() < odd else value(question.asked, chance)
        for question in rubric.questions.values()
    }


def value(asked: Asked, chance: Random) -> Answer:
    """A valid answer."""
    if asked.type in (AnswerType.TEXT, AnswerType.DATE):
        return Answer(AnswerKind.NOTED, text="综合科" if asked.type is AnswerType.TEXT else "2030-03-01")
    low = -20 if asked.negative else 0
    most, step = asked.most or Decimal(0), asked.step or Decimal(1)
    number = {
        AnswerType.YES_NO: lambda: Decimal(chance.randint(0, 1)),
        AnswerType.COUNT: lambda: Decimal(chance.choice([1, 1, 2, 3, 12] if asked.positive else [0, 1, 2, 3, 12])),
        AnswerType.CHOICE: lambda: chance.choice([*asked.answers.values()]),
        AnswerType.PERCENT: lambda: Decimal(chance.randint(low * 10, 1000)) / 10,
        AnswerType.POINTS: lambda: step * chance.randint(0, int(most / step)),
        AnswerType.NUMBER: lambda: Decimal(chance.randint(max(low * 10, 1 if asked.positive else low * 10), 1000)) / 10,
    }[asked.type]()
    return Answer(AnswerKind.VALUE, number)


def claims(said: Answers) -> list[Claim]:
    """The answers as they reach the scoring."""
    return [Claim((identifier,), answer, "甲", "表", "A1") for identifier, answer in said.items()]


def cell(asked: Asked, answer: Answer) -> object:
    """What somebody enters to say it."""
    if answer.kind is AnswerKind.NOTED:
        return answer.text
    if answer.kind is not AnswerKind.VALUE or answer.value is None:
        words = {
            AnswerKind.BLANK: None,
            AnswerKind.NOT_APPLICABLE: "不涉及",
            AnswerKind.UNREADABLE: "差不多",
            AnswerKind.FALSE: "虚假",
        }
        return words[answer.kind]
    if asked.type is AnswerType.YES_NO:
        return "是" if answer.value else "否"
    if asked.type is AnswerType.CHOICE:
        return asked.choices[int(answer.value) - 1] if answer.value else "无"
    return float(answer.value / 100 if asked.type is AnswerType.PERCENT else answer.value)


def better(leaf: Criterion, values: list[Decimal]) -> list[Decimal] | None:
    """The same answers with one that is better by the rule's own meaning; None where nothing better can be said."""
    assert isinstance(leaf.rule, Rule)
    first, *others = values
    improved = KINDS[leaf.rule.kind].better(leaf.rule, leaf.questions[0].asked, first)
    return None if improved is None else [improved, *others]


def best(leaf: Criterion) -> list[Decimal]:
    """Answers that bring all of a leaf's points."""
    rule = leaf.rule
    assert isinstance(rule, Rule)
    tried: dict[AnswerType, list[Decimal | int]] = {
        AnswerType.YES_NO: [1, 0],
        AnswerType.COUNT: [1000, 0],
        AnswerType.CHOICE: [1],
        AnswerType.PERCENT: [100, 0],
        AnswerType.NUMBER: [10**6, 0],
        AnswerType.POINTS: [leaf.points],
    }
    every = [[Decimal(number) for number in tried[question.asked.type]] for question in leaf.questions]
    if leaf.questions[-1].asked.positive:
        every[-1] = [Decimal(1), Decimal(10**6)]
    for values in itertools.product(*every):
        if rule.score(values, leaf.points) == leaf.points:
            return list(values)
    raise AssertionError((leaf, "nothing brings its points"))


_ODD: list[Any] = [
    *("0", "-1", "0.001", "1e400", "99999999", "25%", "0.25", "150%", "是", "", "x" * 600, "a\nb", "NaN", "１"),
    *("2030-13-01", "full", "rescaled", "either", "sum", None, True, [], {}, ["a"]),
    *({"kind": "count"}, {"kind": "x"}, {"reach": "full"}, {"points": "100", "decimals": "1"}, {"points": "2"}),
    *({"input": "A1"}, {"input": ["A1"]}, {"kind": "granted"}, {"kind": "branch"}, {"kind": "branch", "on": "C1"}),
    {"kind": "ratio", "of": {"input": "A2"}, "by": {}},
]
_KEYS = [
    *("points", "rule", "parts", "when", "must", "bonus", "kind", "steps", "remove", "after", "grades", "gates"),
    *("scale", "not_applicable_limit", "method", "guidance", "note", "entry", "deductions", "zero", "reach"),
    *("inputs", "of", "by", "relative_to", "on", "case", "answer", "choices", "positive"),
]


def damaged(data: Data, chance: Random) -> Data:
    """The same standard with a few parts taken away, replaced, doubled, renamed or moved."""
    broken: Data = json.loads(json.dumps(data))
    for _ in range(chance.randint(1, 3)):
        every = list(_places(broken))
        whole, key = chance.choice(every)
        odd = json.loads(json.dumps(chance.choice([chance.choice(_ODD), chance.choice(every)[0]])))
        match chance.choice(["delete", "replace", "add", "double", "rename"]):
            case "delete":
                del whole[key]
            case "add" if isinstance(whole, dict):
                whole[chance.choice(_KEYS)] = odd
            case "double" if isinstance(whole, list):
                whole.append(json.loads(json.dumps(whole[key])))
            case "rename" if isinstance(whole, dict):
                whole[f"{key}x"] = whole.pop(key)
            case _:
                whole[key] = odd
    return broken


def _places(part: Any) -> Iterator[tuple[Any, Any]]:
    """Every mapping and list with each of its keys."""
    for key, inner in list(part.items() if isinstance(part, dict) else enumerate(part)):
        yield part, key
        if isinstance(inner, dict | list):
            yield from _places(inner)
