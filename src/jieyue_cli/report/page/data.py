"""Findings → the page's data: every agency with its forms, and every form down to its last line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import key
from jieyue_cli.agencies.standings import Standing, State
from jieyue_cli.assessment import Result
from jieyue_cli.report.agencies import OUTSIDE, UNLISTED, with_states
from jieyue_cli.report.calendar import days_late
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.page import figures
from jieyue_cli.report.page.rows import AgencyRow, Data, FormRow
from jieyue_cli.report.page.tables import Problems, Scores, Table
from jieyue_cli.report.phrases import (
    basic_data,
    capped,
    compared,
    converted,
    decided,
    left_out,
    missed,
    unanswered,
    uncounted,
)
from jieyue_cli.report.ranking import FileRow, ranking, rows
from jieyue_cli.rubric.model import INPUTS
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain


def data(findings: Findings[Result], account: Account) -> Data:
    """Gather everything that the page draws."""
    rubric, year = findings.rubric, account.progress.year
    files = rows(findings)
    ranked = ranking(findings, files).get(year, [])
    ranks = {form.row.result.file: form.rank for form in ranked if form.rank}
    forms, categories = _Forms(), Table[str]()
    listed = list(with_states(account))
    owned = _owned(files, [standing for standing, _ in listed], year)
    states = [*(state.chinese for state in State), *([OUTSIDE] if account.progress.outside else ())]
    agencies = [
        _agency(standing, states.index(state), places, files, ranks, categories, days_late(account.progress, standing))
        for (standing, state), places in zip(listed, owned, strict=True)
    ]
    taken = {place for places in owned for place in places}
    form_rows = [forms.row(row, named=place not in taken) for place, row in enumerate(files)]
    return Data(
        year=year,
        mark=plain(rubric.pass_mark),
        agencies_in_all=account.progress.agencies,
        units=figures.units(rubric),
        gates=[*map(figures.criterion, rubric.gates)],
        targets=figures.targets(rubric, account),
        distribution=figures.distribution(rubric, account),
        lost=figures.lost(rubric, account.progress),
        states=states,
        categories=categories.rows,
        agencies=agencies,
        others=[place for place in range(len(files)) if place not in taken],
        forms=form_rows,
        kinds=forms.problems.kinds,
        problems=forms.problems.rows,
        texts=forms.texts.rows,
        items=forms.scores.items.rows,
        lines=forms.scores.lines.rows,
    )


class _Forms:
    """Makes the forms' rows, and gathers what they share."""

    def __init__(self) -> None:
        self.scores, self.problems, self.texts = Scores(), Problems(), Table[str]()

    def row(self, row: FileRow, *, named: bool) -> FormRow:
        """One file, ``named`` where no agency is."""
        result = row.result
        return FormRow(
            clean(result.file),
            row.name if named else "",
            row.year,
            self.scores.side(result.self) if result.self else None,
            self.scores.side(result.verified) if result.verified else None,
            "verified" if result.deciding is result.verified else "self",
            row.standing.counts,
            tuple(self.texts.place(clean(sentence)) for sentence in _told(row)),
            self.problems.places(row.problems),
        )


def _told(row: FileRow) -> Iterator[str]:
    """Say what a form comes to and why, sentence by sentence."""
    result, card = row.result, row.result.deciding
    if row.remark:
        yield row.remark
    if card is None:
        yield result.status.chinese
        return
    yield decided(result, card)
    yield compared(result)
    if card.inputs:
        yield f"{INPUTS}：{basic_data(card)}"
    if blanks := unanswered(result):
        yield blanks
    yield from (*left_out(card), *missed(card), *capped(card), *uncounted(card))
    yield from (f"换算：{step}" for step in converted(card))


def _owned(files: Sequence[FileRow], standings: Iterable[Standing], year: int | None) -> list[list[int]]:
    """Each standing's forms: those of the year, which it names, and those of other years, by the agency's name."""
    places = {row.result.file: place for place, row in enumerate(files)}
    by_name: dict[str, list[int]] = {}
    for place, row in enumerate(files):
        if row.year != year:
            by_name.setdefault(key(row.name), []).append(place)
    return [
        list(dict.fromkeys([*map(places.__getitem__, standing.files), *by_name.get(key(standing.name), ())]))
        for standing in standings
    ]


def _agency(
    standing: Standing,
    state: int,
    places: Sequence[int],
    files: Sequence[FileRow],
    ranks: Mapping[str, int],
    categories: Table[str],
    late: int,
) -> AgencyRow:
    """One agency; its ranked form comes first."""
    first = sorted(places, key=lambda place: files[place].result.file not in ranks)
    return AgencyRow(
        clean(standing.name),
        categories.place(clean(standing.category or "")),
        state,
        tuple(first),
        ranks.get(files[first[0]].result.file) if first else None,
        standing.since,
        "" if standing.claimed is None else plain(standing.claimed),
        "" if standing.verified is None else plain(standing.verified),
        "；".join(filter(None, ("" if standing.listed or state >= len(State) else UNLISTED, clean(standing.remark)))),
        clean(standing.level or ""),
        standing.batch,
        str(standing.filled_on or ""),
        str(standing.checked_on or ""),
        str(standing.plan_filed or ""),
        late,
    )
