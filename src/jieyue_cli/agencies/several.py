"""Several files of one agency and year: which of them counts, by what they answer and by nothing else.

Copies count once; a finished verification is never voided by a form that is not verified; forms that contradict each
other do not count at all until the office keeps one (docs/contract.md, Progress).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jieyue_cli.agencies.tally import FormOutcome, Numbers, Tally, unpacked
from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.reasons import said
from jieyue_cli.submission import Claim, VerificationState
from jieyue_cli.text.listing import abridged

_MOST_NAMED = 5
"""Files of one agency that a message names."""
_MOST_ANSWERS = 3
"""Answers that a message compares."""
_BLANK = "空白"


class Duplicate(NamedTuple):
    """Several forms of one agency for one year that contradict each other; none of them counts."""

    name: str
    year: int
    files: tuple[str, ...]


class Choice(NamedTuple):
    """What becomes of the forms of one agency and year; every form but the chosen one is in exactly one of the rest."""

    chosen: FormOutcome | None
    """The one that stands for the agency; None where they contradict each other."""
    copies: Sequence[tuple[FormOutcome, FormOutcome]] = ()
    """Forms that answer what another one answers, each with that one."""
    superseded: Sequence[FormOutcome] = ()
    """Forms with the chosen one's self-assessment, and less of a verification."""
    later: Sequence[FormOutcome] = ()
    """Forms with another self-assessment than the chosen one, whose verification is finished."""
    rivals: Sequence[FormOutcome] = ()
    """Forms that contradict each other."""


def choose(forms: Sequence[FormOutcome]) -> Choice:
    """Choose among the filled-in forms of one agency and year; their order decides only which is named."""
    distinct: dict[tuple[bytes, bytes, VerificationState], FormOutcome] = {}
    copies: list[tuple[FormOutcome, FormOutcome]] = []
    for form in forms:
        first = distinct.setdefault((form.claims, form.findings, form.verification.state), form)
        if first is not form:
            copies.append((form, first))
    different = list(distinct.values())
    best = [form for form in different if form.complete]
    if not best and len({form.claims for form in different}) == 1:
        begun = [form for form in different if form.findings]
        best = begun or different
    if len(best) != 1:
        return Choice(None, copies, rivals=different)
    (chosen,) = best
    rest = [form for form in different if form is not chosen]
    same = [form for form in rest if form.claims == chosen.claims]
    return Choice(chosen, copies, same, [form for form in rest if form.claims != chosen.claims])


class Explainer:
    """Says what differs between two forms, in the words of the standard."""

    def __init__(self, rubric: Rubric, tally: Tally) -> None:
        """``tally`` has counted the forms."""
        self._rubric = rubric
        self._texts = tally.texts()

    def told(self, choice: Choice) -> Iterator[Problem]:
        """Yield what there is to tell of several forms of one agency and year."""
        for form, kept in choice.copies:
            yield self._copied(form, kept)
        if chosen := choice.chosen:
            state = "已完成核查" if chosen.complete else "核查已开始"
            for form in choice.superseded:
                facts = {"name": form.name, "year": form.year, "kept": chosen.file, "state": state}
                yield Code.SUBMISSION_SUPERSEDED.at(Location(form.file), **facts)
            for form in choice.later:
                yield self._after(form, chosen)
        for form in choice.rivals:
            yield self._rival(form, choice.rivals)

    def _copied(self, form: FormOutcome, kept: FormOutcome) -> Problem:
        around = "、".join(form.unlike(kept))
        same = form.digest == kept.digest
        unlike = f"{around}不同" if around else "文件相同" if same else "不同的只是保存它的程序或答案以外的内容"
        facts = {"name": form.name, "year": form.year, "kept": kept.file, "unlike": unlike}
        return Code.SUBMISSION_COPIED.at(Location(form.file), **facts)

    def _after(self, form: FormOutcome, chosen: FormOutcome) -> Problem:
        answers = self.difference(form, chosen, "那份")
        facts = {"name": form.name, "year": form.year, "kept": chosen.file, "answers": answers}
        return Code.SUBMISSION_AFTER_VERIFICATION.at(Location(form.file), **facts)

    def _rival(self, form: FormOutcome, rivals: Sequence[FormOutcome]) -> Problem:
        others = [rival for rival in rivals if rival is not form]
        # forms of one self-assessment are rivals only where other forms with another one are, or by their findings
        others.sort(key=lambda rival: rival.claims == form.claims)
        count = len(others)
        answers = self.difference(form, others[0], "另一份" if count == 1 else f"{others[0].file} ")
        listing = abridged([rival.file for rival in others], _MOST_NAMED, "份")
        facts = {"name": form.name, "year": form.year, "others": listing, "answers": answers}
        return Code.SUBMISSION_DOUBLED.at(Location(form.file), **facts)

    def difference(self, form: FormOutcome, other: FormOutcome, called: str) -> str:
        """Say on which 编号 two forms differ, with both answers: the first few, and how many in all."""
        side, own, others = "", self._lines(form.claims), self._lines(other.claims)
        if own == others:
            side, own, others = "核查", self._lines(form.findings), self._lines(other.findings)
        both = {
            criterion: (self._words(own.get(criterion)), self._words(others.get(criterion)))
            for criterion in {**own, **others}
            if own.get(criterion) != others.get(criterion)
        }
        # where the office has not begun there is no line, and a blank one where it has
        told = [(criterion, *words) for criterion, words in both.items() if set(words) != {_BLANK}]
        if not told:
            return "适用类型不同" if form.claims != other.claims else "是否核查完成不同"
        shown = "；".join(
            f"{criterion} {side}这份是{this}、{called}是{that}" for criterion, this, that in told[:_MOST_ANSWERS]
        )
        return shown if len(told) <= _MOST_ANSWERS else f"{shown}；共 {len(told)} 条不同"

    def _lines(self, packed: Numbers) -> dict[str, str]:
        """编号 → ``Claim.said``."""
        lines = map(self._texts.__getitem__, unpacked(packed))
        return {line.partition("\t")[0]: line for line in lines if "\t" in line}

    def _words(self, line: str | None) -> str:
        words = said(self._rubric, Claim.of(line)) if line else None
        return f"“{words}”" if words else _BLANK
