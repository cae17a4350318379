"""The commands of the pages do what the pages show.

A block of ``console`` is a screen: after ``$`` a command, then what it prints, stdout before stderr, 80 columns wide;
a line of ``⋮`` stands for lines left out. The blocks of a page are run in order in one folder: the one that the comment
after its title names: ``<!-- commands: demo -->`` (what ``jieyue demo 示例市`` makes), ``<!-- commands: printed -->``
(the table of 2020 as it was printed) or ``<!-- commands: empty -->``.
A block of another language with ``<!-- file: 本县.yaml -->`` before it is what the reader saves there under that name.

After a change that is meant to be seen, write the screens anew and read every line of the difference:

    JIEYUE_WRITE_EXAMPLES=1 .venv/bin/python -m pytest tests/docs
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import PAGES, Block, blocks, name
from printed_tables import merged_annex
from year import CITY, TODAY, call

WRITE = "JIEYUE_WRITE_EXAMPLES" in os.environ
NOW = TODAY["2021年核查以后"]
"""When the reader sits before the demo's folder: both of its years are handed in."""
OMITTED = "⋮"
_FILE = re.compile(r"<!-- file: ([\w.]+) -->")
_SETTING = re.compile(r"\A# .+\n+<!-- commands: (demo|printed|empty) -->$", re.MULTILINE)


def with_screens() -> list[Path]:
    """The pages that show screens."""
    return [page for page in PAGES if any(block.language == "console" for block in blocks(page))]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's folder as it is made."""
    folder = tmp_path_factory.mktemp("pages")
    assert call("demo", CITY, cwd=folder, today=NOW).code == 0
    return folder / CITY


class Reader:
    """Somebody who types what a page says."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def type(self, line: str, *, refused: bool) -> list[str]:
        """Type a line; return what is seen. Only where all is shown may the program refuse it."""
        program, *arguments = shlex.split(line)
        if program == "cd":
            (place,) = arguments
            self.folder = (self.folder / place).resolve(strict=True)
            return []
        assert program == "jieyue", line
        seen = call(*arguments, cwd=self.folder, today=NOW)
        assert seen.code in {0, 1} or refused, f"{line}\n{seen}"
        return [text.rstrip() for text in (seen.on("out") + seen.on("err")).splitlines()]


def screens(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each command of a block, with the lines shown after it."""
    command = ""
    shown: list[str] = []
    for line in block.lines:
        if line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], []
        else:
            assert command, f"{block}: a screen begins with a command"
            shown.append(line)
    yield command, shown


def fits(shown: list[str], seen: list[str]) -> bool:
    """Whether these lines, some of them left out, are what is shown."""
    parts = ("(?:.*\n)*?" if line == OMITTED else re.escape(line) + "\n" for line in shown)
    return re.fullmatch("".join(parts), "".join(f"{line}\n" for line in seen)) is not None


def fitted(shown: list[str], seen: list[str]) -> list[str]:
    """What to show: the lines as they are where they fit, else as many of what is seen now at both ends."""
    if fits(shown, seen) or OMITTED not in shown:
        return shown if fits(shown, seen) else seen
    first, last = shown.index(OMITTED), shown[::-1].index(OMITTED)
    return [*seen[:first], OMITTED, *seen[len(seen) - last :]]


def lived_through(page: Path, folder: Path) -> Iterator[tuple[Block, list[str]]]:
    """Each block of a page with the lines that it should have."""
    reader = Reader(folder)
    for block in blocks(page):
        if saved := _FILE.fullmatch(block.mark):
            (reader.folder / saved[1]).write_text("\n".join((*block.lines, "")), "utf-8")
        if block.language == "console":
            now = [
                text
                for command, shown in screens(block)
                for text in (f"$ {command}", *fitted(shown, reader.type(command, refused=OMITTED not in shown)))
            ]
            yield block, now


def rewrite(page: Path, corrected: list[tuple[Block, list[str]]]) -> None:
    """Put the right lines in place of the blocks' own, from the last block to the first."""
    lines = page.read_text("utf-8").splitlines()
    for block, now in reversed(corrected):
        indent = re.match(" *", lines[block.line])
        assert indent
        lines[block.line + 1 : block.line + 1 + len(block.lines)] = [(indent[0] + line).rstrip() for line in now]
    page.write_text("\n".join(lines) + "\n", "utf-8", newline="\n")


@pytest.mark.slow
@pytest.mark.parametrize("page", with_screens(), ids=name)
def test_the_commands_of_a_page_print_what_it_shows(page: Path, city: Path, tmp_path: Path) -> None:
    setting = _SETTING.search(page.read_text("utf-8"))
    assert setting, "after the title stands no comment that says where the commands are run"
    folder = Path(shutil.copytree(city, tmp_path / CITY)) if setting[1] == "demo" else tmp_path
    if setting[1] == "printed":
        (folder / "印发的表.xlsx").write_bytes(merged_annex())
    made = list(lived_through(page, folder))
    if WRITE:
        rewrite(page, made)
        made = [(block, now) for block, (_, now) in zip(_screens(page), made, strict=True)]
    for block, now in made:
        assert list(block.lines) == now, str(block)


def _screens(page: Path) -> list[Block]:
    return [block for block in blocks(page) if block.language == "console"]


FITTING = [
    ([], [], True),
    ([], ["a"], False),
    (["a"], ["a"], True),
    (["a"], ["a", "b"], False),
    ([OMITTED], [], True),
    ([OMITTED], ["a", "b"], True),
    (["a", OMITTED, "d"], ["a", "b", "c", "d"], True),
    (["a", OMITTED, "d"], ["a", "d"], True),
    (["a", OMITTED, "d"], ["a", "b", "c"], False),
    (["a", OMITTED, "c", OMITTED], ["a", "b", "c", "d"], True),
    (["a.", OMITTED], ["ab"], False),
]


@pytest.mark.parametrize(("shown", "seen", "fitting"), FITTING)
def test_lines_left_out_stand_for_any_number(shown: list[str], seen: list[str], *, fitting: bool) -> None:
    assert fits(shown, seen) is fitting


def test_a_screen_written_anew_keeps_both_of_its_ends() -> None:
    assert fitted(["a", OMITTED, "x"], ["1", "2", "3", "4"]) == ["1", OMITTED, "4"]
    assert fitted(["a"], ["1", "2"]) == ["1", "2"]
    assert fitted(["1", OMITTED], ["1", "2"]) == ["1", OMITTED]
