"""What an agency handed in, as understood: who, and for each criterion what was answered and where.

Plain data between the form and the scoring; the agency's claims and the office's findings are kept apart.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

import msgspec

from jieyue_cli.text.numbers import plain


class AnswerKind(Enum):
    """What sort of answer it is."""

    VALUE = "value"
    """A value the rule understands: 是 is 1, 否 is 0, a choice its place in the list, a number is itself."""
    SCORE = "score"
    """Points written by hand instead of an answer, in a table that asks for points."""
    NOT_APPLICABLE = "not_applicable"
    """不涉及."""
    NOTED = "noted"
    """Words or a day that are kept and not reckoned with: something is answered."""
    FALSE = "false"
    """虚假: the office found the claim to be false."""
    BLANK = "blank"
    """Not claimed: no fault of reading, 0 points."""
    UNREADABLE = "unreadable"
    """Cannot be understood: 0 points, but could be worth its points once mended."""


class Answer(msgspec.Struct, frozen=True):
    """One answer; ``value`` is exact and present only for VALUE and SCORE."""

    kind: AnswerKind
    value: Decimal | None = None
    text: str = ""
    """Of NOTED: the words, or the day as 2020-10-20."""


BLANK = Answer(AnswerKind.BLANK)
UNREADABLE = Answer(AnswerKind.UNREADABLE)
NOT_APPLICABLE = Answer(AnswerKind.NOT_APPLICABLE)
FALSE = Answer(AnswerKind.FALSE)


class Claim(NamedTuple):
    """An answer with its place; usually to one question, for several criteria where a table scores them together."""

    criteria: tuple[str, ...]
    """The 编号 of the question it answers, or of the criteria it covers."""
    answer: Answer
    written: str | None = None
    """As the person wrote it; None for a blank."""
    sheet: str | None = None
    cell: str | None = None
    """The physical A1 address."""
    adopted: bool = False
    """Whether the office left its finding blank and so took over the agency's answer; the cell is the finding's."""

    @property
    def place(self) -> str:
        """``自评打分表!G14``, or nothing where the answer has no cell."""
        return f"{self.sheet}!{self.cell}" if self.cell else ""

    @property
    def said(self) -> str:
        """What is answered and to what, on one line: equal wherever the same is answered; ``Claim.of`` reads it back.

        A spelling of an answer makes no difference, unless the answer was not understood.
        """
        kind, value = self.answer.kind, self.answer.value
        words = " ".join((self.written or "").split()) if kind is AnswerKind.UNREADABLE else self.answer.text
        return "\t".join(("+".join(self.criteria), kind.value, plain(value) if value is not None else words))

    @classmethod
    def of(cls, said: str) -> Claim:
        """The claim that says this, without its place."""
        criteria, kind, value = said.split("\t", 2)
        answer = AnswerKind(kind)
        number = Decimal(value) if answer in {AnswerKind.VALUE, AnswerKind.SCORE} else None
        text = value if answer is AnswerKind.NOTED else ""
        return cls(tuple(criteria.split("+")), Answer(answer, number, text), value or None)


class Agency(msgspec.Struct, frozen=True):
    """Who is assessed, and for which year; what could not be read is None."""

    name: str | None
    category: str | None
    year: int | None
    group: str | None = None
    """Its class, where the standard has classes."""
    filled_by: str | None = None
    """填报人."""
    phone: str | None = None
    """联系电话."""


class Sum(Enum):
    """What a row of sums says it is; the value is what a clerk calls it."""

    TOTAL = "总分"
    SUBTOTAL = "小计"
    LABELS = ""
    """Several labels, each with its figure beside it: no row of the table's columns."""


class Stated(NamedTuple):
    """A sum of points that the form itself states: a stored formula result, or a total somebody wrote."""

    what: str
    """自评得分, 小计, 总分 … as a clerk would call it."""
    criteria: frozenset[str]
    """What it sums: the 编号 of one criterion, of an item's, or of all."""
    points: Decimal
    sheet: str
    cell: str


class StatedGrade(msgspec.Struct, frozen=True):
    """A verdict that the form itself states."""

    written: str
    passes: bool
    sheet: str
    cell: str


class Statement(msgspec.Struct, frozen=True):
    """One side's answers: the agency's claims, or the office's findings; and what it says they amount to."""

    claims: tuple[Claim, ...]
    stated: tuple[Stated, ...] = ()
    grades: tuple[StatedGrade, ...] = ()

    def completed_by(self, claimed: Statement) -> Statement:
        """The office's side with the agency's answer wherever the finding is blank; each keeps the finding's place."""
        own = {claim.criteria: claim for claim in claimed.claims}
        claims = (
            claim._replace(answer=own[claim.criteria].answer, written=own[claim.criteria].written, adopted=True)
            if claim.answer.kind is AnswerKind.BLANK
            else claim
            for claim in self.claims
        )
        return Statement(tuple(claims), self.stated, self.grades)


class Completion(Enum):
    """Whether the office says that it has finished with a form, and how its blanks are meant; the value is its word."""

    UNFINISHED = "未完成"
    EACH_FILLED = "已完成，逐条填写"
    """A blank finding is worth nothing."""
    BLANK_AS_CLAIMED = "已完成，空白同自评"
    """A blank finding is the agency's answer."""


class VerificationState(Enum):
    """How far the office is with a form."""

    NONE = "none"
    PARTIAL = "partial"
    COMPLETE = "complete"

    @property
    def chinese(self) -> str:
        """The word a clerk reads."""
        return {"none": "未核查", "partial": "核查未完成", "complete": "已核查"}[self.value]


class Verification(msgspec.Struct, frozen=True):
    """How far the office is with a form, and on how many of its questions it has written something."""

    state: VerificationState
    found: int
    """Questions with a finding; in a table typed by hand, criteria with points of the office."""
    of: int
    """Questions that are asked of the agency's class; in a table typed by hand, criteria that have a row."""

    @classmethod
    def judged(cls, found: int, of: int, completion: Completion | None = None) -> Verification:
        """Judge by what the office says (None where it says nothing), else by whether every question has a finding."""
        complete = 0 < found == of if completion is None else completion is not Completion.UNFINISHED
        begun = VerificationState.PARTIAL if found else VerificationState.NONE
        return cls(VerificationState.COMPLETE if complete else begun, found, of)


UNVERIFIED = Verification(VerificationState.NONE, 0, 0)
"""Of what is not a form."""


class Submission(msgspec.Struct, frozen=True):
    """One form, read."""

    agency: Agency
    self: Statement
    verified: Statement | None
    """None where the office has neither filled in anything nor said that it has finished."""
    verification: Verification = UNVERIFIED
    completion: Completion | None = None
    checked_by: str | None = None
    """核查人."""
    checked_on: dt.date | None = None
    """核查日期."""
    filled_on: dt.date | None = None
    """填报日期."""
    papers: str = ""
    """佐证材料: a line for each question that has any, its 编号, a tab and the text; one text, for small memory."""
    remarks: str = ""
    """备注, in the same way."""
    opinions: str = ""
    """核查意见, in the same way."""

    @property
    def cited(self) -> dict[str, str]:
        """编号 → the 佐证材料 that the agency names."""
        return by_question(self.papers)


def by_question(texts: str) -> dict[str, str]:
    """编号 → the text, of one of a submission's columns of texts."""
    lines = (line.partition("\t") for line in texts.splitlines())
    return {identifier: text for identifier, _, text in lines}
