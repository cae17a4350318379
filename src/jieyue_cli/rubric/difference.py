"""What one standard changes against another, in words: rubric × rubric → changes; pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jieyue_cli.rubric import provisions
from jieyue_cli.rubric.calendar import STEPS, Deadline
from jieyue_cli.rubric.model import GATES, INPUTS, Criterion, Input, Item, NotApplicable, Rubric, Unit
from jieyue_cli.text.folding import letters_and_digits
from jieyue_cli.text.numbers import plain

Facts = Mapping[str, str | None]
"""What something is called → its value in words; None where it has none."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference; ``before`` or ``after`` is None where there is nothing on that side."""

    where: str
    """总则, or a 编号 with what it is."""
    what: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        """One sentence of it."""
        if self.before is None:
            return f"增加{self.what}：{self.after}"
        if self.after is None:
            return f"删除{self.what}：{self.before}"
        return f"{self.what}由“{self.before}”改为“{self.after}”"


def differences(old: Rubric, new: Rubric) -> tuple[Change, ...]:
    """Every difference, in the order of the standards: general provisions, inputs, gates, units, items, criteria."""
    return (
        *_fields("总则", _general(old), _general(new)),
        *_inputs(old.inputs, new.inputs),
        *_criteria(GATES, _Side.of(old, old.gates), _Side.of(new, new.gates)),
        *_parts("评价单元", _units(old), _units(new)),
        *_parts("评价项目", _items(old), _items(new)),
        *_criteria("得分点", _Side.of(old, _outline(old)), _Side.of(new, _outline(new))),
    )


@dataclass(frozen=True)
class _Side:
    """Criteria of one of the two standards, headings and parts too, by their 编号."""

    policy: NotApplicable
    """What the standard says of 不涉及 in general: what a criterion shares with it goes without saying."""
    criteria: Mapping[str, Criterion]

    @classmethod
    def of(cls, rubric: Rubric, tops: Iterable[Criterion]) -> _Side:
        return cls(rubric.not_applicable, {criterion.id: criterion for top in tops for criterion in top.nested})

    def facts(self, criterion: Criterion) -> Facts:
        own = None if criterion.parts or criterion.not_applicable is self.policy else criterion.not_applicable.chinese
        return {
            "条文": criterion.text,
            "分值": plain(criterion.points),
            "计分方式": criterion.rule.describe(criterion.points),
            "情形": "、".join(criterion.case) or None,
            "必须": provisions.must(criterion.must) if criterion.must else None,
            "不涉及": own,
            "佐证材料": "须提供" if criterion.evidence else None,
            "适用于": "、".join(criterion.when) or None,
            "考评方法": criterion.method,
            **provisions.remarks(criterion),
        }


def _outline(rubric: Rubric) -> Iterator[Criterion]:
    return (criterion for item in rubric.items for criterion in item.outline)


def _fields(where: str, old: Facts, new: Facts) -> Iterator[Change]:
    for what in dict.fromkeys((*old, *new)):
        before, after = old.get(what), new.get(what)
        if before != after:
            yield Change(where, what, before, after)


def _general(rubric: Rubric) -> Facts:
    return {
        "编号": rubric.id,
        "版本": rubric.version,
        "名称": rubric.title,
        "文号": rubric.document,
        "印发单位": "、".join(rubric.issuers),
        "印发日期": rubric.issued.isoformat(),
        "满分": plain(rubric.points),
        "达标线": plain(rubric.pass_mark),
        **{f"{year}目标": share for year, share in provisions.targets(rubric).items()},
        **provisions.around(rubric),
        "范围": "、".join(rubric.scope),
        "期限": "；".join(map(_deadline, rubric.calendar)) or None,
    }


def _deadline(deadline: Deadline) -> str:
    step = f"（{STEPS[deadline.step]}）" if deadline.step else ""
    return f"{deadline.by}：{deadline.what}{step}"


_Named = tuple[Unit | Item, Facts]
"""A part, and what is told of it."""


def _units(rubric: Rubric) -> dict[str, _Named]:
    return {
        unit.id: (unit, {**_part(unit), **provisions.unit_facts(rubric, unit), "附加分": "是" if unit.bonus else None})
        for unit in rubric.units
    }


def _items(rubric: Rubric) -> dict[str, _Named]:
    return {
        item.id: (
            item,
            {
                **_part(item),
                "必须": provisions.must(item.must) if item.must else None,
                "适用于": "、".join(item.when) or None,
            },
        )
        for item in rubric.items
    }


def _part(part: Unit | Item) -> Facts:
    return {"名称": part.name, "分值": plain(part.points), **provisions.remarks(part)}


def _parts(kind: str, old: Mapping[str, _Named], new: Mapping[str, _Named]) -> Iterator[Change]:
    for identifier in _together(list(old), list(new)):
        before, after = old.get(identifier), new.get(identifier)
        if before and after:
            yield from _fields(f"{identifier} {after[0].name}", before[1], after[1])
        elif before:
            yield Change(identifier, kind, _brief(before[0]), None)
        elif after:
            yield Change(identifier, kind, None, _brief(after[0]))


def _brief(part: Unit | Item) -> str:
    return f"{part.name}（{plain(part.points)} 分）"


def _inputs(old: Iterable[Input], new: Iterable[Input]) -> Iterator[Change]:
    before, after = ({asked.id: asked for asked in inputs} for inputs in (old, new))
    for identifier in _together(list(before), list(after)):
        was, now = before.get(identifier), after.get(identifier)
        if was and now:
            yield from _fields(identifier, _input(was), _input(now))
        else:
            whole = [f"{asked.text}（{provisions.asked(asked)}）" if asked else None for asked in (was, now)]
            yield Change(identifier, INPUTS, *whole)


def _input(asked: Input) -> Facts:
    return {"内容": asked.text, "填法": provisions.asked(asked)}


def _criteria(kind: str, old: _Side, new: _Side) -> Iterator[Change]:
    """Criteria and their parts, by 编号; one whose sentence stands under another 编号 was renumbered."""
    before, after = old.criteria, new.criteria
    gone = {
        letters_and_digits(criterion.text): criterion.id for criterion in before.values() if criterion.id not in after
    }
    came = {
        letters_and_digits(criterion.text): criterion.id for criterion in after.values() if criterion.id not in before
    }
    renumbered = {identifier: gone[text] for text, identifier in came.items() if text in gone}
    left = [identifier for identifier in before if identifier not in renumbered.values()]
    for identifier in _together(left, list(after)):
        now = after.get(identifier)
        was = before.get(renumbered.get(identifier, identifier))
        if was and now:
            if was.id != now.id:
                yield Change(now.id, "编号", was.id, now.id)
            yield from _fields(now.id, old.facts(was), new.facts(now))
        elif was:
            yield Change(identifier, kind, _whole(was), None)
        elif now:
            yield Change(identifier, kind, None, _whole(now))


def _together(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """Both in one order: that of the new, with what is gone behind what it stood behind."""
    order = list(new)
    for at, identifier in enumerate(old):
        if identifier not in new:
            order.insert(order.index(old[at - 1]) + 1 if at else 0, identifier)
    return order


def _whole(criterion: Criterion) -> str:
    return f"{criterion.text}（{criterion.describe}）"
