"""What all tests share: reproducible examples, the shipped standard, and which tests need more than Python."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import find
from program import Call, Ran

# The same examples every time: a red check is then a change's fault. Look further with --hypothesis-profile=explore.
settings.register_profile("steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("explore", deadline=None, max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "few", derandomize=True, deadline=None, max_examples=10, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

_MINUTES = ("long", "install")
"""Markers of what runs only where ``-m`` names it."""
_PROGRAMS = (("libreoffice", "soffice"), ("chromium", "chromium"))
"""Markers, and the programs that their tests start."""


def pytest_configure(config: pytest.Config) -> None:
    """Let openpyxl read workbooks with exact data bars, of which it knows only the older half."""
    config.addinivalue_line("filterwarnings", "ignore:.* extension is not supported:UserWarning:openpyxl")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes unless ``-m`` names it, and what needs a program where there is none."""
    lacking = [program for program in _PROGRAMS if not _expected(*program)]
    for item in items:
        for named in _MINUTES:
            if named not in config.option.markexpr and item.get_closest_marker(named):
                item.add_marker(pytest.mark.skip(reason=f"takes minutes; start with  pytest -m {named}"))
        for marker, command in lacking:
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{command} is not installed"))


def _expected(marker: str, command: str) -> bool:
    """Whether tests with this marker run: the program is there, or its absence shall be a failure."""
    return bool(os.environ.get(f"JIEYUE_REQUIRE_{marker.upper()}")) or shutil.which(command) is not None


@pytest.fixture(scope="session")
def rubric() -> Rubric:
    """Return the shipped standard."""
    loaded, problems = find(DEFAULT)
    assert problems == ()
    assert loaded is not None
    return loaded


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """``jieyue`` with these arguments, in this process and in an empty folder of the test's own."""
    from jieyue_cli.cli.app import run

    monkeypatch.chdir(tmp_path)

    def called(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capfdbinary.readouterr())

    return called
