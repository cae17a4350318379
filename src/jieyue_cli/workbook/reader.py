"""Any bytes in, a workbook or the reason why not out: the only way into this package."""

from __future__ import annotations

from jieyue_cli.problems import Code, Problem
from jieyue_cli.workbook.cells import Workbook
from jieyue_cli.workbook.limits import DEFAULT_LIMITS, Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.xlsx import read_xlsx
from jieyue_cli.workbook.zipped import Container


def read_workbook(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Workbook | None, tuple[Problem, ...]]:
    """Read ``data``, whatever it is; None comes with at least one error. Raises nothing of its own."""
    try:
        return read_xlsx(Container(data, limits), limits), ()
    except RefusedError as refused:
        return None, (refused.problem,)


def needs_isolation(data: bytes) -> bool:
    """Whether ``data`` should be parsed in a worker process with a time and a memory limit."""
    return not data.startswith(b"PK") or len(data) > 2_000_000
