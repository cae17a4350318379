"""Formulas for the score of one row: a criterion, a part of one, or a gate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jieyue_cli.form.answers import UNTRUE
from jieyue_cli.form.blank.formulas.answers import absent, among, blank, either, number, quoted, trimmed, valid
from jieyue_cli.form.blank.formulas.verification import adopted, begun
from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.form.layout import DROPPED, ELSEWHERE, MET, PENDING, RESCALED, UNMET, Column, FormRow
from jieyue_cli.rubric.model import Criterion, NotApplicable, Question, Rubric
from jieyue_cli.rubric.rules import Branch, Combination
from jieyue_cli.text.numbers import plain

_SETTLED = 12
"""Decimals of a score that may be any amount: finer than the ninth, to which sums of such scores are rounded."""
_LEFT_OUT = {NotApplicable.DROPPED: DROPPED, NotApplicable.RESCALED: RESCALED}


def line_score(row: FormRow, side: Side, ranges: Ranges) -> str:
    """Points of one criterion, from the cells of its questions; 0 for a blank, 待更正 for what is not valid.

    On the office's side blank until the office has begun, nothing where it found a claim to be false, and the agency's
    score where a blank finding means that.
    """
    shown = _whole(row.judged, side, gate=row.gate)
    if row.id in side.read_at:
        shown = adopted(side, row.address(side.answer), row.address(ranges.own.score), shown)
    if side.office and ranges.rubric.forfeit:
        lost = _forfeited(ranges.rubric, row, side, ranges.rows)
        shown = f"IF({lost},{quoted(UNMET) if row.gate else 0},{shown})"
    shown = f'IFERROR({shown},"{PENDING}")'
    if row.groups:
        shown = _for_groups(row, side, shown, ELSEWHERE)
    return f"={begun(side, shown)}"


def part_score(row: FormRow, side: Side, ranges: Ranges) -> str:
    """A hidden cell: the points of a part, 缺项 where it is left out, 待更正 for what is not valid."""
    shown = f'IF({_out(row.judged, side)},"{RESCALED}",{_points(row.judged, side)})'
    if row.id in side.read_at:
        shown = adopted(side, row.address(side.answer), ranges.own.part_points[row.id], shown)
    if row.judged.when:
        shown = _for_groups(row, side, shown, RESCALED)
    return f'=IFERROR({shown},"{PENDING}")'


def _for_groups(row: FormRow, side: Side, shown: str, otherwise: str) -> str:
    """``shown`` for the row's classes of agency, ``otherwise`` for another, 待更正 while the class is not chosen."""
    mine = among(side.group, row.groups)
    return f'IF({side.group}="","{PENDING}",IF({mine},{shown},"{otherwise}"))'


def _whole(criterion: Criterion, side: Side, *, gate: bool) -> str:
    """What a criterion's score cell shows: its points, or the word for having been left out."""
    points = f"ROUND({_points(criterion, side)},{_SETTLED})" if criterion.steps is None else _points(criterion, side)
    if gate:
        points = f"IF({_points(criterion, side)}>={plain(criterion.points)},{quoted(MET)},{quoted(UNMET)})"
    policy = criterion.leaves[0].not_applicable
    if not policy.leaves_out:
        return points
    word = MET if gate else _LEFT_OUT[policy]
    return f"IF({_out(criterion, side)},{quoted(word)},{points})"


def _points(criterion: Criterion, side: Side) -> str:
    """The points of a criterion or part; an error where an answer is not valid, 0 where it is left out."""
    if isinstance(criterion.rule, Branch):
        return _of_case(criterion, criterion.rule, side)
    if isinstance(criterion.rule, Combination):
        return criterion.rule.formula(_parts(criterion.parts, side), criterion.points)
    asked = criterion.needs
    points = criterion.rule.formula([number(question, side) for question in asked], criterion.points)
    if not asked:
        return points
    excused = _excused(criterion)
    any_blank = either(blank(question, side) for question in asked)
    absences = [absent(question, side) for question in asked]
    if len(asked) == 1:
        return f"IF({any_blank},0,IF({absences[0]},{excused},{points}))"
    # an answer that is not valid comes before a blank beside it; so does 不涉及 to some questions only, unless the
    # rule knows what it means: the hidden cell then counts as 0
    answered = f"IF({any_blank},0,{points})"
    if criterion.borrowed:
        return f"{_all_valid(asked, side)}+IF({either(absences)},{excused},{answered})"
    partly = f"IF({either(absences)},NA(),0)+" if criterion.rule.absent is None else ""
    return f"IF(AND({','.join(absences)}),{excused},{_all_valid(asked, side)}+{partly}{answered})"


def _excused(criterion: Criterion) -> str:
    """What 不涉及 brings."""
    return plain(criterion.points) if criterion.not_applicable is NotApplicable.FULL else "0"


def _all_valid(asked: Iterable[Question], side: Side) -> str:
    """0; an error where one of several answers is not valid."""
    return "+".join(f"0*{number(question, side)}" for question in asked)


def _parts(parts: Iterable[Criterion], side: Side) -> list[tuple[str, str, Decimal]]:
    """Each part's points, whether it is left out, and the most it brings."""
    cells = [(side.part_points[part.id], part.points) for part in parts]
    return [(valid(cell), f'{cell}="{RESCALED}"', most) for cell, most in cells]


def _of_case(criterion: Criterion, rule: Branch, side: Side) -> str:
    """The points of a branch: those of the part whose case was answered."""
    (on,) = criterion.borrowed
    chain = "NA()"
    for value in rule.on.asked.answers.values():
        points = rule.formula(_parts(criterion.case_of(value), side), criterion.points)
        chain = f"IF({number(on, side)}={plain(value)},{points},{chain})"
    return f"IF({blank(on, side)},0,IF({absent(on, side)},{_excused(criterion)},{chain}))"


def _case_out(criterion: Criterion, rule: Branch, side: Side) -> str:
    """Whether a branch is left out: 不涉及 to what it depends on, or in the part whose case was answered."""
    (on,) = criterion.borrowed
    chain = "FALSE"
    for value in rule.on.asked.answers.values():
        chain = f"IF({number(on, side)}={plain(value)},{_all_out(criterion.case_of(value), side)},{chain})"
    return f"IF({blank(on, side)},FALSE,IF({absent(on, side)},TRUE,IFERROR({chain},FALSE)))"


def _all_out(parts: Iterable[Criterion], side: Side) -> str:
    return f"AND({','.join(f'{side.part_points[part.id]}={quoted(RESCALED)}' for part in parts)})"


def _out(criterion: Criterion, side: Side) -> str:
    """Whether a criterion or part is left out: 不涉及 answered wherever it may be."""
    if criterion.parts and not isinstance(criterion.rule, Branch):
        return _all_out(criterion.parts, side)
    if not criterion.not_applicable.leaves_out or not criterion.needs:
        return "FALSE"
    if isinstance(criterion.rule, Branch):
        return _case_out(criterion, criterion.rule, side)
    absences = [absent(question, side) for question in criterion.needs]
    if len(absences) == 1:
        return f"IFERROR({absences[0]},FALSE)"
    return either(absences) if criterion.borrowed else f"AND({','.join(absences)})"


def _forfeited(rubric: Rubric, row: FormRow, side: Side, rows: Sequence[FormRow]) -> str:
    """Whether a claim in the same criterion, item or unit (``forfeit``) is marked 虚假."""
    groups = {other.id: other.groups for other in rows}
    own = either(_untrue(question, side, groups[question.id]) for question in row.judged.needs)
    if row.gate or rubric.forfeit == "criterion":
        return own
    near = f"({side.units}={row.address(Column.UNIT)})"
    if rubric.forfeit == "item":
        near += f"*({side.items}={row.address(Column.ITEM)})"
    for other in rows:  # what stands in a row of another class says nothing
        close = other.unit == row.unit and (rubric.forfeit == "unit" or other.item == row.item)
        if other.question and other.groups and close:
            elsewhere = "*".join(f"({side.group}<>{quoted(group)})" for group in other.groups)
            near += f"*(1-({side.ids}={quoted(other.id)})*{elsewhere})"
    # one over nothing is an error, and an error in an answer stays one: neither is a number
    found = f"SUMPRODUCT({near}*ISNUMBER(1/({side.answers}={quoted(UNTRUE)})))>0"
    borrowed = dict.fromkeys(_borrowed_near(rubric, row, side, rows))
    return either((found, *borrowed))


def _borrowed_near(rubric: Rubric, row: FormRow, side: Side, rows: Iterable[FormRow]) -> Iterator[str]:
    """Whether an answer is marked 虚假 that the item or unit borrows; it stands elsewhere in the form."""
    for other in rows:
        close = other.unit == row.unit and (rubric.forfeit == "unit" or other.item == row.item)
        if close and isinstance(other.criterion, Criterion):
            for question in other.criterion.borrowed:
                yield _untrue(question, side, other.groups)


def _untrue(question: Question, side: Side, groups: Sequence[str]) -> str:
    """Whether an answer is marked 虚假; what is said there for another class says nothing."""
    untrue = f"IFERROR({trimmed(side.answer_of[question.id])}={quoted(UNTRUE)},FALSE)"
    return f"AND({among(side.group, groups)},{untrue})" if groups else untrue
