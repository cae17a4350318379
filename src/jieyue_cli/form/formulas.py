"""The form's live formulas: the same scores as ``scoring``, while the clerk is typing.

They are a preview; the score of record is computed from the answers. A formula understands what the form's own
input checks let through and the plain spellings of 是 and 否; anything else shows 待更正 and brings nothing.
"""

from __future__ import annotations

from jieyue_cli.form.answers import ABSENT, MOST, NO, NONE_COUNTED, YES
from jieyue_cli.form.layout import PENDING, Column, Row
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.rules import AnswerType, plain

_IDEOGRAPHIC_SPACE = "\u3000"


def line_score(row: Row, answer: Column) -> str:
    """Points of one criterion, from its answer in ``answer``; 0 for a blank, 待更正 for what is not valid."""
    cell = row.address(answer)
    text = f'TRIM(SUBSTITUTE({cell},"{_IDEOGRAPHIC_SPACE}"," "))'
    asked = row.criterion.rule.answer_type
    nothing = ABSENT if asked is AnswerType.YES_NO else (*ABSENT, *NONE_COUNTED)
    value = _yes_no(text) if asked is AnswerType.YES_NO else _count(cell, text)
    points = row.criterion.rule.formula(value, row.criterion.points)
    return f'=IFERROR(IF({text}="",0,IF({_among(text, nothing)},0,{points})),"{PENDING}")'


def verified_line_score(row: Row, findings: str) -> str:
    """Like ``line_score`` for the office's finding, but blank until the office has begun."""
    inner = line_score(row, Column.FINDING).removeprefix("=")
    return f'=IF(COUNTA({findings})=0,"",{inner})'


def total(scores: str, answers: str | None = None) -> str:
    """The sum of the range ``scores``; blank as long as the range ``answers`` is."""
    formula = f"ROUND(SUM({scores}),2)"
    return f'=IF(COUNTA({answers})=0,"",{formula})' if answers else f"={formula}"


def verdict(total_cell: str, scores: str, points: str, rubric: Rubric) -> str:
    """达标, 未达标, or 待更正 where mending what is not valid could still reach the pass mark."""
    mark = plain(rubric.pass_mark)
    pending = f'SUMIF({scores},"{PENDING}",{points})'
    return (
        f'=IF({total_cell}="","",IF({total_cell}>={mark},"达标",'
        f'IF(ROUND({total_cell}+{pending},2)<{mark},"未达标","{PENDING}")))'
    )


def subtotal(scores: str, *conditions: tuple[str, str]) -> str:
    """The sum of ``scores`` where each range equals its cell: it survives sorting and inserted rows."""
    # SUMIFS would take * ? < > = in a name for its own, and no name of more than 255 characters
    equal = "*".join(f"({area}={cell})" for area, cell in conditions)
    return f"=ROUND(SUMPRODUCT(1*{equal},{scores}),2)"


def _yes_no(text: str) -> str:
    return f"IF({_among(text, YES)},1,IF({_among(text, NO)},0,NA()))"


def _count(cell: str, text: str) -> str:
    # VALUE alone would take 5%, 1e1, 1/2 and (3) for numbers
    typed = f'IF(TEXT(VALUE({text}),"0")={text},VALUE({text}),NA())'
    number = f"IF(ISNUMBER({cell}),{cell},{typed})"
    # TRUE is a number to LibreOffice
    whole = f"AND({number}>=0,{number}=INT({number}),{number}<={MOST})"
    return f"IF(ISLOGICAL({cell}),NA(),IF({whole},{number},NA()))"


def _among(text: str, spellings: tuple[str, ...]) -> str:
    # MATCH and COUNTIF would take * and ? in the answer as wildcards
    listed = ",".join(f'"{spelling}"' for spelling in spellings)
    return f"SUMPRODUCT(--({text}={{{listed}}}))>0"
