"""Problems on the console: errors first, file by file, many of one kind in one line, warnings never in the way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

import msgspec
from rich.console import Group, RenderableType
from rich.text import Text

from jieyue_cli.problems import Code, Problem, Severity
from jieyue_cli.report.console.look import Page, hanging, safe
from jieyue_cli.report.phrases import inside
from jieyue_cli.text.listing import abridged

_GROUP_ABOVE = 3
"""More problems of one kind than this take one line together."""
_MOST_ADDRESSES = 20
_MOST_FILES = 4
_STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold"}


def problems_view(problems: Iterable[Problem], *, singly: bool = False) -> RenderableType:
    """Problems by severity and file; ``singly`` shows every one, where each is something to do of its own.

    Every error is shown at its file. A warning or a note that many files share takes one line for all of them, so
    that the errors stay in sight.
    """
    by_severity: dict[Severity, list[Problem]] = {severity: [] for severity in Severity}
    for problem in problems:
        by_severity[problem.severity].append(problem)
    return Page(*(_severity(severity, same, singly=singly) for severity, same in by_severity.items() if same))


def summary_view(problems: Iterable[Problem]) -> RenderableType:
    """As above, for many files: each kind of problem takes one entry, with how often and where it is."""
    by_severity: dict[Severity, dict[Code, list[Problem]]] = {severity: {} for severity in Severity}
    files: dict[str, None] = {}
    for problem in problems:
        by_severity[problem.severity].setdefault(problem.code, []).append(problem)
        files[problem.location.file or ""] = None
    above = len(_common_folder([file for file in files if file]))
    parts: list[RenderableType] = []
    for severity, kinds in by_severity.items():
        if kinds:
            parts.append(Text(f"{severity.chinese} {sum(map(len, kinds.values()))} 个", _STYLE[severity]))
            parts += [hanging("-", 2, _kind(group, above)) for group in kinds.values()]
    return Page(*parts)


def _kind(group: list[Problem], above: int) -> Text:
    """Everything said under one code; the folder that all files share, of ``above`` characters, is left out."""
    first = group[0]
    names = list(dict.fromkeys((problem.location.file or "")[above:] for problem in group))
    if len(group) == 1:
        place = msgspec.structs.replace(first.location, file=names[0] or None)
        return safe(f"{place}：{first.message}" if str(place) else first.message)
    shown = abridged(names, _MOST_FILES, "个文件")
    times = f"{len(group)} 处" if len(group) > len(names) else ""
    inner = inside(first.location)
    alike = all(problem.message == first.message for problem in group)
    example = f"例如 {inner}" if inner else "" if alike else "例如第一个"
    places = f"{shown}（{times}）" if shown and times else shown or times
    intro = "，".join(part for part in (places, example) if part)
    return safe(f"{intro}：{first.message}" if intro else first.message)


def _common_folder(files: Sequence[str]) -> str:
    """The innermost folder of all files, with its slash; empty where they share none."""
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*(file.split("/")[:-1] for file in files), strict=False))
    return "".join(f"{parts[0]}/" for parts in shared)


def _severity(severity: Severity, problems: list[Problem], *, singly: bool) -> RenderableType:
    parts: list[RenderableType] = [Text(f"{severity.chinese} {len(problems)} 个", _STYLE[severity])]
    shared = _shared(problems) if severity is not Severity.ERROR else {}
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code not in shared:
            by_file.setdefault(problem.location.file or "", []).append(problem)
    for file, own in by_file.items():
        depth = 2
        if file:
            parts.append(hanging("", depth, file))
            depth = 4
        entries = map(_entry, own) if singly else _entries(own)
        parts += [hanging("", depth, entry) for entry in entries]
    parts += [hanging("", 2, _across(group, files)) for group, files in shared.values()]
    return Group(*parts)


def _shared(problems: Iterable[Problem]) -> dict[Code, tuple[list[Problem], int]]:
    """The kinds that more than a few files have."""
    kinds: dict[Code, list[Problem]] = {}
    for problem in problems:
        kinds.setdefault(problem.code, []).append(problem)
    counted = {code: (group, len({problem.location.file for problem in group})) for code, group in kinds.items()}
    return {code: (group, files) for code, (group, files) in counted.items() if files > _GROUP_ABOVE}


def _across(group: list[Problem], files: int) -> Text:
    first = group[0]
    return safe(f"{files} 个文件，共 {len(group)} 处，例如 {first.location}：{first.message}")


def _entries(problems: list[Problem]) -> Iterable[Text]:
    """One file's problems; more than a few of one kind in one sheet become one line, at the place of the first."""
    kinds: dict[tuple[Code, str | None], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.code, problem.location.sheet), []).append(problem)
    for group in kinds.values():
        if len(group) > _GROUP_ABOVE:
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
    shown = abridged(named, _MOST_ADDRESSES)
    return f"{sheet}!{shown}" if sheet and shown else shown or "同类问题"
