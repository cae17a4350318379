"""What the repository refers to exists: sections and entries that the code cites, decisions, links, files, tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "jieyue_cli"
OWN = ("src", "tests", "docs", "bench", "rubric", "examples", "install")
"""Folders of the project; others, such as a virtual environment, hold files of somebody else."""
FILES = sorted(path for folder in OWN for path in (ROOT / folder).rglob("*") if path.is_file())
TEXTS = [*(path for path in FILES if path.suffix in {".py", ".md", ".yaml"}), *sorted(ROOT.glob("*.md"))]
PAGES = [path for path in TEXTS if path.suffix == ".md"]
_CITED = re.compile(r"\b(docs/[\w/-]+\.md)(?:, ([A-Z]\w+|\d+(?:(?: to | and |, )\d+)*))?")
_ENTRY = re.compile(r"^\*\*(\d+)\.\*\*", re.MULTILINE)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_LINK = re.compile(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)")
_FENCED = re.compile(r"^(`{3,}).*?^\1", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r"`([\w/.-]+?\.py|[\w-]+(?:/[\w-]+)*/)(?:::(\w+))?`")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def joined(path: Path) -> str:
    """The text with every break of a line, and the mark of a comment after it, as one space."""
    return re.sub(r"\s*\n[\s#]*", " ", path.read_text("utf-8"))


def prose(path: Path) -> str:
    return _FENCED.sub("", path.read_text("utf-8"))


def targets(page: Path) -> set[str]:
    """What a citation of ``page`` may name: its headings and its numbered entries."""
    text = page.read_text("utf-8")
    return {*_HEADING.findall(text), *_ENTRY.findall(text)}


def places(cited: str) -> Iterator[str]:
    """A heading, or every number of ``21 to 23`` and ``13 and 14``."""
    if not cited[0].isdigit():
        yield cited
        return
    for first, last in re.findall(r"(\d+)(?: to (\d+))?", cited):
        yield from map(str, range(int(first), int(last or first) + 1))


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def lost_in(pages: Iterable[Path], seek: Callable[[Path], Iterable[str]]) -> dict[str, list[str]]:
    """What ``seek`` finds missing, by the file that refers to it."""
    return {name(page): missing for page in pages if (missing := list(seek(page)))}


def lost_citations(path: Path) -> Iterator[str]:
    for cited, where in _CITED.findall(joined(path)):
        for place in places(where) if where else ("",):
            if not (ROOT / cited).is_file() or (place and place not in targets(ROOT / cited)):
                yield f"{cited}, {place}"


def lost_decisions(path: Path) -> Iterator[str]:
    for number in re.findall(r"\bADRs? (\d+)", joined(path)):
        if not any((ROOT / "docs" / "adr").glob(f"{int(number):04}-*.md")):
            yield f"ADR {number}"


def lost_links(page: Path) -> Iterator[str]:
    for target, part in _LINK.findall(prose(page)):
        there = (page.parent / target).resolve() if target else page
        if re.match(r"[a-z]+:", target):
            continue
        if not there.exists() or (part and part not in map(anchor, _HEADING.findall(there.read_text("utf-8")))):
            yield f"{target}#{part}"


def lost_files_and_tests(page: Path) -> Iterator[str]:
    for written, test in _QUOTED.findall(prose(page)):
        found = [path for path in FILES if f"/{name(path)}".endswith(f"/{written}")]
        folder = written.endswith("/") and any((base / written).is_dir() for base in (ROOT, SOURCE, page.parent))
        if not (found or folder) or (test and not any(f"def {test}(" in path.read_text("utf-8") for path in found)):
            yield f"{written}::{test}"


def test_every_page_section_and_entry_that_is_cited_exists() -> None:
    assert lost_in(TEXTS, lost_citations) == {}


def test_every_decision_that_is_named_exists() -> None:
    assert lost_in(TEXTS, lost_decisions) == {}


def test_every_link_leads_somewhere() -> None:
    assert lost_in(PAGES, lost_links) == {}


def test_every_file_folder_and_test_that_a_page_names_exists() -> None:
    assert lost_in((page for page in PAGES if page.name != "CHANGELOG.md"), lost_files_and_tests) == {}


def test_the_hazards_are_numbered_in_order() -> None:
    numbers = [int(number) for number in _ENTRY.findall((ROOT / "docs" / "hazards.md").read_text("utf-8"))]
    assert numbers == sorted(set(numbers))
    assert set(range(1, 33)) <= set(numbers)
