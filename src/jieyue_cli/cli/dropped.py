"""Files and folders dropped on the program, or typed without a command: the obvious thing is done and said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from jieyue_cli.guidance.dropping import Dropped

_DASHES = tuple("-‐‑‒–—―−﹣－")
_ARCHIVE = ".zip"
_MOST_PATHS = 3
"""Paths that the line with the command names."""
_UNTYPABLE = "（名称中有命令行会改动的字符，要先改名才能输入）"
"""In place of a path that would be another one, or a command, once it is pasted."""
_MOST_BESIDE = 3000
"""Entries of a folder among which a roster is looked for."""


def is_path(argument: str) -> bool:
    """Whether the first argument looks like a path, there or not, and not like a command that was typed wrongly."""
    if not argument or argument.startswith(_DASHES):
        return False
    from jieyue_cli.files.typed import is_there
    from jieyue_cli.guidance.glancing import TOLD_BY_CONTENT

    looks = set(argument) & set("/\\") or PurePath(argument).suffix.lower() in TOLD_BY_CONTENT
    return bool(looks) or any(map(is_there, _meant(argument)))


def command_for(arguments: Sequence[str]) -> list[str] | None:
    """The command line that was meant; None, after saying why, where there is none."""
    from jieyue_cli.files.typed import is_there
    from jieyue_cli.guidance.dropping import call, has

    cut = next((place for place, word in enumerate(arguments) if word.startswith(_DASHES)), len(arguments))
    paths, given = [path for typed in arguments[:cut] for path in _meant(typed)], arguments[cut:]
    console.quiet(wanted=has(given, "--quiet"))
    if missing := [path for path in paths if not is_there(path)]:
        _say_missing(missing)
        return None
    dropped = [_known(path) for path in paths]
    words = call(dropped)
    if words is None:
        _say_each(dropped)
        return None
    if words[0] == "batch":
        words = (*words, *_completed(paths, words, given))
    console.remark(f"相当于：{_line(_abridged((*words, *given), paths))}")
    return [*words, *given]


def _meant(typed: str) -> list[str]:
    from jieyue_cli.files.typed import SwallowedError, several

    try:
        return list(several(typed))
    except SwallowedError:
        return [typed]


def _known(path: str) -> Dropped:
    from jieyue_cli.files.output import is_folder
    from jieyue_cli.guidance.dropping import Dropped, sort_of
    from jieyue_cli.guidance.looking import glimpse

    place = Path(path)
    several = is_folder(place) or place.suffix.lower() == _ARCHIVE
    return Dropped(path, sort_of(place.name, glimpse(place).kind, several=several))


def _completed(paths: Sequence[str], words: Sequence[str], given: Sequence[str]) -> Iterator[str]:
    """The roster beside the forms, and where the results go: what is not said by the person."""
    from jieyue_cli.guidance.dropping import has

    if not has((*words, *given), "--roster", "--agencies"):
        rosters = list(_rosters_beside(Path(paths[0])))
        if len(rosters) == 1:
            yield from ("--roster", str(rosters[0]))
        elif rosters:
            names = "、".join(roster.name for roster in rosters)
            console.remark(f"旁边有几份名录（{names}），都没有用；请用 --roster 写明一份。")
    if not has(given, "-o", "--output", "--format"):
        for target in _targets([Path(path) for path in paths]):
            yield from ("-o", str(target))


def _rosters_beside(place: Path) -> Iterator[Path]:
    import os
    from itertools import islice

    from jieyue_cli.files.reaching import reachable
    from jieyue_cli.guidance.glancing import TABLES
    from jieyue_cli.guidance.looking import glimpse
    from jieyue_cli.guidance.sight import Kind

    beside = _beside(place)
    with suppress(OSError), os.scandir(reachable(beside)) as listing:
        for name in sorted(entry.name for entry in islice(listing, _MOST_BESIDE)):
            path = beside / name
            shown = "名录" in name and not name.startswith("~$") and path.suffix.lower() in TABLES
            if shown and glimpse(path).kind is Kind.ROSTER:
                yield path


def _targets(places: Sequence[Path]) -> list[Path]:
    """A workbook and a page beside the first place, or where else one can write; none has these names yet."""
    from jieyue_cli.files.names import unfit
    from jieyue_cli.files.output import check, is_other

    first = places[0].resolve()
    stem = (first.stem if is_other(first) else first.name) or "全部"
    stem += " 等" if len(places) > 1 else ""
    if unfit(f"{stem} 结果（999）.html"):  # too long, or with characters that no name on Windows has
        stem = "全部"
    for folder in _writable(places[0]):
        free = _free_pair(folder, stem)
        if not any(check(target, inputs=places) for target in free):
            if folder != _beside(places[0]):
                where = "当前文件夹" if folder == Path() else f" {folder}"
                console.remark(f"{places[0]} 旁边不能写文件，结果写到{where}。")
            return free
    console.remark("没有可以写文件的文件夹，结果只显示在这里。")
    return []


def _free_pair(folder: Path, stem: str) -> list[Path]:
    """A workbook and a page with the first number that neither has yet."""
    from jieyue_cli.files.typed import is_there
    from jieyue_cli.guidance.names import numbered

    def pair(number: str) -> list[Path]:
        return [folder / f"{stem} 汇总{number}.xlsx", folder / f"{stem} 结果{number}.html"]

    return pair(numbered("", lambda number: any(is_there(str(target)) for target in pair(number))))


def _beside(place: Path) -> Path:
    """The folder that holds a place."""
    return place.parent if place.name not in {"", ".."} else place.resolve().parent


def _writable(place: Path) -> Iterator[Path]:
    """Where results may go, the best first."""
    yield _beside(place)
    yield Path()
    with suppress(RuntimeError):  # there is no home folder
        yield Path.home()


def _say_missing(paths: Sequence[str]) -> None:
    from jieyue_cli.cli import options
    from jieyue_cli.problems import Code

    options.report(Code.FILE_MISSING.at().inside(path) for path in paths)


def _say_each(dropped: Sequence[Dropped]) -> None:
    """What each path is, and the command for it."""
    lines = [f"  {place.path}　{place.sort.value}\n    {_line(place.alone)}" for place in dropped]
    console.say("\n".join(["这些文件不是一类，不能一起处理，请分开：", *lines]))


def _abridged(words: Sequence[str], paths: Sequence[str]) -> list[str]:
    """A command line with the first of many paths: dropped ones are long."""
    left_out = set(paths[_MOST_PATHS:])
    mark = f"……（共{len(paths)}个）"
    shown = [mark if word == paths[-1] and left_out else word for word in words]
    return [word for word in shown if word not in left_out]


def _line(words: Sequence[str]) -> str:
    from jieyue_cli.guidance.advice import typable, typed

    return " ".join(typed(word) if typable(word) else _UNTYPABLE for word in ("jieyue", *words))
