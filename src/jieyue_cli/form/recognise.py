"""Which kind of form a workbook holds: the program's own, or the published table typed by hand."""

from __future__ import annotations

from jieyue_cli.form.reader import read_own
from jieyue_cli.form.table import locate
from jieyue_cli.form.typed import read_typed
from jieyue_cli.form.typed_table import locate_typed
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Submission
from jieyue_cli.workbook.cells import Workbook


def read_form(workbook: Workbook, rubric: Rubric) -> tuple[Submission | None, tuple[Problem, ...]]:
    """Read the form in ``workbook``; None where it is not a form of this rubric.

    What cannot be read inside a form is a problem at its cell and an UNREADABLE claim, never a guess.
    """
    table, problems = locate(workbook)
    if table is not None:
        return read_own(table, rubric, problems)
    if any(problem.code is not Code.FORM_NOT_FOUND for problem in problems):
        return None, problems
    typed, problems = locate_typed(workbook)
    return read_typed(typed, rubric) if typed else (None, problems)
