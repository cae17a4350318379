"""What a standard will do where texts of this family usually mean something else, for whoever wrote it to compare.

These are no faults: the standard may say just this. One function a statement, each listed once in ``CAUTIONS``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jieyue_cli.rubric.cautions import excused, required, rules, totals, words
from jieyue_cli.rubric.cautions.parts import Caution
from jieyue_cli.rubric.model import Rubric

CAUTIONS: tuple[Callable[[Rubric], Iterator[Caution]], ...] = (
    totals.bonus_lifts,
    totals.bonus_needed,
    totals.rounded_up,
    totals.entry_before_conversion,
    totals.grades_joined,
    totals.grade_out_of_reach,
    totals.mark_is_a_share,
    totals.target_stands,
    totals.forfeit_is_wide,
    totals.deduction_is_blank,
    required.held_below_the_mark,
    required.holds_nothing_down,
    required.never_missed,
    required.partly_met,
    required.takes_more,
    required.share_of_what_is_left,
    excused.out_of_reach,
    excused.bonus_not_rescaled,
    excused.excused_from_what_is_required,
    excused.gates_do_not_follow,
    excused.two_ways,
    excused.words_that_excuse,
    rules.cap_is_no_multiple,
    rules.blank_is_nothing,
    rules.part_of_a_step,
    rules.between_bands,
    rules.best_of_both_cases,
    rules.scored_twice,
    rules.decides_and_scores,
    rules.nothing_is_best,
    rules.used_by_nothing,
    rules.one_missing,
    rules.more_than_all,
    words.price_differs,
    words.cap_differs,
    words.each_differs,
    words.price_is_missing,
    words.way_differs,
    words.heading_differs,
    words.extra_by_name_only,
    words.mark_without_must,
    words.evidence_takes_no_points,
    words.evidence_is_not_asked_for,
)


def cautions(rubric: Rubric) -> list[Caution]:
    """Every statement that applies, in the order of ``CAUTIONS``."""
    return [caution for made in CAUTIONS for caution in made(rubric)]
