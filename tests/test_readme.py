"""The README shows what the program prints today."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_SCREEN = re.compile(r"<!-- screen: (?P<example>[\w-]+) -->\n```text\n(?P<screen>.*?)```", re.DOTALL)
SCREENS = {match["example"]: match["screen"] for match in _SCREEN.finditer(README)}


def test_the_readme_shows_a_score_and_a_batch() -> None:
    assert set(SCREENS) == {"score-poor", "batch-2020"}


@pytest.mark.parametrize("example", SCREENS)
def test_each_screen_is_the_examples_whole_output(example: str) -> None:
    command = (ROOT / "examples" / example / "cmd.txt").read_text(encoding="utf-8").strip()
    printed = (ROOT / "examples" / example / "expected.txt").read_text(encoding="utf-8")
    assert SCREENS[example] == f"$ {command}\n{printed}"
