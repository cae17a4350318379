"""Formulas for one answer: its value as a number, whether it is blank, and whether it is 不涉及."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jieyue_cli.form.answers import ABSENT, LARGEST, MOST, NO, NONE_COUNTED, YES
from jieyue_cli.form.blank.ranges import Side
from jieyue_cli.form.layout import PENDING
from jieyue_cli.rubric.model import Question
from jieyue_cli.rubric.rules import AnswerType
from jieyue_cli.text.numbers import plain

_IDEOGRAPHIC_SPACE = "\u3000"


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
            typed = _typed(cell, text)
            whole = f"AND({typed}>=0,{typed}=INT({typed}),{typed}<={MOST})"
            counted = f"IF(ISLOGICAL({cell}),NA(),IF({whole},{typed},NA()))"
            return f"IF({among(text, NONE_COUNTED)},0,{counted})"
        case AnswerType.CHOICE:
            chosen = "".join(f"IF({text}={quoted(choice)},{at}," for at, choice in enumerate(question.asked.choices, 1))
            return f"{chosen}IF({among(text, NO)},0,NA()){')' * len(question.asked.choices)}"
        case AnswerType.PERCENT:
            told = f'VALUE(SUBSTITUTE({text},"%",""))'
            spelled = f'IF(OR(RIGHT({text})="%",ABS({told})>1),{told},NA())'
            share = f"IF(ISNUMBER({cell}),IF(ABS({cell})<=1,{cell}*100,{cell}),{spelled})"
            least = -100 if question.asked.negative else 0
            return f"IF(ISLOGICAL({cell}),NA(),IF(AND({share}>={least},{share}<=100),{share},NA()))"
        case AnswerType.POINTS:
            points, most = _decimal(cell, text), plain(question.asked.most or Decimal(0))
            whole = f"MOD(ROUND({points}/{plain(question.asked.step or Decimal(1))},9),1)=0"
            fits = f"AND({points}>=0,{points}<={most},{whole})"
            return f"IF(ISLOGICAL({cell}),NA(),IF({fits},{points},NA()))"
        case AnswerType.NUMBER:
            measured = _decimal(cell, text)
            enough = f">=-{LARGEST}" if question.asked.negative else ">0" if question.asked.positive else ">=0"
            fits = f"AND({measured}{enough},{measured}<={LARGEST})"
            return f"IF(ISLOGICAL({cell}),NA(),IF({fits},{measured},NA()))"


def _typed(cell: str, text: str) -> str:
    # VALUE alone would take 5%, 1e1, 1/2 and (3) for numbers
    return f'IF(ISNUMBER({cell}),{cell},IF(TEXT(VALUE({text}),"0")={text},VALUE({text}),NA()))'


def _decimal(cell: str, text: str) -> str:
    whole = _typed(cell, text)
    return f'IF(ISNUMBER({cell}),{cell},IF(TEXT(VALUE({text}),"0.#########")={text},VALUE({text}),{whole}))'


# -- text ----------------------------------------------------------------------------------------------------


def trimmed(cell: str) -> str:
    """The text of a cell without spaces around it."""
    return f'TRIM(SUBSTITUTE({cell},"{_IDEOGRAPHIC_SPACE}"," "))'


def among(text: str, spellings: Iterable[str]) -> str:
    """Whether ``text`` is one of these spellings."""
    # MATCH and COUNTIF would take * and ? in the answer as wildcards
    listed = ",".join(quoted(spelling) for spelling in spellings)
    return f"SUMPRODUCT(--({text}={{{listed}}}))>0"


def quoted(text: str) -> str:
    """A text as a formula writes it."""
    return '"' + text.replace('"', '""') + '"'


def either(conditions: Iterable[str]) -> str:
    """Whether any of these holds."""
    listed = list(conditions)
    return listed[0] if len(listed) == 1 else f"OR({','.join(listed)})"
