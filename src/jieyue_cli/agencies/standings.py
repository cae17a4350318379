"""Where each agency stands in one year: one row an agency, from which every figure of the progress follows.

Recognition follows finished verifications, is cumulative over the years, and ends only when a later one finds the
agency below the mark (docs/contract.md, Progress).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from fractions import Fraction
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeGuard

import msgspec

from jieyue_cli.agencies.remarks import Reason, Remark
from jieyue_cli.agencies.several import Choice, choose
from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.scoring.scorecard import Verdict
from jieyue_cli.submission import VerificationState


class State(Enum):
    """Where an agency stands in the run's year; the order is that of the lists."""

    RECOGNISED = "recognised"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"
    VERIFYING = "verifying"
    SELF_PASS = "self_pass"  # noqa: S105 -- not a password
    SELF_FAIL = "self_fail"
    RETURNED = "returned"
    """Something was handed in, and nothing of it counts."""
    MISSING = "missing"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return _CHINESE[self]


_CHINESE = {
    State.RECOGNISED: "已认定",
    State.WITHDRAWN: "撤销认定",
    State.FAILED: "核查未达标",
    State.VERIFYING: "核查未完成",
    State.SELF_PASS: "自评达标",
    State.SELF_FAIL: "自评未达标",
    State.RETURNED: "交表未计入",
    State.MISSING: "未交表",
}


class Standing(msgspec.Struct, frozen=True, gc=False):
    """Where one agency stands in the run's year."""

    name: str
    category: str | None
    state: State
    since: int | None = None
    """The year of its recognition, while that holds."""
    handed_in: bool = False
    """Whether a form that counts, or is being verified, exists for the year."""
    claimed: Fraction | None = None
    """The total of its own answers, in the year's form."""
    verified: Fraction | None = None
    """The total of the office's findings; None until these are finished."""
    claims_pass: bool = False
    """Whether its own answers reach the mark."""
    files: tuple[str, ...] = ()
    """Everything it handed in for the year."""
    filled_on: dt.date | None = None
    """填报日期 of the year's form."""
    checked_on: dt.date | None = None
    """核查日期 of the year's form."""
    level: str | None = None
    """级别, by the roster."""
    batch: int | None = None
    """批次年度, by the roster."""
    plan_filed: dt.date | None = None
    """实施方案报送日期, by the roster."""
    withdrawn: tuple[int, int] | None = None
    """The years of a recognition that ended, and of the verification that ended it, until it is recognised again."""
    failed: int | None = None
    """The last year in which a verification found it below the mark, until it is recognised."""
    listed: bool = True
    """False for a name that is not in the roster."""
    remark: str = ""

    @property
    def self_assessed(self) -> bool:
        """Whether it is at the mark by its own answers, and the office has not finished with them."""
        return self.state is State.SELF_PASS or (self.state is State.VERIFYING and self.claims_pass)


class Course(msgspec.Struct, frozen=True):
    """What became of all the forms of one agency, or of several that are assessed as one."""

    standing: Standing
    choices: Mapping[int, Choice]
    """Year → what became of its filled-in forms."""
    remarks: Mapping[str, Remark]
    """File → what there is to say of it; nothing of those that count and leave nothing to say."""


class History(NamedTuple):
    """What finished verifications have decided so far."""

    since: int | None = None
    """Recognised since this year; None where it is not."""
    withdrawn: tuple[int, int] | None = None
    """In which year it had been recognised, and in which it was found below the mark."""
    failed: int | None = None
    """The year in which it was last found below the mark."""

    def after(self, form: FormOutcome) -> History:
        """The history once one more form is known."""
        if form.decided is Verdict.PASS:
            return History(self.since or form.year)
        if form.decided is Verdict.FAIL:
            return History(None, (self.since, form.year) if self.since else self.withdrawn, form.year)
        return self


class Past(NamedTuple):
    """What was recorded of an agency before its forms begin."""

    name: str
    category: str | None
    history: History
    handed_in: int | None
    """The last recorded year in which it was not missing."""


def follow(
    forms: Sequence[FormOutcome], others: Mapping[str, Remark], year: int | None, past: Past | None = None
) -> Course:
    """Follow an agency through its years up to ``year``, from where its recorded ``past`` ends.

    ``forms`` are its own, the earliest first; ``others`` are further files that it handed in for the year and that
    count for nobody, each with why. At least one of the three is there.
    """
    choices: dict[int, Choice] = {}
    remarks = dict(others)
    history = past.history if past else History()
    for when, group in groupby(forms, attrgetter("year")):
        together = list(group)
        remarks |= {form.file: Remark(Reason.BLANK) for form in together if form.blank}
        if filled := [form for form in together if not form.blank]:
            choices[when] = choice = choose(filled)
            remarks |= _remarks(choice)
            if choice.chosen:
                history = history.after(choice.chosen)
                if remark := _remark(choice.chosen, year):
                    remarks[choice.chosen.file] = remark
    files = sorted({*(form.file for form in forms if form.year == year), *others})
    chosen = choices[year].chosen if year in choices else None
    state = _state(history, chosen, handed_in=bool(files))
    counted = chosen is not None and (state is State.VERIFYING or chosen.deciding.verdict is not Verdict.UNDETERMINED)
    given = {remarks[file].reason for file in files if file in remarks}
    first = chosen or next(iter(forms[-1:]), past)
    last = forms[-1].year if forms else past and past.handed_in
    standing = Standing(
        first.name if first else "",
        first.category if first else None,
        state,
        since=history.since if state is State.RECOGNISED else None,
        handed_in=counted,
        claimed=chosen.claimed.total if chosen else None,
        verified=chosen.deciding.total if chosen and chosen.complete else None,
        claims_pass=chosen is not None and chosen.claimed.verdict is Verdict.PASS,
        files=tuple(files),
        filled_on=chosen.filled_on if chosen else None,
        checked_on=chosen.checked_on if chosen else None,
        withdrawn=history.withdrawn,
        failed=history.failed,
        remark="；".join(
            [
                *([_progress(chosen)] if _begun(chosen) else []),
                *(reason.value for reason in Reason if reason in given and not counted),
                *_earlier(state, history, last, year, handed_in=bool(files)),
            ]
        ),
    )
    return Course(standing, choices, remarks)


def _state(history: History, chosen: FormOutcome | None, *, handed_in: bool) -> State:
    if history.since:
        return State.RECOGNISED
    if _begun(chosen):
        return State.VERIFYING
    if chosen and chosen.deciding.verdict is not Verdict.UNDETERMINED:
        if chosen.complete:
            return State.WITHDRAWN if history.withdrawn else State.FAILED
        return State.SELF_PASS if chosen.deciding.verdict is Verdict.PASS else State.SELF_FAIL
    if handed_in:
        return State.RETURNED
    return State.WITHDRAWN if history.withdrawn else State.MISSING


def _begun(form: FormOutcome | None) -> TypeGuard[FormOutcome]:
    return form is not None and form.verification.state is VerificationState.PARTIAL


def _progress(form: FormOutcome) -> str:
    verification = form.verification
    return f"{verification.state.chinese} {verification.found}/{verification.of}"


def _earlier(state: State, history: History, last: int | None, year: int | None, *, handed_in: bool) -> Iterator[str]:
    """Say of an agency's earlier years what its state does not; ``last`` is that of its last form."""
    if state is State.RECOGNISED and not handed_in:
        yield "今年没有交表"
    if history.withdrawn:
        yield "{} 年认定，{} 年核查未达标".format(*history.withdrawn)
    elif history.failed and history.failed != year:
        yield f"{history.failed} 年核查未达标"
    elif state is State.MISSING and last:
        yield f"只有 {last} 年的表"


def _remarks(choice: Choice) -> Iterator[tuple[str, Remark]]:
    """Every form but the chosen one, with why it does not count."""
    for form, kept in choice.copies:
        yield form.file, Remark(Reason.COPY if choice.chosen else Reason.CONTRADICTING, f"同 {kept.file}")
    for form in (*choice.superseded, *choice.later):
        yield form.file, Remark(Reason.SUPERSEDED)
    for form in choice.rivals:
        yield form.file, Remark(Reason.CONTRADICTING)


def _remark(chosen: FormOutcome, year: int | None) -> Remark | None:
    """What there is to say of the form that stands for its agency."""
    if chosen.year != year and chosen.decided is None:
        return Remark(Reason.EARLIER_YEAR)
    if chosen.deciding.verdict is Verdict.UNDETERMINED:
        return Remark(Reason.UNDETERMINED)
    if _begun(chosen):
        return Remark(further=_progress(chosen))
    return None
