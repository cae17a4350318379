"""The files of the fictional city: the roster, the forms with their papers, and a page that says what to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from jieyue_cli import parts
from jieyue_cli.agencies.roster.blank import blank_roster
from jieyue_cli.demo.city import Agency, City, Folder, HandedIn, city
from jieyue_cli.form.blank.template import FilledRow, FormKind, Prefill, Template
from jieyue_cli.form.turn import Turn
from jieyue_cli.submission import Completion

if TYPE_CHECKING:
    from jieyue_cli.rubric.model import Rubric

ROSTER, GUIDE = "名录.xlsx", "先看这里.txt"
_REPORT = "自评报告.txt"
_PAPERS = "佐证材料"
_GUIDE = Path(__file__).with_name("guide.txt")

Made = Iterator[tuple[str, bytes]]
"""Paths below the folder, with ``/`` between their parts, and what belongs there."""


def guide() -> str:
    """What to try in the folder, and what it shows; each command on a line of its own."""
    return parts.text(_GUIDE)


def files(rubric: Rubric) -> Made:
    """Every file, made of nothing but the standard and the table: the same bytes every time."""
    told = city()
    yield ROSTER, blank_roster(rubric, [_listed(agency) for agency in told.agencies])
    yield GUIDE, _text(guide())
    templates = {turn: Template(rubric, FormKind(grouped=False, answered=True, turn=turn)) for turn in Turn}
    folders = {folder.name: folder for folder in told.folders}
    for folder in told.folders:
        for form in _whole(folder, folders):
            turn = Turn.OFFICE if folder.checks else Turn.AGENCY
            data = templates[turn].form(_prefill(form, folder.year, told, rubric))
            if folder.checks:
                yield f"{folder.name}/{form.of}-核查表.xlsx", data
            else:
                place = f"{folder.name}/{form.of}"
                yield f"{place}/{form.of}.xlsx", data[: len(data) // 2] if form.damaged else data
                yield from _papers(form, place, told)


def _listed(agency: Agency) -> tuple[object, ...]:
    """An agency's row in the roster, in the order of its columns."""
    return (
        *(agency.name, agency.category, agency.level, agency.code),
        *(agency.former or None, agency.short or None, agency.together or None, agency.batch),
        *("示例员", "0000-0000000", agency.outside or None, agency.plan_filed),
    )


def _whole(folder: Folder, folders: Mapping[str, Folder]) -> Iterator[HandedIn]:
    """The forms of a folder, each with what it takes over from another."""
    own = {form.of: form for form in folder.forms}
    claimed = {form.of: form for form in folders[folder.checks].forms} if folder.checks else {}
    for form in folder.forms:
        if form.copied_from:
            yield msgspec.structs.replace(
                own[form.copied_from],
                of=form.of,
                filled_on=form.filled_on,
                copied_from=form.copied_from,
                checked_on=None,
            )
        elif folder.checks:
            yield msgspec.structs.replace(
                claimed[form.of], checked_on=form.checked_on, finished=form.finished, found=form.found
            )
        else:
            yield form


def _prefill(form: HandedIn, year: int, told: City, rubric: Rubric) -> Prefill:
    names = [agency.name for agency in told.agencies]
    completion = Completion.BLANK_AS_CLAIMED if form.finished else Completion.UNFINISHED
    return Prefill(
        form.written_as or form.of,
        told.agencies[names.index(form.of)].category,
        year,
        filled_by=f"示例填报员{names.index(form.copied_from or form.of) + 1}",
        phone="0000-0000000",
        filled_on=form.filled_on,
        completion=completion.value if form.checked_on else None,
        checked_by="示例核查员" if form.checked_on else None,
        checked_on=form.checked_on,
        entries={identifier: _row(form, identifier, told) for identifier in rubric.questions},
    )


def _row(form: HandedIn, identifier: str, told: City) -> FilledRow:
    """One answer with the paper that it names, and what the office wrote beside it."""
    count = form.counts.get(identifier, told.counted.get(identifier))
    answer = "否" if identifier in form.undone else "是" if count is None else Decimal(count)
    claimed = answer not in {"否", 0} and identifier not in form.uncited
    paper = form.cited.get(identifier) or _paper(form, identifier, told) or _REPORT if claimed else None
    found = form.found.get(identifier) if form.checked_on else None
    if found is None:
        return FilledRow(answer, paper)
    finding = Decimal(found.finding) if isinstance(found.finding, int) else found.finding
    return FilledRow(answer, paper, finding=finding, opinion=found.opinion)


def _paper(form: HandedIn, identifier: str, told: City) -> str:
    """The name of the paper for a 编号; empty where there is none of its own."""
    title = form.titles.get(identifier, told.papers.get(identifier, ""))
    return f"{identifier} {title}.txt" if title else ""


def _papers(form: HandedIn, place: str, told: City) -> Made:
    """The self-report and the papers beside a form; a copied form has the other's, to the byte."""
    author = form.copied_from or form.of
    yield f"{place}/{_REPORT}", _text(f"示例：此处原为{author}的自评报告。\n")
    handed = [identifier for identifier in told.papers if identifier not in {*form.undone, *form.cited}]
    for name in [_paper(form, identifier, told) for identifier in handed] + [f"{title}.txt" for title in form.unused]:
        yield f"{place}/{_PAPERS}/{name}", _text(f"示例：此处原为{author}的“{name.removesuffix('.txt')}”。\n")


def _text(text: str) -> bytes:
    """As the editors of Windows write it."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
