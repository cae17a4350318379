"""A real browser, started once; whatever a page asks for or complains of fails the test that opened it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=[*FLAGS])
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page from the disk: ``open_page(data, anchor, javascript=…, width=…, color_scheme=…)``."""
    complaints: list[str] = []

    def opened(
        data: bytes,
        anchor: str = "",
        *,
        javascript: bool = True,
        width: int = 1280,
        color_scheme: str = "light",
    ) -> Page:
        file = tmp_path / "结果.html"
        file.write_bytes(data)
        page = browser.new_page(
            java_script_enabled=javascript,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if color_scheme == "dark" else "light",
        )
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: _only(file, request.url, complaints))
        page.goto(file.as_uri() + anchor)
        if javascript:
            page.wait_for_selector("#waiting", state="detached")
        return page

    yield opened
    for context in browser.contexts:
        context.close()
    assert complaints == []


def _only(file: Path, url: str, complaints: list[str]) -> None:
    """Nothing may be asked for but the page itself."""
    if url.partition("#")[0] != file.as_uri():
        complaints.append(f"asks for {url}")
