"""The file: one page that needs nothing else, holds no foreign markup, and says everything without a script."""

from __future__ import annotations

import hashlib
import re
import sys
import time
from base64 import b64encode
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

import jieyue_cli.report.page
from jieyue_cli.report.page.document import SCRIPTS, render
from jieyue_cli.report.progress import facts
from program import Call
from report.builders import HOSTILE, batch, result, varied

from .cities import city

FOLDER = Path(jieyue_cli.report.page.__file__).parent
ROOT = Path(__file__).parents[3]
_TOP = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
_INLINE = re.compile(r"<(style|script type=\"module\")>(.*?)</", re.DOTALL)


class Elements(HTMLParser):
    """Every start tag with its attributes, and all text outside scripts and styles."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: D102 -- the parser's
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:  # noqa: D102 -- the parser's
        if self.tags and self.tags[-1][0] not in {"script", "style"}:
            self.text += data


def test_nothing_is_fetched_and_nothing_runs_but_what_the_policy_names() -> None:
    page = render(varied())
    elements = Elements(page)
    assert not any({"src", "href", "style", "onclick"} & attributes.keys() for _, attributes in elements.tags)
    (policy,) = (
        attributes["content"] for _, attributes in elements.tags if "Policy" in (attributes.get("http-equiv") or "")
    )
    digests = {
        kind[:5]: b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for kind, text in _INLINE.findall(page.decode())
    }
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digests['scrip']}'; style-src 'sha256-{digests['style']}'; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )


def test_it_is_chinese_and_asks_for_a_modern_engine() -> None:
    tags = Elements(render(varied())).tags
    assert ("html", {"lang": "zh-CN"}) in tags
    assert ("meta", {"name": "renderer", "content": "webkit"}) in tags


def test_the_verdict_and_the_progress_are_plain_text() -> None:
    findings = varied()
    text = Elements(render(findings)).text
    assert "距年度目标还差 1 个机关" in text
    assert findings.progress is not None
    assert all(fact.label in text and fact.note in text for fact in facts(findings.progress))


def test_a_hostile_name_leaves_the_markup_as_it_is() -> None:
    nasty = f"</script><script>alert(1)</script>{HOSTILE}"
    page = render(batch([result(nasty, {"1.1.1": nasty}, file=f"{nasty}.xlsx")], roster=[nasty]))
    count = Counter(tag for tag, _ in Elements(page).tags)
    assert count == Counter(tag for tag, _ in Elements(render(batch([result()]))).tags)
    assert b"alert(1)" not in page


def test_no_two_modules_declare_the_same_name() -> None:
    names = [name for module in SCRIPTS for name in _TOP.findall((FOLDER / f"{module}.js").read_text("utf-8"))]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_every_module_is_part_of_the_page() -> None:
    assert sorted(SCRIPTS) == sorted(path.stem for path in FOLDER.glob("*.js"))


def test_a_batch_writes_it(call: Call, tmp_path: Path) -> None:
    ran = call("batch", ROOT / "examples" / "good-city" / "returns", "-o", "结果.html")
    assert ran.code == 0
    assert (tmp_path / "结果.html").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.long
def test_ten_thousand_agencies_take_a_megabyte_five_seconds_and_little_memory() -> None:
    resource = pytest.importorskip("resource", reason="Windows does not tell the memory in this way")
    findings = city(10_000)
    start = time.process_time()
    page = render(findings)
    took = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    assert (len(page) <= 1_000_000, took <= 5, peak <= 400) == (True, True, True), (len(page), took, peak)
