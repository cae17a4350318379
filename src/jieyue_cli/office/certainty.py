"""Who is visited whatever is drawn, and why: every reason in one Chinese phrase (docs/office/verification.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil

from jieyue_cli.assessment import Result
from jieyue_cli.office.candidates import Candidate, Seen
from jieyue_cli.problems import Code
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.soundness.marks import smallest_step
from jieyue_cli.scoring.cases import kinds
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.listing import abridged
from jieyue_cli.text.numbers import plain

LARGEST = Fraction(5, 100)
"""Of the agencies with a total of an earlier year: the share whose rises are the largest."""
LEAST_RISE = Fraction(1, 10)
"""Of full marks: a smaller rise is no jump."""
_ANY_STEP = Decimal(1)
"""Where totals may lie anywhere."""
_OPEN = {AnswerKind.BLANK, AnswerKind.UNREADABLE}
"""What is no finding yet."""
_MOST_NAMED = 5
"""编号 that a reason names."""
_UNCITED = {Code.EVIDENCE_MISSING, Code.EVIDENCE_ABSENT}
_DISAGREES = {Code.SCORE_DISAGREES, Code.TOTAL_DISAGREES, Code.GRADE_DISAGREES}


class Certainty:
    """Gives the reasons, by what the standard and all the candidates have in common."""

    def __init__(self, rubric: Rubric, candidates: Sequence[Candidate]) -> None:
        self._mark = Fraction(rubric.pass_mark)
        self.step = _step(rubric)
        """How far from the mark a total is near it, in points."""
        rises = [_rise(candidate) for candidate in candidates]
        known = sorted((rise for rise in rises if rise is not None), reverse=True)
        self.compared = len(known)
        """Candidates whose claim can be held against a total of an earlier year."""
        largest = known[: ceil(LARGEST * len(known))]
        self.jump = max([LEAST_RISE * Fraction(rubric.base), *largest[-1:]])
        """From how many points on a rise is a jump: equal rises are all jumps or none is."""

    def reasons(self, candidate: Candidate) -> Iterator[str]:
        """Why a candidate is checked this year in any case; nothing where it is drawn or not by chance."""
        if candidate.contradicting:
            yield "交来的几份表互相矛盾，都没有计入"
        if result := candidate.result:
            yield from self._claimed(candidate, result)
        checked = next((seen for seen in candidate.earlier if seen.verified is not None), None)
        if checked and (over := _over(checked)):
            yield f"{checked.year} 年{over}"
        if candidate.first:
            yield "首次参评：往年没有计入的表，也没有认定过"
        if candidate.standing.withdrawn:
            yield "{} 年认定，{} 年核查未达标，曾被撤销".format(*candidate.standing.withdrawn)

    def recheck(self, candidate: Candidate) -> Iterator[str]:
        """Why a recognised agency is checked again in any case.

        Most claimed a little more than was found: over-claims would leave nobody to be drawn.
        """
        if (seen := candidate.recognition) and seen.comparable and self._near(seen.total):
            yield f"{seen.year} 年认定时{seen.basis} {plain(seen.total)} 分，{self._nearness}"

    def _claimed(self, candidate: Candidate, result: Result) -> Iterator[str]:
        total = candidate.standing.claimed or Fraction(0)
        card = result.self
        if self._near(total):
            yield f"自评 {plain(total)} 分，{self._nearness}"
        rise, before = _rise(candidate), candidate.last
        if before and rise is not None and rise >= self.jump:
            yield (
                f"自评 {plain(total)} 分，比 {before.year} 年{before.basis}的 {plain(before.total)} 分"
                f"高 {plain(rise)} 分，涨幅居前"
            )
        if card and card.lines and not any(line.lost for line in card.lines):
            yield f"{len(card.lines)} 条自评全部得满分"
        if lowered := _lowered(result):
            yield f"已核查的条目中有 {len(lowered)} 条低于自评（{abridged(lowered, _MOST_NAMED)}）"
        codes = [problem.code for problem in result.problems]
        if not _UNCITED.isdisjoint(codes) and (bare := _uncited(result)):
            yield f"自评得分的条目中有 {len(bare)} 条没有写佐证材料（{abridged(bare, _MOST_NAMED)}）"
        if disagreeing := sum(code in _DISAGREES for code in codes):
            yield f"表中写的分数或结论与填报内容不符（{disagreeing} 处）"

    def _near(self, total: Fraction) -> bool:
        return abs(total - self._mark) <= self.step

    @property
    def _nearness(self) -> str:
        return f"与达标线 {plain(self._mark)} 分相差不超过 {plain(self.step)} 分"


def _step(rubric: Rubric) -> Decimal:
    """The smallest step between totals."""
    step, scale = smallest_step(rubric.criteria), rubric.scale
    if step is None or scale is None:
        return step or _ANY_STEP
    return ceil(step * scale.points / rubric.points / scale.step) * scale.step


def _rise(candidate: Candidate) -> Fraction | None:
    """By how much the claim is above the total of the last year that is known, below it where negative."""
    claimed = candidate.standing.claimed
    before = candidate.last
    return claimed - before.total if before and claimed is not None else None


def _over(seen: Seen) -> str:
    """Say how much more an agency claimed than was found; nothing where it did not."""
    if seen.verified is None or seen.verified >= seen.claimed:
        return ""
    more = plain(seen.claimed - seen.verified)
    return f"自评 {plain(seen.claimed)} 分，核查为 {plain(seen.verified)} 分，多报 {more} 分"


def _lowered(result: Result) -> list[str]:
    """编号 of the lines that the office has checked and found to be worth less than was claimed."""
    if result.verified is None or result.self is None:
        return []
    claimed = {line.id: line.score for line in result.self.lines}
    return [
        line.id
        for line in result.verified.lines
        if kinds(line).isdisjoint(_OPEN) and line.score < claimed.get(line.id, line.score)
    ]


def _uncited(result: Result) -> list[str]:
    """编号 of the lines that bring points and for which no 佐证材料 is named."""
    if result.submission is None or result.self is None:
        return []
    cited = result.submission.cited
    return [line.id for line in result.self.lines if line.score and not _cites(line.claims, cited)]


def _cites(claims: Iterable[Claim], cited: Iterable[str]) -> bool:
    return not {criterion for claim in claims for criterion in claim.criteria}.isdisjoint(cited)
