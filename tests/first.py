"""Of many cases that hold one promise, the first few for ``make quick``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest


def first(kept: int, cases: Iterable[Any]) -> list[Any]:
    """All cases for ``parametrize``; those after the first ``kept`` are slow."""
    listed = [case if isinstance(case, tuple) else (case,) for case in cases]
    return [pytest.param(*case, marks=[pytest.mark.slow] if at >= kept else []) for at, case in enumerate(listed)]
