"""Help pages: Chinese, on an 80-column console, and everything they name is documented in the README."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from jieyue_cli.report.letters.kinds import KINDS
from program import Call

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
COMMANDS = [
    *("", "template", "score", "batch", "feedback", "evidence", "plan", "compare", "demo", "doctor", "schema"),
    "completion",
    *("letter", "letter template", "letter check"),
    *(f"letter {kind.name}" for kind in KINDS),
    *("verify", "verify plan", "verify sheets"),
    *("ledger", "ledger record", "ledger show", "ledger verify"),
    *("roster", "roster new", "roster check"),
    *("rubric", "rubric check", "rubric show", "rubric explain", "rubric diff", "rubric new", "rubric schema"),
]
ENGLISH = re.compile(r"\b(?:[A-Za-z]+[ ,]+){2}[A-Za-z]+\b")


def pages(call: Call) -> dict[str, str]:
    return {command: call(*command.split(), "--help").out for command in COMMANDS}


def test_these_are_all_commands(call: Call) -> None:
    listed = [
        f"{command} {name}".strip()
        for command, page in pages(call).items()
        for name in re.findall(r"^  ([^ -]+) ", page.partition("命令：")[2].partition("\n\n")[0], re.MULTILINE)
    ]
    assert sorted(listed) == sorted(COMMANDS[1:])


@pytest.mark.parametrize("command", COMMANDS)
def test_a_help_page_is_chinese(command: str, call: Call) -> None:
    page = call(*command.split(), "--help").out
    prose = re.sub(
        r"jieyue [a-z ]+|--[a-z]+ [a-z]+|^  (-|[a-z]+ ).*? {2,}|\.[a-z]+|text、.*", " ", page, flags=re.MULTILINE
    )
    assert not ENGLISH.search(prose)
    assert page.startswith(f"用法：jieyue {command}".rstrip())
    for word in ("Usage", "Options", "Arguments", "Commands", "OPTIONS", "ARGS", "default", "required", "..."):
        assert word not in page


@pytest.mark.parametrize("command", COMMANDS)
def test_a_help_page_fits_the_console(command: str, call: Call) -> None:
    for line in call(*command.split(), "--help").out.splitlines():
        cells = sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line)
        # “” are narrow on one console and wide on another
        assert cells - sum(line.count(char) for char in "“”…") <= 80, line


def test_every_option_is_explained(call: Call) -> None:
    for command, page in pages(call).items():
        for row in re.findall(r"^  (?:-o, )?--.*(?:\n {10,}\S.*)*", page, re.MULTILINE):
            assert re.search(r"[\u4e00-\u9fff]{2}.*。", row, re.DOTALL), (command, row)


@pytest.mark.parametrize("command", COMMANDS[1:])
def test_the_readme_documents_the_command_and_its_options(command: str, call: Call) -> None:
    if command != "rubric":
        assert f"jieyue {command}" in README
    for option in set(re.findall(r"--[a-z]+", call(*command.split(), "--help").out)):
        assert option in README, f"{command} {option}"


def test_the_readme_documents_every_exit_code(call: Call) -> None:
    codes = re.findall(r"^  (\d+)  ", call("--help").out.partition("退出码：")[2], re.MULTILINE)
    assert codes == ["0", "1", "2", "130"]
    for code in codes:
        assert f"**{code}**" in README
