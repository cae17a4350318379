"""The only exception about a file: it carries a problem from inside a format up to where the file was opened."""

from __future__ import annotations

from jieyue_cli.problems import NOWHERE, Code, Location, Problem


class RefusedError(Exception):
    """``problem`` says why a file is not read or not changed. Never leaves workbook/ and annotation/."""

    def __init__(self, code: Code, where: Location = NOWHERE, /, **facts: object) -> None:
        self.problem: Problem = code.at(where, **facts)
        super().__init__(self.problem.message)
