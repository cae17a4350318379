"""Who kept the year's dates: standard × year × standings → each step with its date, who is late and who is missing.

Only what the roster and the forms say counts here; what day it is does not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.rubric.calendar import Deadline, Step
from jieyue_cli.rubric.model import Rubric

_DONE: Mapping[Step, Callable[[Standing], dt.date | None]] = {
    "plan": lambda standing: standing.plan_filed,
    "self_assessment": lambda standing: standing.filled_on,
    "verification": lambda standing: None if _checked_again(standing) else standing.checked_on,
}
"""The day on which an agency's step was taken, where that is known and the date holds for it."""
_MISSING: Mapping[Step, Callable[[Standing], bool]] = {
    "plan": lambda standing: standing.plan_filed is None,
    "self_assessment": lambda standing: standing.state is State.MISSING,
    "verification": lambda standing: standing.handed_in and standing.verified is None,
}
_UNDATED: Mapping[Step, Callable[[Standing], bool]] = {
    "plan": lambda _: False,
    "self_assessment": lambda standing: standing.claimed is not None and standing.filled_on is None,
    "verification": lambda standing: standing.verified is not None and standing.checked_on is None,
}


@dataclass(frozen=True, slots=True)
class Due:
    """One step of the year: until when, and how the agencies in scope kept it."""

    step: Step
    what: str
    """As the standard prints it."""
    due: dt.date | None
    """The last day; None where it would depend on a year that is not known."""
    known: bool
    """Whether anything is known of it: plans stand in the roster or nowhere."""
    late: tuple[str, ...]
    """Whose step was taken after that day."""
    missing: tuple[str, ...]
    """Whose step was not taken: no plan was filed, no form handed in, the form that counts not verified to the end."""
    undated: int
    """Whose step was taken without a date; they are not late."""

    def days(self, standing: Standing) -> int:
        """By how many days an agency was late; 0 where it was not, or that cannot be told."""
        return _days(self.step, self.due, standing) if self.known and standing.listed else 0

    def lacks(self, standing: Standing) -> bool:
        """Whether an agency is among the ``missing``."""
        return self.known and standing.listed and _MISSING[self.step](standing)


def calendar_of(rubric: Rubric, year: int | None, standings: Sequence[Standing], *, plans: bool) -> tuple[Due, ...]:
    """Every step that the standard has a date for, in its order; ``plans``: whether the roster says who filed one."""
    listed = [standing for standing in standings if standing.listed]
    dated = [(deadline, step) for deadline in rubric.calendar if (step := deadline.step)]
    return tuple(
        _due(deadline, step, deadline.due(year), listed if plans or step != "plan" else None)
        for deadline, step in dated
    )


def _due(deadline: Deadline, step: Step, day: dt.date | None, listed: Sequence[Standing] | None) -> Due:
    """One step; ``listed`` is None where nothing is known of it."""
    agencies = listed or ()
    return Due(
        step,
        deadline.what,
        day,
        listed is not None,
        tuple(standing.name for standing in agencies if _days(step, day, standing)),
        tuple(standing.name for standing in agencies if _MISSING[step](standing)),
        sum(map(_UNDATED[step], agencies)),
    )


def _checked_again(standing: Standing) -> bool:
    """Whether a verification is a re-check of somebody recognised before, which may be at any time."""
    checked = standing.checked_on
    before = standing.since is not None and checked is not None and standing.since < checked.year
    return before or standing.state is State.WITHDRAWN


def _days(step: Step, day: dt.date | None, standing: Standing) -> int:
    done = _DONE[step](standing)
    return max(0, (done - day).days) if done and day else 0
