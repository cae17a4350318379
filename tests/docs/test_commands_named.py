"""What the pages tell a reader to type exists: commands and options, tasks of the Makefile, modules, markers, files."""

from __future__ import annotations

import importlib.util
import itertools
import re
import shutil
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer._click.exceptions import UsageError

from docs.pages import PAGES, ROOT, Written, blocks, calls, code, name
from jieyue_cli.cli.app import whole
from year import CITY, TODAY, call

LANGUAGES = {"console", "sh", "bat", "powershell", "yaml", "json", "toml", "python", "text", "markdown", "diff"}
SCREEN = re.compile(r"<!-- screen: [\w-]+ -->")
"""What `tests/test_readme.py` holds against an example."""
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
MARKERS = [
    marker.partition(":")[0]
    for marker in tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["pytest"]["ini_options"][
        "markers"
    ]
]
EVERYWHERE = {"-h", "--help"}
NOW = TODAY["2021年核查以后"]


@cache
def _program() -> Any:
    return whole()


def command_of(words: Sequence[str]) -> tuple[list[str], Any]:
    """The command that these words name, with its own words; raise LookupError where there is none."""
    command = _program()
    own: list[str] = []
    for word in words:
        if not hasattr(command, "commands") or word.startswith("-") or "…" in word:
            break
        if word not in command.commands:
            raise LookupError(f"no command {word}")
        own.append(word)
        command = command.commands[word]
    return own, command


def unknown(words: Sequence[str]) -> list[str]:
    """The options among these words that their command does not have, or the command where there is none."""
    try:
        _, command = command_of(words)
    except LookupError as lost:
        return [str(lost)]
    known = EVERYWHERE.union(*(parameter.opts for parameter in command.params))
    options = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
    return [option for option in options if option not in known]


def parsed(words: Sequence[str]) -> dict[str, Any]:
    """The values that a complete call gives its command; raise UsageError where the program would not take them."""
    own, command = command_of(words)
    return dict(command.make_context("jieyue", list(words)[len(own) :]).params)


def complete(written: Written) -> bool:
    """Whether it is a call and not the mention of a command, or of a command's option."""
    if unknown(written.words):
        return False
    own, _ = command_of(written.words)
    return written.exact and not all(word.startswith("-") for word in written.words[len(own) :])


def wrong_on(page: Path) -> Iterator[str]:
    for written in calls(page):
        if lost := unknown(written.words):
            yield f"{written.place}: jieyue {written.text}: {', '.join(lost)}"
        elif complete(written):
            try:
                parsed(written.words)
            except UsageError as error:
                yield f"{written.place}: jieyue {written.text}: {error.format_message()}"


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_and_option_on_a_page_exists(page: Path) -> None:
    assert list(wrong_on(page)) == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("score FILE... [--detail]", []),
        ("score FILE --detial", ["--detial"]),
        ("scores FILE", ["no command scores"]),
        ("rubric chek FILE", ["no command chek"]),
        ("rubric new FILE --extends NAME", []),
        ("letter 公示 交表 -o 公示.docx", []),
        ("letter 公示 交表 -p 公示.docx", ["-p"]),
        ("…", []),
        ("--version", []),
    ],
)
def test_a_command_or_option_that_is_not_there_is_found(text: str, lost: list[str]) -> None:
    assert unknown(Written("", text).words) == lost


STAND_INS = {
    "交表/2021年": "2021年",
    "交表/2021年核查": "2021年核查",
    "交表/某某局.xlsx": "2021年/示例市监察委员会/示例市监察委员会.xlsx",
    "2020年 交表": "2020年",
    "核查表": "2021年核查",
    "往年的表": "2020年",
    "回头看表": "2021年核查",
    "甲": "2020年",
    "乙": "2021年",
    "示例市财政局.xlsx": "2021年/示例市监察委员会/示例市监察委员会.xlsx",
    "旧表.xlsx": "2021年/示例市监察委员会/示例市监察委员会.xlsx",
    "one.xlsx": "2021年/示例市监察委员会/示例市监察委员会.xlsx",
}
"""What the pages call the reader's own forms, and what of the demo's folder stands for them."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder, with everything in it that the pages speak of as the reader's own."""
    folder = tmp_path_factory.mktemp("desk")
    assert call("demo", CITY, cwd=folder, today=NOW).code == 0
    desk = folder / CITY
    for own, there in STAND_INS.items():
        copy = shutil.copytree if (desk / there).is_dir() else shutil.copy
        copy(desk / there, desk / own)
    plan = ("verify", "plan", "2021年", "--roster", "名录.xlsx", "--seed", "种子", "-o", "核查.json")
    assert call(*plan, cwd=desk, today=NOW).code in {0, 1}
    (desk / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    return desk


def typed(page: Path) -> list[Written]:
    """The calls of a page that a reader types as they stand, each once, in order."""
    return list({tuple(written.words): written for written in calls(page) if complete(written)}.values())


def written_by(words: Sequence[str]) -> list[str]:
    """The files and folders that a call makes and that may not be there before."""
    made = [word for before, word in itertools.pairwise(words) if before in {"-o", "--output"}]
    return made + list(words[2:3] if words[1:2] == ["new"] else words[1:2] if words[:1] == ["demo"] else ())


def lacking(words: Sequence[str], folder: Path) -> list[str]:
    """The inputs of a call that are not there: ``score`` and ``batch`` end with 1 as for a form with errors."""
    values = parsed(words).values()
    listed = [item for value in values for item in (value if isinstance(value, list | tuple) else [value])]
    named = {str(item) for item in listed if isinstance(item, Path) or str(item).endswith(".yaml")}
    return sorted(path for path in named.difference(written_by(words)) if not (folder / path).exists())


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if typed(page)], ids=name)
def test_every_call_in_the_text_of_a_page_does_what_it_is_for(page: Path, desk: Path, tmp_path: Path) -> None:
    folder, aside, away = (tmp_path / part for part in ("desk", "aside", "away"))
    shutil.copytree(desk, folder, symlinks=True)
    away.mkdir()
    seen = {}
    for written in typed(page):
        words = written.words[: written.words.index(">")] if ">" in written.words else written.words
        if "2020" in words:
            words = ["2020年" if word == "交表" else word for word in words]
        made = written_by(words)
        before = [there for there in made if (folder / there).exists()]  # what another line speaks of
        for there in before:
            (folder / there).rename(aside)
        assert lacking(words, folder) == ([words[2]] if words[:2] == ["ledger", "record"] else []), written.place
        seen[written] = call(*words, cwd=folder, today=NOW)
        assert [there for there in made if not (folder / there).exists()] == [], f"{written.place}\n{seen[written]}"
        for there in before:
            (folder / there).rename(away / str(len(seen)))
            aside.rename(folder / there)
    # 1: some of the demo's forms are broken on purpose
    assert [f"{written.place}: {written.text}\n{of}" for written, of in seen.items() if of.code not in {0, 1}] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_a_block_says_its_language_and_no_command_hides_in_plain_text(page: Path) -> None:
    assert [str(block) for block in blocks(page) if block.language not in LANGUAGES] == []
    assert [
        str(block)
        for block in blocks(page)
        if block.language == "text" and not SCREEN.fullmatch(block.mark)
        if any(re.match(r"(\$ )?jieyue\b", line.strip()) for line in block.lines)
    ] == []


def _is_file(path: str) -> bool:
    return (ROOT / path).exists()


def _is_module(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _is_target(target: str) -> bool:
    return re.search(rf"^{target}:", MAKEFILE, re.MULTILINE) is not None


TASKS = [
    (r"(?:^|[\s;&])make ([a-z]+)\b(?!=)", _is_target),
    (r"\b(?:python3?|py) -m (?!pipx\b)([\w.]+)", _is_module),  # pipx is a tool of its own
    (r"\bpytest [^;&]*?-m [\"']?([a-z]+)", MARKERS.__contains__),
    (r"\bpytest [^;&]*?\b(tests/[\w./-]+)", _is_file),
    (r"\bpython3? ([\w/]+\.py)\b", _is_file),
]
"""What a line of code may name, and whether it is there."""


def lost_tasks(text: str) -> Iterator[str]:
    """What a line of code names that is not there."""
    for pattern, exists in TASKS:
        yield from (named for named in re.findall(pattern, text) if not exists(named))


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_task_that_a_page_names_exists(page: Path) -> None:
    assert [f"{place}: {lost}" for place, text in code(page) for lost in lost_tasks(text)] == []


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("make lint", []),
        ("make doks", ["doks"]),
        ("make quick VENV=.venv-oldest", []),
        ("python -m bench run", []),
        ("python3 -m benches run", ["benches"]),
        ("pytest -m long tests/docs", []),
        ("pytest -m longer tests/dogs", ["longer", "tests/dogs"]),
        ("python examples/make.py", []),
        ("python examples/made.py", ["examples/made.py"]),
    ],
)
def test_a_task_that_is_not_there_is_found(text: str, lost: list[str]) -> None:
    assert list(lost_tasks(text)) == lost
