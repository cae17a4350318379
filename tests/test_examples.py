"""Every example does what it shows: its command is run as a user would run it and the whole output is compared.

After a change that is meant to be seen, write the expected files anew and read every line of the difference:

    JIEYUE_WRITE_EXAMPLES=1 .venv/bin/python -m pytest tests/test_examples.py
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import docx
import openpyxl
import pytest

import year
from first import first
from jieyue_cli.assessment import assess
from jieyue_cli.problems import Code, Severity
from jieyue_cli.report.formats import FORMATS, TEXT, Format
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.source import find
from jieyue_cli.submission import AnswerKind
from program import run

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.parent.name for path in EXAMPLES.glob("*/cmd.txt"))
WRITE = "JIEYUE_WRITE_EXAMPLES" in os.environ
MOST_BYTES, MOST_BYTES_A_FILE = 1_200_000, 60_000
"""620 kB with broken returns, 250 kB in good order, 46 kB checking, 100 kB the two years."""


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All examples in a place where commands may write."""
    return Path(shutil.copytree(EXAMPLES, tmp_path_factory.mktemp("examples") / "copy"))


@pytest.mark.parametrize("name", first(2, NAMES))
def test_an_example_prints_what_it_shows(name: str, copied: Path) -> None:
    folder = EXAMPLES / name
    program, *arguments = shlex.split((folder / "cmd.txt").read_text("utf-8"))
    assert program == "jieyue"
    before = {path.name for path in (copied / name).iterdir()}
    ran = run(*arguments, cwd=copied / name)
    written = sorted(path for path in (copied / name).iterdir() if path.name not in before)
    seen = {
        "expected.txt": ran.out,
        "stderr.txt": ran.err,
        "exit.txt": f"{ran.code}\n",
        "written.txt": "".join(f"{line}\n" for path in written for line in _described(path)),
    }
    if WRITE:
        for file, text in seen.items():
            (folder / file).unlink(missing_ok=True)
            if text or file in {"expected.txt", "exit.txt"}:
                (folder / file).write_text(text, "utf-8", newline="\n")
    expected = {file: _text(folder / file) for file in seen}
    assert seen == expected


def _described(path: Path) -> Iterator[str]:
    """What was written: of a folder its files, of a workbook each sheet's size, of a letter and of a text its lines."""
    if path.is_dir():
        yield f"{path.name}:"
        yield from (f"  {line}" for file in sorted(path.iterdir()) for line in _described(file))
    elif path.suffix == ".xlsx":
        yield f"{path.name}:"
        for sheet in openpyxl.load_workbook(path):
            yield f"  {sheet.title}: {sheet.max_row} rows, {sheet.max_column} columns"
    elif path.suffix == ".html":
        yield f"{path.name}: {re.findall('<title>(.*)</title>', path.read_text('utf-8'))}"
    else:
        lines = docx.Document(str(path)).paragraphs if path.suffix == ".docx" else path.read_text("utf-8").splitlines()
        yield f"{path.name}: {len(lines)} lines"


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


@pytest.mark.slow
def test_the_feedback_of_the_example_holds_what_is_listed(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1604361600")
    arguments = shlex.split((EXAMPLES / "feedback" / "cmd.txt").read_text("utf-8"))
    assert run(*arguments[1:], "--force", cwd=copied / "feedback").code == 1
    name = "示例市档案馆"
    seen = _listed(EXAMPLES / "city" / "2020" / f"{name}.xlsx", copied / "feedback" / "反馈" / f"{name}-核查反馈.xlsx")
    listed = EXAMPLES / "feedback" / "listed.txt"
    if WRITE:
        listed.write_text(seen, "utf-8", newline="\n")
    assert seen == listed.read_text("utf-8")


def _listed(before: Path, after: Path) -> str:
    """What the copy of a workbook has that the workbook has not: parts, comments and the sheet, as lines of text."""
    old, new = zipfile.ZipFile(before), zipfile.ZipFile(after)
    lines = ["部件"]
    for part in new.namelist():
        state = "新增" if part not in old.namelist() else "改动" if old.read(part) != new.read(part) else "不变"
        lines.append(f"{state}　{part}")
    book = openpyxl.load_workbook(after)
    for sheet in book:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        lines += [f"\n批注　{sheet.title}!{cell.coordinate}\n{cell.comment.text}" for cell in cells if cell.comment]
    lines.append("\n核查反馈")
    for row in book["核查反馈"].iter_rows(values_only=True):
        lines.append("　".join(str(cell).replace("\n", "／") for cell in row if cell is not None))
    return "\n".join(lines) + "\n"


def shown_by(entry: Format, command: list[str]) -> bool:
    """Whether a command line prints or writes a format."""
    asked = command[command.index("--format") + 1] if "--format" in command else TEXT.name
    line = " ".join(command[1:])
    prints = asked == entry.name and line.startswith(entry.commands)
    targets = [Path(after).suffix for option, after in pairwise(command) if option == "-o"]
    return prints or (line.startswith(entry.writers) and entry.suffix in targets)


@pytest.mark.parametrize("entry", FORMATS, ids=lambda entry: entry.name)
def test_every_format_has_an_example(entry: Format) -> None:
    alone = (shlex.split((EXAMPLES / name / "cmd.txt").read_text("utf-8")) for name in NAMES)
    commands = [*alone, *(shlex.split(step.line) for step in year.steps())]
    assert any(shown_by(entry, command) for command in commands)


def test_the_template_of_the_example_reads_back_blank(copied: Path) -> None:
    arguments = shlex.split((EXAMPLES / "template" / "cmd.txt").read_text("utf-8"))
    folder = copied / "template again"
    folder.mkdir()
    assert run(*arguments[1:], cwd=folder).code == 0
    rubric, _ = find(DEFAULT)
    assert rubric is not None
    result = assess("空表.xlsx", (folder / "空表.xlsx").read_bytes(), rubric)
    assert result.self is not None
    assert result.agency is not None
    assert result.agency.name == "示例市机关事务服务中心"
    assert result.self.count(AnswerKind.BLANK) == len(rubric.criteria)
    assert result.self.total == 0
    told = [problem.code for problem in result.problems if problem.severity is not Severity.NOTE]
    assert told == [Code.FORM_BLANK]


def test_every_example_says_in_two_languages_what_it_shows() -> None:
    for name in NAMES:
        text = (EXAMPLES / name / "README.md").read_text("utf-8")
        paragraphs = text.strip().split("\n\n")
        assert len(paragraphs) == 3, name
        assert not paragraphs[1].isascii(), name
        assert len([char for char in paragraphs[2] if char.isascii()]) > len(paragraphs[2]) * 0.8, name


def test_the_examples_stay_small() -> None:
    sizes = {path: path.stat().st_size for path in EXAMPLES.rglob("*") if path.is_file()}
    assert {path.name: size for path, size in sizes.items() if size > MOST_BYTES_A_FILE} == {}
    assert sum(sizes.values()) < MOST_BYTES
