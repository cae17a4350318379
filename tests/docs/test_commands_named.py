"""What the pages tell a reader to type exists: commands and options, tasks of the Makefile, modules, markers, files."""

from __future__ import annotations

import importlib.util
import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from typer._click.exceptions import UsageError

from docs.pages import PAGES, ROOT, Written, blocks, calls, code, name
from jieyue_cli.cli.app import _program
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


@cache
def _tree(first: str) -> Any:
    """The program with what a command line that begins with this word needs."""
    return typer.main.get_command(_program([first]))


def command_of(words: Sequence[str]) -> tuple[list[str], Any]:
    """The command that these words name, with its own words; raise LookupError where there is none."""
    command = _tree(words[0] if words else "")
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


def runnable(city: Path) -> list[list[str]]:
    """The complete calls on all pages whose inputs lie in the demo's folder."""
    found = {tuple(written.words) for page in PAGES for written in calls(page) if complete(written)}
    makes = ("roster", "new")  # what lies there already
    return [list(words) for words in sorted(found) if words[:2] != makes and _inputs_exist(words, city)]


def _inputs_exist(words: Sequence[str], city: Path) -> bool:
    try:
        values = {key: value for key, value in parsed(words).items() if key != "output"}
    except UsageError:  # told by the test of its page
        return False
    listed = [item for value in values.values() for item in (value if isinstance(value, list | tuple) else [value])]
    named = [item for item in listed if isinstance(item, Path) or str(item).endswith(".yaml")]
    return all((city / path).exists() for path in named)


def test_every_call_whose_inputs_lie_in_the_demos_folder_ends_well(tmp_path: Path) -> None:
    now = TODAY["2021年核查以后"]
    assert call("demo", CITY, cwd=tmp_path, today=now).code == 0
    ready = runnable(tmp_path / CITY)
    assert ["roster", "check", "名录.xlsx"] in ready
    assert {tuple(words): call(*words, cwd=tmp_path / CITY, today=now).code for words in ready} == {
        tuple(words): 0 for words in ready
    }


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
