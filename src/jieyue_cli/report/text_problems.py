"""Problems on the console: errors first, file by file, many of one kind in one line, warnings never in the way."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.text import Text

from jieyue_cli.problems import Code, Problem, Severity
from jieyue_cli.report.tables import inside
from jieyue_cli.report.text_look import Page, hanging, safe

_SINGLY = 3
"""So many of one kind are shown one by one; more are gathered."""
_MOST_ADDRESSES = 20
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold"}


def problems_view(problems: Iterable[Problem], *, singly: bool = False) -> RenderableType:
    """Show problems by severity and file; ``singly`` where each is a thing to do of its own, whatever their number.

    Every error is shown at its file. A warning or a note that many files share takes one line for all of them, so
    that the errors stay in sight.
    """
    listed = list(problems)
    by_severity = {
        severity: found
        for severity in Severity
        if (found := [problem for problem in listed if problem.severity is severity])
    }
    return Page(*(_severity(severity, found, singly=singly) for severity, found in by_severity.items()))


def _severity(severity: Severity, problems: list[Problem], *, singly: bool) -> RenderableType:
    parts: list[RenderableType] = [Text(f"{severity.chinese} {len(problems)} 个", _STYLE[severity])]
    shared = _shared(problems) if severity is not Severity.ERROR else {}
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code not in shared:
            by_file.setdefault(problem.location.file or "", []).append(problem)
    for file, found in by_file.items():
        depth = 2
        if file:
            parts.append(hanging("", depth, file))
            depth = 4
        entries = map(_entry, found) if singly else _entries(found)
        parts += [hanging("", depth, entry) for entry in entries]
    parts += [hanging("", 2, _across(found, files)) for found, files in shared.values()]
    return Group(*parts)


def _shared(problems: Iterable[Problem]) -> dict[Code, tuple[list[Problem], int]]:
    """The kinds that more than a few files have."""
    kinds: dict[Code, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem)
    counted = {code: (found, len({problem.location.file for problem in found})) for code, found in kinds.items()}
    return {code: (found, files) for code, (found, files) in counted.items() if files > _SINGLY}


def _across(found: list[Problem], files: int) -> Text:
    first = found[0]
    return safe(f"{files} 个文件，共 {len(found)} 处，例如 {first.location}：{first.message}")


def _entries(found: list[Problem]) -> Iterable[Text]:
    """One file's problems; more than a few of one kind in one sheet become one line, at the place of the first."""
    kinds: dict[tuple[Code, str | None], list[Problem]] = {}
    for problem in found:
        kinds.setdefault((problem.code, problem.location.sheet), []).append(problem)
    for group in kinds.values():
        if len(group) > _SINGLY:
            yield safe(f"{_addresses(group)}，共 {len(group)} 处，第一处：{group[0].message}")
        else:
            yield from (_entry(problem) for problem in group)


def _entry(problem: Problem) -> Text:
    place = inside(problem.location)
    return safe(f"{place}：{problem.message}" if place else problem.message)


def _addresses(group: list[Problem]) -> str:
    places = [problem.location.cell or problem.location.criterion or "" for problem in group]
    named = [place for place in places if place]
    sheet = group[0].location.sheet
    shown = "、".join(named[:_MOST_ADDRESSES]) + (" 等" if len(named) > _MOST_ADDRESSES else "")
    return f"{sheet}!{shown}" if sheet and shown else shown or "同类问题"
