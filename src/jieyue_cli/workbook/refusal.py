"""The only exception of this package: it carries a problem from inside a format up to ``read_workbook``."""

from __future__ import annotations

from jieyue_cli.problems import NOWHERE, Code, Location, Problem


class RefusedError(Exception):
    """The file is not read; ``problem`` says why and what to do. Never leaves this package."""

    def __init__(self, code: Code, where: Location = NOWHERE, /, **facts: object) -> None:
        self.problem: Problem = code.at(where, **facts)
        super().__init__(self.problem.message)
