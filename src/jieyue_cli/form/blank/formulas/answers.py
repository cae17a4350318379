"""Formulas for one answer: its value as a number, whether it is blank, and whether it is 不涉及."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jieyue_cli.form.answers import ABSENT, LARGEST, MEASURES, MOST, NO, NONE_COUNTED, NUMERALS, YES
from jieyue_cli.form.blank.ranges import Side
from jieyue_cli.form.layout import PENDING
from jieyue_cli.rubric.model import Question
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.rubric.rules.ladder import stored
from jieyue_cli.text.numbers import plain

_IDEOGRAPHIC_SPACE = "\u3000"
_WIDER = ord("！") - ord("!")
"""From a character to the same in full width."""


def understood(question: Question, cell: str) -> str:
    """What a hidden cell shows: a number, empty for a blank, 不涉及, or 待更正 for what is not valid."""
    text = trimmed(cell)
    known = f'IF({text}="","",IF({among(text, ABSENT)},"{ABSENT[0]}",{_value(question, cell)}))'
    return f'IFERROR({known},"{PENDING}")'


def number(question: Question, side: Side) -> str:
    """The answer as a number, where it stands or where it is worked out; an error where it is not valid."""
    hidden = side.understood_at.get(question.id)
    return valid(hidden) if hidden else _value(question, side.answer_of[question.id])


def valid(hidden: str) -> str:
    """The number in a hidden cell; an error where it shows 待更正."""
    return f'IF({hidden}="{PENDING}",NA(),N({hidden}))'


def absent(question: Question, side: Side) -> str:
    """Whether the answer is 不涉及."""
    hidden = side.understood_at.get(question.id)
    return f'{hidden}="{ABSENT[0]}"' if hidden else among(trimmed(side.answer_of[question.id]), ABSENT)


def blank(question: Question, side: Side) -> str:
    """Whether nothing is answered."""
    hidden = side.understood_at.get(question.id)
    return f'{hidden or trimmed(side.answer_of[question.id])}=""'


# -- the value -----------------------------------------------------------------------------------------------


def _value(question: Question, cell: str) -> str:
    """The answer as a number, 0 for a blank; an error where it is not valid."""
    text = trimmed(cell)
    match question.asked.type:
        case AnswerType.YES_NO:
            return f"IF({among(text, YES)},1,IF({among(text, NO)},0,NA()))"
        case AnswerType.COUNT:
            counted = _counted(question.asked.unit, cell, text)
            return f"IF({counted}>0,{counted},NA())" if question.asked.positive else counted
        case AnswerType.CHOICE:
            chosen = "".join(
                f"IF({_named(choice, cell, text)},{at}," for at, choice in enumerate(question.asked.choices, 1)
            )
            none = f"IF({among(text, NO)},0,NA())" if question.asked.none else "NA()"
            return f"{chosen}{none}{')' * len(question.asked.choices)}"
        case AnswerType.PERCENT:
            told = f'VALUE(SUBSTITUTE({text},"%",""))'
            spelled = f'IF(OR(RIGHT({text})="%",ABS({told})>1),{told},NA())'
            share = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=1,{cell}*100,{cell}),{spelled})"
            least = -100 if question.asked.negative else 0
            return f"IF(ISLOGICAL({cell}),NA(),IF(AND({share}>={least},{share}<=100),{share},NA()))"
        case AnswerType.POINTS:
            points, most = _decimal(cell, _bare(text, "分")), plain(question.asked.most or Decimal(0))
            whole = f"MOD(ROUND({points}/{plain(question.asked.step or Decimal(1))},9),1)=0"
            fits = f"AND({points}>=0,{points}<={most},{whole})"
            return f"IF(ISLOGICAL({cell}),NA(),IF({fits},{points},NA()))"
        case AnswerType.NUMBER:
            measured = _decimal(cell, _bare(text, question.asked.unit))
            enough = f">=-{LARGEST}" if question.asked.negative else ">0" if question.asked.positive else ">=0"
            fits = f"AND({measured}{enough},{measured}<={LARGEST})"
            return f"IF(ISLOGICAL({cell}),NA(),IF({fits},{measured},NA()))"
        case AnswerType.TEXT | AnswerType.DATE:
            return "NA()"  # no rule reckons with these


def _counted(unit: str, cell: str, text: str) -> str:
    """A whole number up to the largest count: typed, as text with or without its measure word, or one numeral."""
    bare = _bare(text, unit, MEASURES)
    digits = f'TEXT(MIN(MAX(VALUE({bare}),0),{MOST}),"0")={bare}'
    numerals = f"{bare}={_array(NUMERALS)}"
    named = f"SUMPRODUCT(({numerals})*{{{','.join(map(str, NUMERALS.values()))}}})/SUMPRODUCT(--({numerals}))"
    typed = f"IF(AND({cell}>=0,{cell}=INT({cell}),{cell}<={MOST}),{cell},NA())"
    spelled = f"IF({among(text, NONE_COUNTED)},0,IF(IFERROR({digits},FALSE),VALUE({bare}),{named}))"
    return f"IF(ISLOGICAL({cell}),NA(),IF(ISNUMBER({cell}),{typed},{spelled}))"


def _named(choice: str, cell: str, text: str) -> str:
    """Whether a choice is named, or the number stands there that programs make of its name."""
    named = f'SUBSTITUTE({text}," ","")={quoted(_single_spaced(choice).replace(" ", ""))}'
    stands_for = stored(choice)
    if stands_for is None:
        return named
    return f"OR({named},IF(ISNUMBER({cell}),IF(ISLOGICAL({cell}),FALSE,{cell}={plain(stands_for)})))"


def _bare(text: str, unit: str, single: str = "") -> str:
    """``text`` without the unit, or a measure word of one character, behind a number."""
    unit = _single_spaced(unit)
    if not single and unit in {"", "%"}:
        return text
    behind = f"({among(f'RIGHT({text})', single)})" if single else ""
    if unit and unit not in single:
        own = f"RIGHT({text},{len(unit)})={quoted(unit)}"
        behind = f"IF({own},{len(unit)},{behind or 0})"
    return f"TRIM(LEFT({text},LEN({text})-{behind}))"


def _decimal(cell: str, text: str) -> str:
    # VALUE alone would take 5%, 1e1, 1/2 and (3) for numbers
    plainly = ",".join(f'TEXT(VALUE({text}),"{digits}")={text}' for digits in ("0", "0.#########"))
    return f"IF(ISNUMBER({cell}),{cell},IF(OR({plainly}),VALUE({text}),NA()))"


# -- text ----------------------------------------------------------------------------------------------------


def trimmed(cell: str) -> str:
    """The text of a cell without spaces around it."""
    return f'TRIM(SUBSTITUTE({cell},"{_IDEOGRAPHIC_SPACE}"," "))'


def _single_spaced(text: str) -> str:
    """Do to a name what ``trimmed`` does to a cell."""
    return " ".join(filter(None, text.replace(_IDEOGRAPHIC_SPACE, " ").split(" ")))


def among(text: str, spellings: Iterable[str]) -> str:
    """Whether ``text`` is one of these spellings."""
    # MATCH and COUNTIF would take * and ? in the answer as wildcards
    return f"SUMPRODUCT(--({text}={_array(spellings)}))>0"


def _array(spellings: Iterable[str]) -> str:
    """The spellings, and those of one character also in full width."""
    listed = list(spellings)
    wide = [chr(ord(each) + _WIDER) for each in listed if len(each) == 1 and "!" <= each <= "~"]
    return f"{{{','.join(map(quoted, (*listed, *wide)))}}}"


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def either(conditions: Iterable[str]) -> str:
    """Whether any of these holds."""
    listed = list(conditions)
    return listed[0] if len(listed) == 1 else f"OR({','.join(listed)})"
