"""The command line called within the test's own process: what it prints and how it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from jieyue_cli.cli.app import run
from program import Ran

Call = Callable[..., Ran]


@pytest.fixture
def call(capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    """``jieyue`` with these arguments, in an empty folder of the test's own."""
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str | Path) -> Ran:
        capfdbinary.readouterr()
        code = run([str(argument) for argument in arguments])
        return Ran(code, *capfdbinary.readouterr())

    return called
