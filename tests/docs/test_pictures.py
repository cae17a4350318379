"""The pictures of the documentation show what the program prints and writes today."""

from __future__ import annotations

import json
import re
import shutil
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from making import imports
from making.pictures import ARCHITECTURE, FOLDER, RECORD, city, declared, digests, made
from making.screens import picture
from playwright.sync_api import sync_playwright

from docs.pages import PAGES, name

MOST_BYTES = 120_000
_IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)\s]*pictures/[^)\s]+)\)")


@pytest.mark.slow  # so that it is left out where other versions of libraries write other bytes
def test_no_picture_is_stale(tmp_path: Path) -> None:
    """After a change that is meant to be seen: ``make pictures``, and look at each that has changed."""
    now = dict(made(declared(), city(tmp_path)))
    screens = {picture.name: data.decode() for picture, data in now.items() if not picture.file}
    rendered = {picture.name: data for picture, data in now.items() if picture.file}
    assert {file: (FOLDER / file).read_text("utf-8") for file in screens} == screens
    assert json.loads(RECORD.read_text("utf-8")) == digests(rendered)


def test_the_picture_of_the_architecture_is_drawn_from_todays_imports() -> None:
    assert (FOLDER / ARCHITECTURE).read_text("utf-8") == imports.picture()


def test_every_picture_is_declared_small_and_complete() -> None:
    shown = {path.name for path in FOLDER.iterdir() if path.suffix in {".svg", ".png"}}
    assert shown == {ARCHITECTURE, *(picture.name for picture in declared())}
    assert {name: size for name in shown if (size := (FOLDER / name).stat().st_size) > MOST_BYTES} == {}
    assert all(picture.alt and (picture.run or picture.file) for picture in declared())


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_picture_on_a_page_says_what_it_shows(page: Path) -> None:
    assert [file for alt, file in _IMAGE.findall(page.read_text("utf-8")) if not alt.strip()] == []


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.svg")), ids=lambda file: file.name)
def test_a_drawing_needs_nothing_from_elsewhere(file: Path) -> None:
    text = file.read_text("utf-8")
    ET.fromstring(text)  # noqa: S314 - our own
    assert re.findall(r"https?://[^\s\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"@import|@font-face|url\((?!#)|<image|<script|href", text)


def test_a_floor_holds_nothing_that_uses_its_own_or_a_higher_one() -> None:
    using = imports.graph()
    floor = imports.floors(using)
    assert [(name, used) for name in using for used in using[name] if floor[used] >= floor[name]] == []


def test_only_arrows_that_follow_from_others_are_left_out() -> None:
    using = {"a": {"b", "c", "d"}, "b": {"c"}, "c": set(), "d": set()}
    assert imports.needed(using) == {"a": {"b", "d"}, "b": {"c"}, "c": set(), "d": set()}


@pytest.mark.slow
@pytest.mark.chromium
def test_chinese_and_latin_columns_stand_below_each_other(tmp_path: Path) -> None:
    """Whatever the fonts: ``|`` after ten cells of either script begins at the same place, and nothing overlaps."""
    file = tmp_path / "screen.svg"
    file.write_text(picture("x", "名录名录名|\nabcdefghij|\n一a二bc三d|\n█▓·“”é·█▓·|\n", 9), "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.goto(file.as_uri())
        spans = page.eval_on_selector_all(
            "tspan",
            """all => all.map(span => {
                const start = span.getStartPositionOfChar(0);
                const end = span.getEndPositionOfChar(span.getNumberOfChars() - 1);
                return [span.textContent, start.x, start.y, end.x];
            })""",
        )
        browser.close()
    bars = {(round(start + (end - start) * (1 - 1 / len(text)), 1)) for text, start, _, end in spans if text[-1] == "|"}
    assert len(bars) == 1, bars
    rows: dict[float, list[tuple[float, float]]] = {}
    for _, start, y, end in spans:
        rows.setdefault(y, []).append((start, end))
    assert all(after[0] >= before[1] - 0.5 for row in rows.values() for before, after in pairwise(row))
