"""The form's live formulas: the same scores as ``scoring``, while the clerk is typing.

They are a preview; the score of record is computed from the answers. A formula understands what the form's own
input checks let through and the plain spellings of 是 and 否; anything else shows 待更正 and brings nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from jieyue_cli.form.answers import ABSENT, LARGEST, MEASURES, MOST, NO, NONE_COUNTED, NUMERALS, UNTRUE, YES
from jieyue_cli.form.layout import DROPPED, ELSEWHERE, MET, PENDING, RESCALED, UNMET, Column, FormRow
from jieyue_cli.rubric.model import Criterion, Gate, Must, NotApplicable, Question, Rubric
from jieyue_cli.rubric.rules import AnswerType, Combination, plain
from jieyue_cli.rubric.rules.ladder import stored

_IDEOGRAPHIC_SPACE = "\u3000"
_WIDER = ord("！") - ord("!")
"""From a character to the same in full width."""
_ABSENT = "不涉及"
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
    sure: str
    could: str
    """The hidden cells that hold a grade down."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one side's answers stand; and the hidden cells where those of long rules are worked out step by step.

    A program takes no formula of more than 8,192 characters, and some rules name an answer many times.
    """

    answers: Mapping[str, str]
    """编号 of a question → the cell of its answer."""
    values: Mapping[str, str]
    """编号 of a question → the hidden cell with its answer as understood."""
    parts: Mapping[str, str]
    """编号 of a part → the hidden cell with its points."""


def worked(row: FormRow) -> bool:
    """Whether the answer of a row is worked out in a hidden cell."""
    if row.question is None:
        return False
    short = row.question.asked.type in (AnswerType.YES_NO, AnswerType.COUNT)
    return len(row.criterion.questions) > 1 or not short


def understood(question: Question, cell: str) -> str:
    """A hidden cell: the answer as a number, empty for a blank, 不涉及, or 待更正 for what is not valid."""
    text = _text(cell)
    known = f'IF({text}="","",IF({_among(text, ABSENT)},"{_ABSENT}",{value(question, cell)}))'
    return f'=IFERROR({known},"{PENDING}")'


def part_score(row: FormRow, place: Place, side: Side) -> str:
    """A hidden cell: the points of a part, 缺项 where it is left out, 待更正 for what is not valid."""
    shown = f'IF({_out(row.criterion, place)},"{RESCALED}",{_points(row.criterion, place)})'
    if row.criterion.when:
        mine = _among(side.group, row.groups)
        shown = f'IF({side.group}="","{PENDING}",IF({mine},{shown},"{RESCALED}"))'
    return f'=IFERROR({shown},"{PENDING}")'


def line_score(row: FormRow, place: Place, side: Side, forfeit: str = "") -> str:
    """Points of one criterion, from the cells of its questions; 0 for a blank, 待更正 for what is not valid.

    ``forfeit`` says when the office found a claim near it to be false.
    """
    shown = _whole(row.criterion, place, gate=row.gate)
    if forfeit:
        shown = f"IF({forfeit},{_quoted(UNMET) if row.gate else 0},{shown})"
    shown = f'IFERROR({shown},"{PENDING}")'
    if row.groups:
        mine = _among(side.group, row.groups)
        shown = f'IF({side.group}="","{PENDING}",IF({mine},{shown},"{ELSEWHERE}"))'
    return f"={shown}"


def verified_line_score(rubric: Rubric, row: FormRow, place: Place, side: Side, rows: Iterable[FormRow]) -> str:
    """Like ``line_score`` for the office's finding, but blank until the office has begun."""
    forfeit = _false(rubric, row, place, side, rows) if rubric.forfeit else ""
    inner = line_score(row, place, side, forfeit).removeprefix("=")
    return f'=IF(COUNTA({side.answers})=0,"",{inner})'


def total(rubric: Rubric, side: Side, *, begun: bool) -> str:
    """The total of a side; where ``begun``, blank until it has any answer."""
    whole = _sum(rubric, side, lambda scope: _established(side, scope))
    return f'=IF(COUNTA({side.answers})=0,"",{whole})' if begun else f"={whole}"


def _sum(rubric: Rubric, side: Side, summed: Callable[[str], str]) -> str:
    """The total, given how the rows of a scope (a condition; empty for all) are summed."""
    base, extra = summed(""), ""
    for unit in rubric.units:
        if unit.bonus:
            own = summed(f"--({side.units}={_quoted(unit.name)})")
            base += f"-({own})"
            extra += f"+MIN({own},{plain(unit.points)})"
    if NotApplicable.RESCALED in rubric.policies:
        due = f"({plain(rubric.points)}-{_left_out(rubric, side, RESCALED)})"
        base = f"IF({due}=0,0,({base})*{plain(rubric.points)}/{due})"
    # cut, not rounded: 79.996 must not be shown, nor taken, for 80
    return f"ROUNDDOWN(ROUND({base}{extra},9),2)" if extra or _fine(rubric) else f"ROUND({base},2)"


def _established(side: Side, scope: str) -> str:
    return f"SUMPRODUCT({scope},{side.scores})" if scope else f"SUM({side.scores})"


def _pending(side: Side, scope: str) -> str:
    """The points of the rows that show 待更正."""
    if not scope:
        return f'SUMIF({side.scores},"{PENDING}",{side.points})'
    return f'SUMPRODUCT({scope},--({side.scores}="{PENDING}"),{side.points})'


def due(rubric: Rubric, side: Side, total_cell: str) -> str:
    """应得满分: the points without those that are left out; blank as long as the total is."""
    out = "-".join(_left_out(rubric, side, word) for word in (DROPPED, RESCALED))
    return f'=IF({total_cell}="","",{plain(rubric.points)}-{out})'


def verdict(rubric: Rubric, side: Side, total_cell: str) -> str:
    """The grade, or 达标 and 未达标; 待更正 where mending what is not valid could still change it."""
    most = _sum(rubric, side, lambda scope: f"{_established(side, scope)}+{_pending(side, scope)}")
    low, high = _level(rubric, total_cell), _level(rubric, most)
    if rubric.demanding:
        low, high = f"MIN({low},{side.sure})", f"MIN({high},{side.could})"
    names = ",".join(_quoted(name) for name, _ in rubric.levels)
    known = f'IF({low}={high},CHOOSE({low}+1,{names}),"{PENDING}")'
    if rubric.classes:
        known = f'IF({side.group}="","{PENDING}",{known})'
    return f'=IF({total_cell}="","",{known})'


def demands(rubric: Rubric, side: Side, rows: Iterable[FormRow]) -> list[tuple[str, str]]:
    """Two hidden cells for each gate, ★ and ※: the best grade it lets through for certain, and once all is mended."""
    return [
        (
            f"=IF({sure},{len(rubric.levels)},{_held_at(rubric, must)})",
            f"=IF({could},{len(rubric.levels)},{_held_at(rubric, must)})",
        )
        for must, sure, could in _requirements(rubric, side, rows)
    ]


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
            return _counted(question.asked.unit, cell, text)
        case AnswerType.CHOICE:
            chosen = "".join(
                f"IF({_named(choice, cell, text)},{at}," for at, choice in enumerate(question.asked.choices, 1)
            )
            return f"{chosen}IF({_among(text, NO)},0,NA()){')' * len(question.asked.choices)}"
        case AnswerType.PERCENT:
            told = f'VALUE(SUBSTITUTE({text},"%",""))'
            spelled = f'IF(OR(RIGHT({text})="%",ABS({told})>1),{told},NA())'
            share = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=1,{cell}*100,{cell}),{spelled})"
            least = -100 if question.asked.negative else 0
            return f"IF(ISLOGICAL({cell}),NA(),IF(AND({share}>={least},{share}<=100),{share},NA()))"
        case AnswerType.POINTS:
            number, most = _decimal(cell, _bare(text, "分")), plain(question.asked.most or Decimal(0))
            whole = f"MOD(ROUND({number}/{plain(question.asked.step or Decimal(1))},9),1)=0"
            fits = f"AND({number}>=0,{number}<={most},{whole})"
            return f"IF(ISLOGICAL({cell}),NA(),IF({fits},{number},NA()))"
        case AnswerType.NUMBER:
            number = _decimal(cell, _bare(text, question.asked.unit))
            low = f">=-{LARGEST}" if question.asked.negative else ">0" if question.asked.positive else ">=0"
            return f"IF(ISLOGICAL({cell}),NA(),IF(AND({number}{low},{number}<={LARGEST}),{number},NA()))"


def _counted(unit: str, cell: str, text: str) -> str:
    """A whole number up to the largest count: typed, as text with or without its measure word, or one numeral."""
    bare = _bare(text, unit, MEASURES)
    digits = f'TEXT(MIN(MAX(VALUE({bare}),0),{MOST}),"0")={bare}'
    numerals = f"{bare}={_array(NUMERALS)}"
    named = f"SUMPRODUCT(({numerals})*{{{','.join(map(str, NUMERALS.values()))}}})/SUMPRODUCT(--({numerals}))"
    typed = f"IF(AND({cell}>=0,{cell}=INT({cell}),{cell}<={MOST}),{cell},NA())"
    spelled = f"IF({_among(text, NONE_COUNTED)},0,IF(IFERROR({digits},FALSE),VALUE({bare}),{named}))"
    return f"IF(ISLOGICAL({cell}),NA(),IF(ISNUMBER({cell}),{typed},{spelled}))"


def _named(choice: str, cell: str, text: str) -> str:
    """Whether a choice is named, or the number stands there that programs make of its name."""
    named = f"{text}={_quoted(_trimmed(choice))}"
    number = stored(choice)
    return (
        named
        if number is None
        else f"OR({named},IF(ISNUMBER({cell}),IF(ISLOGICAL({cell}),FALSE,{cell}={plain(number)})))"
    )


def _trimmed(text: str) -> str:
    """Do to a name what ``_text`` does to a cell."""
    return " ".join(filter(None, text.replace(_IDEOGRAPHIC_SPACE, " ").split(" ")))


def _bare(text: str, unit: str, single: str = "") -> str:
    """``text`` without the unit, or a measure word of one character, behind a number."""
    unit = _trimmed(unit)
    if not single and unit in {"", "%"}:
        return text
    behind = f"({_among(f'RIGHT({text})', single)})" if single else ""
    if unit and unit not in single:
        own = f"RIGHT({text},{len(unit)})={_quoted(unit)}"
        behind = f"IF({own},{len(unit)},{behind or 0})"
    return f"TRIM(LEFT({text},LEN({text})-{behind}))"


def _decimal(cell: str, text: str) -> str:
    # VALUE alone would take 5%, 1e1, 1/2 and (3) for numbers
    plainly = ",".join(f'TEXT(VALUE({text}),"{digits}")={text}' for digits in ("0", "0.#########"))
    return f"IF(ISNUMBER({cell}),{cell},IF(OR({plainly}),VALUE({text}),NA()))"


def _among(text: str, spellings: Iterable[str]) -> str:
    # MATCH and COUNTIF would take * and ? in the answer as wildcards
    return f"SUMPRODUCT(--({text}={_array(spellings)}))>0"


def _array(spellings: Iterable[str]) -> str:
    """The spellings, and those of one character also in full width."""
    listed = list(spellings)
    wide = [chr(ord(each) + _WIDER) for each in listed if len(each) == 1 and "!" <= each <= "~"]
    return f"{{{','.join(map(_quoted, (*listed, *wide)))}}}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _text(cell: str) -> str:
    return f'TRIM(SUBSTITUTE({cell},"{_IDEOGRAPHIC_SPACE}"," "))'


def _known(question: Question, place: Place) -> str:
    """The answer as a number, where it stands or where it is worked out; an error where it is not valid."""
    hidden = place.values.get(question.id)
    return _sure(hidden) if hidden else value(question, place.answers[question.id])


def _sure(hidden: str) -> str:
    return f'IF({hidden}="{PENDING}",NA(),N({hidden}))'


def _absent(question: Question, place: Place) -> str:
    """Whether the answer is 不涉及."""
    hidden = place.values.get(question.id)
    return f'{hidden}="{_ABSENT}"' if hidden else _among(_text(place.answers[question.id]), ABSENT)


def _blank(question: Question, place: Place) -> str:
    hidden = place.values.get(question.id)
    return f'{hidden or _text(place.answers[question.id])}=""'


def _any(conditions: Iterable[str]) -> str:
    listed = list(conditions)
    return listed[0] if len(listed) == 1 else f"OR({','.join(listed)})"


# -- criteria ------------------------------------------------------------------------------------------------


def _whole(criterion: Criterion, place: Place, *, gate: bool) -> str:
    """What a criterion's score cell shows: its points, or the word for having been left out."""
    points = f"ROUND({_points(criterion, place)},9)" if criterion.steps is None else _points(criterion, place)
    if gate:
        points = f"IF({_points(criterion, place)}>={plain(criterion.points)},{_quoted(MET)},{_quoted(UNMET)})"
    policy = criterion.leaves[0].not_applicable
    if not policy.leaves_out:
        return points
    word = MET if gate else _LEFT_OUT[policy]
    return f"IF({_out(criterion, place)},{_quoted(word)},{points})"


def _points(criterion: Criterion, place: Place) -> str:
    """The points of a criterion or part; an error where an answer is not valid, 0 where it is left out."""
    if isinstance(criterion.rule, Combination):
        cells = [(place.parts[part.id], part.points) for part in criterion.parts]
        return criterion.rule.formula(
            [(_sure(cell), f'{cell}="{RESCALED}"', most) for cell, most in cells], criterion.points
        )
    asked = criterion.questions
    points = criterion.rule.formula([_known(question, place) for question in asked], criterion.points)
    excused = plain(criterion.points) if criterion.not_applicable is NotApplicable.FULL else "0"
    blank = _any(_blank(question, place) for question in asked)
    absent = [_absent(question, place) for question in asked]
    if len(asked) == 1:
        return f"IF({blank},0,IF({absent[0]},{excused},{points}))"
    # an answer that is not valid comes before a blank beside it; so does 不涉及 to some questions only, unless the
    # rule knows what it means: the hidden cell then counts as 0
    sure = "+".join(f"0*{_known(question, place)}" for question in asked)
    partly = f"IF({_any(absent)},NA(),0)+" if criterion.rule.absent is None else ""
    return f"IF(AND({','.join(absent)}),{excused},{sure}+{partly}IF({blank},0,{points}))"


def _out(criterion: Criterion, place: Place) -> str:
    """Whether a criterion or part is left out: 不涉及 answered wherever it may be."""
    if criterion.parts:
        return f"AND({','.join(f'{place.parts[part.id]}={_quoted(RESCALED)}' for part in criterion.parts)})"
    if not criterion.not_applicable.leaves_out:
        return "FALSE"
    absent = [_absent(question, place) for question in criterion.questions]
    return f"IFERROR({absent[0]},FALSE)" if len(absent) == 1 else f"AND({','.join(absent)})"


def _false(rubric: Rubric, row: FormRow, place: Place, side: Side, rows: Iterable[FormRow]) -> str:
    """Whether the office found a claim near this row to be false."""
    own = _any(f"IFERROR({_text(place.answers[each.id])}={_quoted(UNTRUE)},FALSE)" for each in row.criterion.questions)
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


def _requirements(rubric: Rubric, side: Side, rows: Iterable[FormRow]) -> Iterable[tuple[Must, str, str]]:
    """Each requirement with whether it is met for certain, and whether it could be."""
    for row in rows:
        if row.scored and isinstance(row.criterion, Gate):
            cell = f"{side.scores.split('$')[1]}{row.number}"
            fine = f"OR({cell}={_quoted(MET)},{cell}={_quoted(ELSEWHERE)})"
            yield row.criterion.must, fine, f"OR({fine},{cell}={_quoted(PENDING)})"
    for item in rubric.items:
        points = sum((criterion.points for criterion in item.criteria), Decimal(0))
        if item.must:
            yield (item.must, *_reached(item.must, f"--({side.items}={_quoted(item.name)})", points, side))
        for criterion in (each for entry in item.outline for each in entry.nested):
            if criterion.must:
                listed = "+".join(f"({side.ids}={_quoted(priced.id)})" for priced in criterion.priced)
                yield (criterion.must, *_reached(criterion.must, f"--({listed})", criterion.points, side))


def _reached(must: Must, scope: str, points: Decimal, side: Side) -> tuple[str, str]:
    """Whether the rows of a scope have all their points, or any; what is left out is not asked for."""
    words = "+".join(f"({side.scores}={_quoted(word)})" for word in (DROPPED, RESCALED, ELSEWHERE))
    asked = f"({plain(points)}-SUMPRODUCT({scope},{words},{side.points}))"
    low, more = _established(side, scope), _pending(side, scope)
    if must.reach == "full":
        return f"ROUND({low}-{asked},9)>=0", f"ROUND({low}+{more}-{asked},9)>=0"
    return f"OR({low}>0,{asked}<=0)", f"OR({low}+{more}>0,{asked}<=0)"
