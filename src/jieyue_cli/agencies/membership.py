"""Which forms are of agencies that the roster counts; a name that is not in it gets a hint, and is never merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from jieyue_cli.agencies.roster import Roster, RosterEntry, key
from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.problems import Code, Location, Problem


def listed(outcomes: Iterable[FormOutcome], roster: Roster | None) -> tuple[list[FormOutcome], list[Problem]]:
    """Keep the forms of agencies in the roster (all where there is none), and name each agency that is not in it.

    A form under another name is given that of its entry; one that counts for several agencies of one office is there
    once for each.
    """
    outcomes = list(outcomes)
    if roster is None:
        return outcomes, []
    filled = (form for form in outcomes if not form.blank)
    own = {(entry.name, form.year) for form in filled if (entry := roster.by_key.get(form.key)) is not None}
    strangers = [form for form in outcomes if form.key not in roster.by_key]
    problems = list(_strangers(strangers, roster))
    kept = []
    for form in outcomes:
        entry = roster.by_key.get(form.key)
        if entry is None:
            continue
        # an agency's own form goes before one of its office
        office = [other for other in roster.together(entry) if other is entry or (other.name, form.year) not in own]
        kept += [under_its_name(other, form) for other in office]
        problems += _names(form, entry, office)
    return kept, problems


def under_its_name(entry: RosterEntry, form: FormOutcome) -> FormOutcome:
    """The form as one of ``entry``, whatever the name on it."""
    same = key(entry.name)
    return form if form.key == same else msgspec.structs.replace(form, name=entry.name, key=same)


def _names(form: FormOutcome, entry: RosterEntry, office: Iterable[RosterEntry]) -> Iterator[Problem]:
    """Say for which agencies a form counts, where its own name does not."""
    here = Location(form.file)
    if form.key != key(entry.name):
        yield Code.AGENCY_OTHER_NAME.at(here, name=form.name, listed=entry.name)
    if others := "、".join(f"“{other.name}”" for other in office if other is not entry):
        yield Code.AGENCY_TOGETHER.at(here, name=entry.name, others=others)


def _strangers(forms: list[FormOutcome], roster: Roster) -> Iterator[Problem]:
    if not forms:
        return
    from jieyue_cli.agencies.near import NearNames

    near = NearNames(roster)
    for form in forms:
        if entry := roster.outside_by_key.get(form.key):
            here = Location(form.file)
            yield Code.AGENCY_OUTSIDE.at(here, name=entry.name, reason=entry.outside)
            continue
        likeliest = near.to(form.name)
        hint = f"名录中相近的是“{likeliest.name}”，" if likeliest else ""
        yield Code.AGENCY_NOT_LISTED.at(Location(form.file), name=form.name, hint=hint)
