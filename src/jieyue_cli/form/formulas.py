"""The form's live formulas: the same scores as ``scoring``, while the clerk is typing.

They are a preview; the score of record is computed from the answers. A formula understands what the form's own
input checks let through and the plain spellings of 是 and 否; anything else shows 待更正 and brings nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jieyue_cli.form.answers import ABSENT, LARGEST, MOST, NO, NONE_COUNTED, UNTRUE, YES
from jieyue_cli.form.layout import DROPPED, ELSEWHERE, MET, PENDING, RESCALED, UNMET, Column, Row
from jieyue_cli.rubric.model import Criterion, Gate, Must, NotApplicable, Question, Rubric
from jieyue_cli.rubric.rules import AnswerType, Combination, plain

_IDEOGRAPHIC_SPACE = "\u3000"
_LEFT_OUT = {NotApplicable.DROPPED: DROPPED, NotApplicable.RESCALED: RESCALED}


@dataclass(frozen=True, slots=True)
class Side:
    """One side's columns over all rows, as absolute ranges, and where the agency's class stands."""

    ids: str
    answers: str
    scores: str
    points: str
    units: str
    items: str
    group: str
    """The cell with the class of the agency."""


def line_score(row: Row, cells: Mapping[str, str], side: Side, forfeit: str = "") -> str:
    """Points of one criterion, from the cells of its questions; 0 for a blank, 待更正 for what is not valid.

    ``forfeit`` says when the office found a claim near it to be false.
    """
    shown = _whole(row.criterion, cells, gate=row.gate)
    if forfeit:
        shown = f"IF({forfeit},{_quoted(UNMET) if row.gate else 0},{shown})"
    shown = f'IFERROR({shown},"{PENDING}")'
    if row.groups:
        mine = _among(side.group, row.groups)
        shown = f'IF({side.group}="","{PENDING}",IF({mine},{shown},"{ELSEWHERE}"))'
    return f"={shown}"


def verified_line_score(rubric: Rubric, row: Row, cells: Mapping[str, str], side: Side, rows: Iterable[Row]) -> str:
    """Like ``line_score`` for the office's finding, but blank until the office has begun."""
    forfeit = _false(rubric, row, cells, side, rows) if rubric.forfeit else ""
    inner = line_score(row, cells, side, forfeit).removeprefix("=")
    return f'=IF(COUNTA({side.answers})=0,"",{inner})'


def total(rubric: Rubric, side: Side, *, begun: bool) -> str:
    """The total of a side; where ``begun``, blank until it has any answer."""
    bonus = [unit for unit in rubric.units if unit.bonus]
    base = f"SUM({side.scores})"
    extra = ""
    for unit in bonus:
        own = f"SUMPRODUCT(--({side.units}={_quoted(unit.name)}),{side.scores})"
        base += f"-{own}"
        extra += f"+MIN({own},{plain(unit.points)})"
    if NotApplicable.RESCALED in rubric.policies:
        due = f"({plain(rubric.points)}-{_left_out(rubric, side, RESCALED)})"
        base = f"IF({due}=0,0,({base})*{plain(rubric.points)}/{due})"
    # cut, not rounded: 79.996 must not be shown, nor taken, for 80
    whole = f"ROUNDDOWN(ROUND({base}{extra},9),2)" if extra or _fine(rubric) else f"ROUND({base},2)"
    return f'=IF(COUNTA({side.answers})=0,"",{whole})' if begun else f"={whole}"


def due(rubric: Rubric, side: Side, total_cell: str) -> str:
    """应得满分: the points without those that are left out; blank as long as the total is."""
    out = "-".join(_left_out(rubric, side, word) for word in (DROPPED, RESCALED))
    return f'=IF({total_cell}="","",{plain(rubric.points)}-{out})'


def verdict(rubric: Rubric, side: Side, total_cell: str, rows: Iterable[Row]) -> str:
    """The grade, or 达标 and 未达标; 待更正 where mending what is not valid could still change it."""
    pending = f'SUMIF({side.scores},"{PENDING}",{side.points})'
    most = f"ROUND({total_cell}+{pending},2)"
    if NotApplicable.RESCALED in rubric.policies:
        out = f"({plain(rubric.points)}-{_left_out(rubric, side, RESCALED)})"
        most = f"IF({out}=0,{total_cell},ROUND({total_cell}+{pending}*{plain(rubric.points)}/{out},2))"
    listed = list(rows)
    low, high = _level(rubric, total_cell), _level(rubric, most)
    for must, sure, could in _requirements(rubric, side, listed):
        held = _held_at(rubric, must)
        low, high = f"MIN({low},IF({sure},99,{held}))", f"MIN({high},IF({could},99,{held}))"
    names = ",".join(_quoted(name) for name, _ in rubric.levels)
    known = f'IF({low}={high},CHOOSE({low}+1,{names}),"{PENDING}")'
    if rubric.classes:
        known = f'IF({side.group}="","{PENDING}",{known})'
    return f'=IF({total_cell}="","",{known})'


def subtotal(scores: str, *conditions: tuple[str, str], cap: Decimal | None = None) -> str:
    """The sum of ``scores`` where each range equals its cell: it survives sorting and inserted rows."""
    # SUMIFS would take * ? < > = in a name for its own, and no name of more than 255 characters
    equal = "*".join(f"({area}={cell})" for area, cell in conditions)
    summed = f"ROUND(SUMPRODUCT(1*{equal},{scores}),9)"
    return f"=MIN({summed},{plain(cap)})" if cap is not None else f"={summed}"


# -- answers -------------------------------------------------------------------------------------------------


def value(question: Question, cell: str) -> str:
    """The answer as a number, 0 for a blank; an error where it is not valid."""
    text = _text(cell)
    match question.asked.type:
        case AnswerType.YES_NO:
            return f"IF({_among(text, YES)},1,IF({_among(text, NO)},0,NA()))"
        case AnswerType.COUNT:
            number = _typed(cell, text)
            whole = f"AND({number}>=0,{number}=INT({number}),{number}<={MOST})"
            counted = f"IF(ISLOGICAL({cell}),NA(),IF({whole},{number},NA()))"
            return f"IF({_among(text, NONE_COUNTED)},0,{counted})"
        case AnswerType.CHOICE:
            chosen = "".join(
                f"IF({text}={_quoted(choice)},{at}," for at, choice in enumerate(question.asked.choices, 1)
            )
            return f"{chosen}IF({_among(text, NO)},0,NA()){')' * len(question.asked.choices)}"
        case AnswerType.PERCENT:
            told = f'VALUE(SUBSTITUTE({text},"%",""))'
            spelled = f'IF(OR(RIGHT({text})="%",ABS({told})>1),{told},NA())'
            share = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=1,{cell}*100,{cell}),{spelled})"
            least = -100 if question.asked.negative else 0
            return f"IF(ISLOGICAL({cell}),NA(),IF(AND({share}>={least},{share}<=100),{share},NA()))"
        case AnswerType.POINTS:
            number, most = _decimal(cell, text), plain(question.asked.most or Decimal(0))
            whole = f"MOD(ROUND({number}/{plain(question.asked.step or Decimal(1))},9),1)=0"
            fits = f"AND({number}>=0,{number}<={most},{whole})"
            return f"IF(ISLOGICAL({cell}),NA(),IF({fits},{number},NA()))"
        case AnswerType.NUMBER:
            number = _decimal(cell, text)
            low = f">=-{LARGEST}" if question.asked.negative else ">0" if question.asked.positive else ">=0"
            return f"IF(ISLOGICAL({cell}),NA(),IF(AND({number}{low},{number}<={LARGEST}),{number},NA()))"


def _typed(cell: str, text: str) -> str:
    # VALUE alone would take 5%, 1e1, 1/2 and (3) for numbers
    return f'IF(ISNUMBER({cell}),{cell},IF(TEXT(VALUE({text}),"0")={text},VALUE({text}),NA()))'


def _decimal(cell: str, text: str) -> str:
    return (
        f'IF(ISNUMBER({cell}),{cell},IF(TEXT(VALUE({text}),"0.#########")={text},VALUE({text}),{_typed(cell, text)}))'
    )


def _among(text: str, spellings: Iterable[str]) -> str:
    # MATCH and COUNTIF would take * and ? in the answer as wildcards
    listed = ",".join(_quoted(spelling) for spelling in spellings)
    return f"SUMPRODUCT(--({text}={{{listed}}}))>0"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(cell: str) -> str:
    return f'TRIM(SUBSTITUTE({cell},"{_IDEOGRAPHIC_SPACE}"," "))'


def _absent(criterion: Criterion, cells: Mapping[str, str]) -> str:
    """Whether any answer of a leaf is 不涉及."""
    return _any(_among(_text(cells[question.id]), ABSENT) for question in criterion.questions)


def _nothing(question: Question, cells: Mapping[str, str]) -> str:
    """Whether one answer is blank or 不涉及, and so cannot be wrong."""
    text = _text(cells[question.id])
    return f'OR({text}="",{_among(text, ABSENT)})'


def _blank(criterion: Criterion, cells: Mapping[str, str]) -> str:
    return _any(f'{_text(cells[question.id])}=""' for question in criterion.questions)


def _any(conditions: Iterable[str]) -> str:
    listed = list(conditions)
    return listed[0] if len(listed) == 1 else f"OR({','.join(listed)})"


# -- criteria ------------------------------------------------------------------------------------------------


def _whole(criterion: Criterion, cells: Mapping[str, str], *, gate: bool) -> str:
    """What a criterion's score cell shows: its points, or the word for having been left out."""
    points = f"ROUND({_points(criterion, cells)},9)" if criterion.steps is None else _points(criterion, cells)
    if gate:
        points = f"IF({_points(criterion, cells)}>={plain(criterion.points)},{_quoted(MET)},{_quoted(UNMET)})"
    policy = criterion.leaves[0].not_applicable
    if not policy.leaves_out:
        return points
    word = MET if gate else _LEFT_OUT[policy]
    return f"IF({_out(criterion, cells)},{_quoted(word)},{points})"


def _points(criterion: Criterion, cells: Mapping[str, str]) -> str:
    """The points of a criterion or part; an error where an answer is not valid, 0 where it is left out."""
    if isinstance(criterion.rule, Combination):
        parts = [(_points(part, cells), _out(part, cells), part.points) for part in criterion.parts]
        return criterion.rule.formula(parts, criterion.points)
    values = [value(question, cells[question.id]) for question in criterion.questions]
    points = criterion.rule.formula(values, criterion.points)
    excused = plain(criterion.points) if criterion.not_applicable is NotApplicable.FULL else "0"
    blank, absent = _blank(criterion, cells), _absent(criterion, cells)
    if len(criterion.questions) == 1:
        return f"IF({blank},0,IF({absent},{excused},{points}))"
    # an answer that is not valid comes before a blank or 不涉及 beside it
    sure = "+".join(f"IF({_nothing(each, cells)},0,0*{value(each, cells[each.id])})" for each in criterion.questions)
    return f"{sure}+IF({absent},{excused},IF({blank},0,{points}))"


def _out(criterion: Criterion, cells: Mapping[str, str]) -> str:
    """Whether a criterion or part is left out: 不涉及 answered wherever it may be."""
    if criterion.parts:
        return f"AND({','.join(_out(part, cells) for part in criterion.parts)})"
    if not criterion.not_applicable.leaves_out:
        return "FALSE"
    absent = _absent(criterion, cells)
    if len(criterion.questions) == 1:
        return f"IFERROR({absent},FALSE)"
    valid = ",".join(
        f"OR({_nothing(each, cells)},NOT(ISERROR({value(each, cells[each.id])})))" for each in criterion.questions
    )
    return f"IFERROR(AND({absent},{valid}),FALSE)"


def _false(rubric: Rubric, row: Row, cells: Mapping[str, str], side: Side, rows: Iterable[Row]) -> str:
    """Whether the office found a claim near this row to be false."""
    own = _any(f"{_text(cells[question.id])}={_quoted(UNTRUE)}" for question in row.criterion.questions)
    if row.gate or rubric.forfeit == "criterion":
        return own
    near = f"({side.units}={row.address(Column.UNIT)})"
    if rubric.forfeit == "item":
        near += f"*({side.items}={row.address(Column.ITEM)})"
    for other in rows:  # what stands in a row of another class says nothing
        close = other.unit == row.unit and (rubric.forfeit == "unit" or other.item == row.item)
        if other.question and other.groups and close:
            elsewhere = "*".join(f"({side.group}<>{_quoted(group)})" for group in other.groups)
            near += f"*(1-({side.ids}={_quoted(other.id)})*{elsewhere})"
    # one over nothing is an error, and an error in an answer stays one: neither is a number
    return f"SUMPRODUCT({near}*ISNUMBER(1/({side.answers}={_quoted(UNTRUE)})))>0"


# -- the verdict ---------------------------------------------------------------------------------------------


def _left_out(rubric: Rubric, side: Side, word: str) -> str:
    """The points of the base units' criteria whose score cell shows this word."""
    out = f'SUMIF({side.scores},"{word}",{side.points})'
    for unit in rubric.units:
        if unit.bonus:
            out += f'-SUMPRODUCT(--({side.units}={_quoted(unit.name)}),--({side.scores}="{word}"),{side.points})'
    return f"({out})"


def _fine(rubric: Rubric) -> bool:
    """Whether a total may have more than two decimals."""
    return NotApplicable.RESCALED in rubric.policies or any(each.steps is None for each in rubric.criteria)


def _level(rubric: Rubric, total_value: str) -> str:
    """The place of the grade for a total, 0 for the worst."""
    chain = "0"
    for at, (_, start) in list(enumerate(rubric.levels))[1:]:
        chain = f"IF({total_value}>={plain(start)},{at},{chain})"
    return chain


def _held_at(rubric: Rubric, must: Must) -> int:
    names = [name for name, _ in rubric.levels]
    if must.otherwise is not None:
        return names.index(must.otherwise)
    return max((at for at, (_, start) in enumerate(rubric.levels) if start < rubric.pass_mark), default=0)


def _requirements(rubric: Rubric, side: Side, rows: list[Row]) -> Iterable[tuple[Must, str, str]]:
    """Each requirement with whether it is met for certain, and whether it could be."""
    for row in rows:
        if row.scored and isinstance(row.criterion, Gate):
            cell = _score_cell(row, side)
            fine = f"OR({cell}={_quoted(MET)},{cell}={_quoted(ELSEWHERE)})"
            yield row.criterion.must, fine, f"OR({fine},{cell}={_quoted(PENDING)})"
    for item in rubric.items:
        if item.must:
            own = [row for row in rows if not row.gate and row.scored and row.item == item.name]
            yield (item.must, *_reached(item.must, own, side))
    for criterion in (each for item in rubric.items for entry in item.outline for each in _marked(entry)):
        if criterion.must:
            wanted = {priced.id for priced in criterion.priced}
            own = [row for row in rows if row.scored and row.criterion.id in wanted]
            yield (criterion.must, *_reached(criterion.must, own, side))


def _marked(criterion: Criterion) -> Iterable[Criterion]:
    yield criterion
    if criterion.priced != (criterion,):
        for part in criterion.parts:
            yield from _marked(part)


def _reached(must: Must, own: list[Row], side: Side) -> tuple[str, str]:
    low = "+".join(f"N({_score_cell(row, side)})" for row in own)
    pending = "+".join(
        f"IF({_score_cell(row, side)}={_quoted(PENDING)},{plain(row.criterion.points)},0)" for row in own
    )
    out = "+".join(_beside(row, side) for row in own)
    if must.reach == "full":
        asked = f"({'+'.join(plain(row.criterion.points) for row in own)}-({out}))"
        return f"ROUND({low}-{asked},9)>=0", f"ROUND({low}+{pending}-{asked},9)>=0"
    none = f"({out})>={'+'.join(plain(row.criterion.points) for row in own)}"
    return f"OR({low}>0,{none})", f"OR({low}+{pending}>0,{none})"


def _beside(row: Row, side: Side) -> str:
    """The points of a row that is left out or another class's, else 0."""
    cell = _score_cell(row, side)
    words = ",".join(f"{cell}={_quoted(word)}" for word in (DROPPED, RESCALED, ELSEWHERE))
    return f"IF(OR({words}),{plain(row.criterion.points)},0)"


def _score_cell(row: Row, side: Side) -> str:
    return f"{side.scores.split('$')[1]}{row.number}"
