"""Formulas for how far the office is: whether it has begun, whether it has finished, and what its blanks mean."""

from __future__ import annotations

from jieyue_cli.form.blank.formulas.answers import absent, among, blank, number, quoted, trimmed
from jieyue_cli.form.blank.ranges import Ranges, Side
from jieyue_cli.form.head import Field
from jieyue_cli.rubric.rules import Branch
from jieyue_cli.submission import Completion, VerificationState
from jieyue_cli.text.numbers import plain


def _plain(text: str) -> str:
    return text.replace("，", "")


_SAID = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({trimmed(Field.COMPLETION.absolute)},"，",""),",","")," ","")'
"""What 核查完成 says, without comma and spaces, as the reader understands it."""
_DONE = among(_SAID, map(_plain, (Completion.EACH_FILLED.value, Completion.BLANK_AS_CLAIMED.value)))


def _written(side: Side) -> str:
    """Cell by cell 1 for anything written there, 0 for nothing and for spaces; an error is something written."""
    return f'(1-ISNUMBER(1/({trimmed(side.answers)}="")))'


def begun(side: Side, shown: str) -> str:
    """``shown``; on the office's side nothing before it has entered or said something."""
    return f'IF(AND(SUMPRODUCT({_written(side)})=0,NOT({_DONE})),"",{shown})' if side.office else shown


def adopted(side: Side, finding: str, own: str, shown: str) -> str:
    """``own``, what the agency's side shows, where the office's blank finding means that; else ``shown``."""
    if not side.office:
        return shown
    said = quoted(_plain(Completion.BLANK_AS_CLAIMED.value))
    blank = f'IFERROR({trimmed(finding)}="",FALSE)'
    return f"IF(AND({_SAID}={said},{blank}),{own},{shown})"


def finished(ranges: Ranges, side: Side, shown: str) -> str:
    """``shown``, a verdict; on the office's side 核查未完成 with its counts until the office has finished."""
    if not side.office:
        return shown
    found, asked = _found(ranges, side), _asked(ranges, side)
    unfinished = quoted(Completion.UNFINISHED.value)
    complete = f"OR({_DONE},AND({_SAID}<>{unfinished},{found}={asked}))"
    counts = f'{quoted(VerificationState.PARTIAL.chinese + "（")}&{found}&"/"&{asked}&"）"'
    return f"IF({complete},{shown},{counts})"


def _found(ranges: Ranges, side: Side) -> str:
    """The number of questions with a finding; those of other classes of agency do not count."""
    found = f"SUMPRODUCT({_written(side)})"
    for groups in dict.fromkeys(row.groups for row in ranges.rows if row.groups):
        own = ",".join(quoted(row.id) for row in ranges.rows if row.groups == groups and row.question)
        if own:
            listed = f"ISNUMBER(MATCH({side.ids},{{{own}}},0))"
            found += f"-SUMPRODUCT({_written(side)}*{listed})*NOT({among(side.group, groups)})"
    return f"({found}{_not_due(ranges, side)})"


def _not_due(ranges: Ranges, side: Side) -> str:
    """``+`` the number of questions without a finding that are for another case than the one that was found."""
    asked = [row for row in ranges.rows if row.question]
    elsewhere = _elsewhere(ranges, side)
    alike: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = {}
    for row in asked:
        if conditions := elsewhere.get(row.id):
            alike.setdefault((tuple(conditions), row.groups), []).append(quoted(row.id))
    counts = ""
    for (conditions, groups), own in alike.items():
        unfilled = f"SUMPRODUCT((1-{_written(side)})*ISNUMBER(MATCH({side.ids},{{{','.join(own)}}},0)))"
        counts += f"+{unfilled}*OR({','.join(conditions)})" + (f"*({among(side.group, groups)})" if groups else "")
    return counts


def _elsewhere(ranges: Ranges, side: Side) -> dict[str, list[str]]:
    """编号 of each question in a part of a branch → for every branch around it, whether another case holds."""
    found: dict[str, list[str]] = {}
    for branch in (inner for top in ranges.rubric.judged for inner in top.nested):
        if not isinstance(branch.rule, Branch):
            continue
        (on,) = branch.borrowed
        for part in branch.parts:
            own = {branch.rule.value(case) for case in part.case}
            others = [value for value in on.asked.answers.values() if value not in own]
            holds = ",".join(f"{number(on, side)}={plain(value)}" for value in others)
            answered = f"NOT(OR({blank(on, side)},{absent(on, side)}))"
            for question in part.questions:
                found.setdefault(question.id, []).append(f"IFERROR(AND({answered},OR({holds})),FALSE)")
    return found


def _asked(ranges: Ranges, side: Side) -> str:
    """The number of questions asked of the agency's class."""
    asked = str(len(ranges.rubric.questions))
    for group in ranges.rubric.classes:
        asked = f"IF({side.group}={quoted(group)},{len(ranges.rubric.of(group).questions)},{asked})"
    return asked
