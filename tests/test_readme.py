"""The README shows what the program prints today, and its first command ends well."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from program import Ran, run

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
README = (ROOT / "README.md").read_text(encoding="utf-8")
FIRST = "batch-good"
"""The example whose screen is the first command's."""
_SCREEN = re.compile(r"<!-- screen: (?P<example>[\w-]+) -->\n```text\n(?P<screen>.*?)```", re.DOTALL)
SCREENS = {match["example"]: match["screen"] for match in _SCREEN.finditer(README)}


def commands(name: str) -> list[str]:
    """The lines of the block of commands that is marked ``name``."""
    match = re.search(rf"<!-- {name} -->\n```sh\n(.*?)```", README, re.DOTALL)
    assert match, name
    return match[1].splitlines()


def ran(command: str, folder: Path) -> Ran:
    """Run ``jieyue …`` as it is written, in a copy of the folder that holds the README."""
    shutil.copytree(EXAMPLES / "good-city", folder / "examples" / "good-city", dirs_exist_ok=True)
    program, *arguments = shlex.split(command)
    assert program == "jieyue"
    return run(*arguments, cwd=folder)


def test_the_readme_shows_a_score_and_a_year_in_good_order_and_one_with_broken_returns() -> None:
    assert set(SCREENS) == {FIRST, "score-poor", "batch-2020"}


@pytest.mark.parametrize("example", SCREENS)
def test_each_screen_is_the_examples_whole_output(example: str) -> None:
    command = (EXAMPLES / example / "cmd.txt").read_text(encoding="utf-8").strip()
    printed = (EXAMPLES / example / "expected.txt").read_text(encoding="utf-8")
    assert SCREENS[example] == f"$ {command}\n{printed}"


def test_the_first_command_prints_its_screen_and_nothing_else_and_ends_with_0(tmp_path: Path) -> None:
    (line,) = commands("first command")
    *preparation, command = line.split(" && ")
    assert [step.split()[0] for step in preparation] == ["python3", ".venv/bin/python"]
    seen = ran(command.removeprefix(".venv/bin/"), tmp_path)
    assert (seen.code, seen.err) == (0, "")
    assert SCREENS[FIRST].partition("\n")[2] == seen.out


def test_the_three_lines_to_begin_with_all_work(tmp_path: Path) -> None:
    lines = commands("three lines")
    assert [line.split()[1] for line in lines] == ["template", "score", "batch"]
    assert [ran(line, tmp_path).code for line in lines] == [0, 0, 0]
