"""Forms of another year than the run's, and last year's form handed in again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from jieyue_cli.agencies.standings import Course, State
from jieyue_cli.agencies.tally import FormOutcome
from jieyue_cli.problems import Code, Location, Problem


def out_of_range(forms: Iterable[FormOutcome], year: int | None) -> Iterator[Problem]:
    """Yield every form that is for another year."""
    for form in {form.file: form for form in forms}.values():  # a form of one office is there once for each agency
        if year is not None and form.year != year:
            code = Code.YEAR_LATER if form.year > year else Code.YEAR_EARLIER
            yield code.at(Location(form.file), seen=form.year, year=year)


def closed(forms: Iterable[FormOutcome], last: int, inputs: Collection[bytes]) -> Iterator[Problem]:
    """Yield every form of a year up to the ``last`` recorded one, which it does not change.

    ``inputs`` are the SHA-256 of the files that were recorded.
    """
    for form in {form.file: form for form in forms}.values():
        code = Code.RECORDED_YEAR if form.digest in inputs else Code.RECORDED_LATER
        yield code.at(Location(form.file), year=form.year, last=last)


def repeated(course: Course, forms: Sequence[FormOutcome], year: int | None) -> Iterator[Problem]:
    """Yield where an agency handed in an earlier year's answers again: with another year written, or as they were."""
    if len(course.choices) > 1 and year in course.choices:
        filled = [form for form in forms if not form.blank]
        earlier = {form.claims: form for form in filled if form.year != year}
        for form in filled:
            if form.year == year and (old := earlier.get(form.claims)):
                facts = {"name": form.name, "year": year, "earlier": old.year, "other": old.file}
                yield Code.SUBMISSION_REPEATED.at(Location(form.file), **facts)
    elif not course.standing.files:
        again = [pair for choice in course.choices.values() for pair in choice.copies]
        if course.standing.state is not State.RECOGNISED:
            kept = [(choice.chosen, choice.superseded) for choice in course.choices.values() if choice.chosen]
            again += [(form, chosen) for chosen, superseded in kept for form in superseded]
        for form, old in again:
            facts = {"name": form.name, "year": year, "earlier": form.year, "other": old.file}
            yield Code.SUBMISSION_LAST_YEARS.at(Location(form.file), **facts)
