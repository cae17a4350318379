"""The offline documentation: whole, closed, and of use without a network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import docx
import pytest
from making import printing
from making.joining import joined
from making.pages import DOCS, TO_PRINT, places, relinked
from playwright.sync_api import Browser, sync_playwright

from docs.pages import ROOT

INDEX = (DOCS / "index.md").read_text("utf-8")
EXTERNAL = {"a"}
"""What may name a place elsewhere: nothing is fetched until somebody clicks on it."""
LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "iframe": "src", "source": "src"}


class Found(HTMLParser):
    """What a page refers to, and what in it can be referred to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag's links and names."""
        named = dict(attrs)
        self.ids.update(value for key in ("id", "name") if (value := named.get(key)))
        if target := named.get(LINKS.get(tag, "")):
            self.links.append((tag, target))


def test_the_index_lists_every_page_once() -> None:
    listed = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)", INDEX, re.MULTILINE)
    pages = {Path(os.path.relpath(page, DOCS)).as_posix() for page in places()} - {"index.md"}
    assert sorted(listed) == sorted(page for page in pages if not page.startswith("adr"))


@pytest.mark.parametrize(
    ("written", "gathered"),
    [
        ("[a](office/roster.md)", "[a](office/roster.md)"),
        ("[a](office/roster.md#名录)", "[a](office/roster.md#名录)"),
        ("[README](../README.md#commands)", "[README](project/README.md#commands)"),
        ("[`x`](../src/jieyue_cli/terminal/console.py)", "`x`"),
        ("[adr/](adr/)", "adr/"),
        ("[a](https://pre-commit.com)", "[a](https://pre-commit.com)"),
        ("[a](#here)", "[a](#here)"),
        ("![图](pictures/form.png)", "![图](pictures/form.png)"),
        ("```text\n[a](../src)\n```", "```text\n[a](../src)\n```"),
        ("两行\n中文，\n“引”", "两行中文，“引”"),
        ("一行：\n**粗**\n二行", "一行：**粗**二行"),
        ("一行\n**“粗”**\n二行", "一行\n**“粗”**\n二行"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_a_link_leads_to_a_page_or_is_plain_text(written: str, gathered: str, tmp_path: Path) -> None:
    page = DOCS / "page-that-is-not-there.md"
    known = {**places(), page: Path(page.name)}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "read_text", lambda *_: written)
        assert relinked(page, known) == gathered


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documentation as ``make docs`` makes it; any warning ends that."""
    pytest.importorskip("furo", reason="the extra docs is not installed")
    return build(tmp_path_factory.mktemp("pages") / "文档")


def build(target: Path) -> Path:
    environment = {**os.environ, "PYTHONPATH": str(DOCS)}
    done = subprocess.run(
        [sys.executable, "-m", "making.pages", target], env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return target


def dangling(page: Path, known: dict[Path, Found]) -> Iterator[str]:
    for tag, target in known[page].links:
        where = urlsplit(target)
        if where.scheme and tag in EXTERNAL:
            continue
        there = (page.parent / unquote(where.path)).resolve() if where.path else page
        anchor = unquote(where.fragment)
        if (
            where.scheme
            or where.netloc
            or not there.is_file()
            or (anchor and there in known and anchor not in known[there].ids)
        ):
            yield target


@pytest.mark.install
def test_no_link_of_the_pages_leads_nowhere_or_out(built: Path) -> None:
    known = {page.resolve(): Found(page.read_text("utf-8")) for page in built.rglob("*.html")}
    assert len(known) > len(places())
    assert {page.name: lost for page in known if (lost := list(dangling(page, known)))} == {}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.install
@pytest.mark.chromium
def test_the_pages_open_from_the_disk_and_ask_for_nothing_else(built: Path, browser: Browser) -> None:
    page = browser.new_context(offline=True).new_page()
    complaints: list[str] = []
    page.on("request", lambda request: None if request.url.startswith("file:") else complaints.append(request.url))
    page.on("requestfailed", lambda request: complaints.append(f"failed: {request.url}"))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for file in sorted(built.rglob("*.html")):
        page.goto(file.as_uri())
        assert page.title()
    assert complaints == []


@pytest.mark.install
@pytest.mark.chromium
def test_the_pages_are_dark_where_the_reader_wants_them_dark(built: Path, browser: Browser) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        page = browser.new_context(offline=True, color_scheme=scheme).new_page()
        page.goto((built / "index.html").as_uri())
        grounds.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    light, dark = (sum(map(int, re.findall(r"\d+", ground)[:3])) for ground in grounds)
    assert light > 3 * 200
    assert dark < 3 * 60


@pytest.mark.install
@pytest.mark.chromium
@pytest.mark.parametrize("name", ["quick-start", "checking", "questions"])
def test_words_in_tables_stay_words_on_a_telephone(name: str, built: Path, browser: Browser) -> None:
    page = browser.new_context(offline=True, viewport={"width": 390, "height": 800}).new_page()
    page.goto((built / "office" / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    wide = "cell => cell.getBoundingClientRect().width / parseFloat(getComputedStyle(cell).fontSize)"
    assert (
        page.locator("table.docutils").evaluate_all(
            f"tables => Math.min(...tables.flatMap(table => [...table.querySelectorAll('th, td')]).map({wide}))"
        )
        >= 4.5
    )


@pytest.mark.install
@pytest.mark.chromium
def test_a_chinese_phrase_is_found_by_typing_it(built: Path, browser: Browser) -> None:
    page = browser.new_context(offline=True).new_page()
    page.goto((built / "index.html").as_uri())
    page.get_by_placeholder("搜索").fill("核查完成")
    page.keyboard.press("Enter")
    page.locator("#search-results li").first.wait_for()
    hits = page.locator("#search-results li a").evaluate_all("all => all.map(link => new URL(link.href).pathname)")
    assert any("核查完成" in Path(unquote(hit)).read_text("utf-8") for hit in hits)
    for words, found in (("年度目标", True), ("README", True), ("龘靐齉", False)):
        page.goto(f"{(built / 'search.html').as_uri()}?q={words}")
        page.locator("#search-results .search-summary").wait_for()
        page.wait_for_function("document.querySelector('#search-results h2').textContent !== '正在搜索中'")
        assert (page.locator("#search-results li").count() > 0) is found, words


@pytest.mark.install
def test_the_same_pages_make_the_same_bytes(built: Path, tmp_path: Path) -> None:
    again = build(tmp_path / "文档")
    files = {path.relative_to(built): path for path in built.rglob("*") if path.is_file()}
    assert {name for name, path in files.items() if path.read_bytes() != (again / name).read_bytes()} == set()


MARKDOWN = """\
# 题目

一段**粗**的文字，\n分成两行，有 `代码`。

1. 第一
2. 第二

- 一点

| 甲 | 乙 |
|---|---|
| 1 | 很长的一格 |

```console
$ jieyue --version
jieyue
```

![说明](图.png)
"""


def test_a_page_becomes_a_word_document_with_everything_on_it(tmp_path: Path) -> None:
    page = tmp_path / "页.md"
    page.write_text(MARKDOWN, "utf-8")
    shutil.copyfile(DOCS / "pictures" / "letter.png", tmp_path / "图.png")
    made = printing.document(page)
    assert made == printing.document(page)
    file = tmp_path / "页.docx"
    file.write_bytes(made)
    document = docx.Document(str(file))
    assert [line.text for line in document.paragraphs if line.text] == [
        *("题目", "一段粗的文字，分成两行，有 代码。", "1.\t第一", "2.\t第二", "•\t一点", "$ jieyue --version\njieyue"),
    ]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["甲", "乙"], ["1", "很长的一格"]]
    assert len(document.inline_shapes) == 1
    (section,) = document.sections
    assert [side and side.twips for side in (section.page_width, section.page_height)] == [11906, 16838]  # A4


@pytest.mark.parametrize(("rows", "together"), [(2, 1), (8, 7), (9, 1), (30, 1)])
def test_a_page_never_ends_below_the_head_of_a_table(rows: int, together: int, tmp_path: Path) -> None:
    page = tmp_path / "页.md"
    page.write_text("# 题目\n\n| 甲 |\n|---|\n" + "| 1 |\n" * (rows - 1), "utf-8")
    file = tmp_path / "页.docx"
    file.write_bytes(printing.document(page))
    (table,) = docx.Document(str(file)).tables
    kept = [bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next) for row in table.rows]
    assert kept == [True] * together + [False] * (rows - together)
    assert [row._tr.xml.count("<w:tblHeader/>") for row in table.rows] == [1] + [0] * (rows - 1)


def test_lines_of_a_block_are_never_joined() -> None:
    text = "一行\n二行\n\n```text\n一行\n二行\n```\n"
    assert joined(text) == "一行二行\n\n```text\n一行\n二行\n```\n"


@pytest.mark.slow
@pytest.mark.libreoffice
def test_the_guides_to_be_printed_have_two_pages_each(tmp_path: Path) -> None:
    for source, name in TO_PRINT.items():
        (tmp_path / name).write_bytes(printing.document(ROOT / "docs" / source))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    files = map(str, tmp_path.glob("*.docx"))
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True)
    printed = {file.stem: len(re.findall(rb"/Type\s*/Page\b", file.read_bytes())) for file in tmp_path.glob("*.pdf")}
    assert printed == {Path(name).stem: 2 for name in TO_PRINT.values()}
