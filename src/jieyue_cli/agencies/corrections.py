"""Claim and finding reconciled: what the office's finished verifications changed, agency by agency and on which lines.

Only forms that stand for their agencies in the year are compared; an unfinished verification decides nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from jieyue_cli.agencies.tally import FormOutcome, Tally
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.numbers import add


@dataclass(frozen=True, slots=True)
class Corrected:
    """A criterion on which findings bring other points than claims: of how many agencies, and how many points less."""

    criterion: str
    agencies: int
    points: Fraction
    """Claimed − found, over all of these agencies; below 0 where findings bring more."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """What verification did to the claims of all agencies together."""

    agencies: int
    """Agencies whose verification is complete; the denominator of the mean."""
    lowered: int
    """Those whose verified total is below the claimed one."""
    raised: int
    points: Fraction
    """Claimed − verified totals of all of them: by how much was claimed too much."""
    unexplained: int
    """Findings that differ from the claim without 核查意见."""
    criteria: tuple[Corrected, ...]
    """Most agencies first."""

    @property
    def unchanged(self) -> int:
        """Agencies with equal totals."""
        return self.agencies - self.lowered - self.raised

    @property
    def mean(self) -> Fraction | None:
        """Points / agencies, exact; None where there is no agency."""
        return self.points / self.agencies if self.agencies else None


UNCHECKED = Corrections(0, 0, 0, Fraction(0), 0, ())
"""Nothing is verified yet."""


def corrections_of(rubric: Rubric, tally: Tally, forms: Iterable[FormOutcome]) -> Corrections:
    """Reconcile the claims and findings of these forms, as far as their verification is complete."""
    checked = [form for form in forms if form.complete and form.found]
    differences = [form.claimed.total - form.found.total for form in checked if form.found]
    return Corrections(
        len(checked),
        sum(difference > 0 for difference in differences),
        sum(difference < 0 for difference in differences),
        add(differences),
        sum(form.unexplained for form in checked),
        _criteria(rubric, tally, checked),
    )


def _criteria(rubric: Rubric, tally: Tally, forms: Sequence[FormOutcome]) -> tuple[Corrected, ...]:
    agencies: Counter[str] = Counter()
    points: defaultdict[str, Fraction] = defaultdict(Fraction)
    for criterion, difference in tally.corrections(forms):
        agencies[criterion] += 1
        points[criterion] += difference
    order = {criterion.id: index for index, criterion in enumerate(rubric.criteria)}
    rows = [Corrected(criterion, number, points[criterion]) for criterion, number in agencies.items()]
    rows.sort(key=lambda row: (-row.agencies, -abs(row.points), order[row.criterion.partition("+")[0]]))
    return tuple(rows)
