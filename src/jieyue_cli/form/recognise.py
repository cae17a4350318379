"""Which kind of form a workbook holds: the program's own, or the published table typed by hand."""

from __future__ import annotations

from jieyue_cli.form.answers import whole
from jieyue_cli.form.layout import Column
from jieyue_cli.form.returned.reader import read_own
from jieyue_cli.form.returned.standard import Standard
from jieyue_cli.form.returned.table import Table, locate
from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import Submission
from jieyue_cli.workbook.cells import Workbook


class FormReader:
    """Reads forms of one rubric, one after another; what all of them are held against is worked out once."""

    def __init__(self, rubric: Rubric) -> None:
        self._rubric = rubric
        self._standard = Standard(rubric)

    def read(self, workbook: Workbook) -> tuple[Submission | None, tuple[Problem, ...]]:
        """Read the form in ``workbook``; None where it is not a form of this rubric.

        What cannot be read inside a form is a problem at its cell and an UNREADABLE claim, never a guess.
        """
        table, problems = locate(workbook)
        if table is None:
            submission = None
            if all(problem.code is Code.FORM_NOT_FOUND for problem in problems):
                submission, problems = _read_typed(workbook, self._rubric)
            return submission, problems if submission else _instead(workbook, problems)
        if not _numbered(table, self._rubric):
            # a typed table may have a column 编号 or 完成情况 too
            submission, typed_problems = _read_typed(workbook, self._rubric)
            if submission:
                return submission, typed_problems
        return read_own(table, self._standard, problems)


def _read_typed(workbook: Workbook, rubric: Rubric) -> tuple[Submission | None, tuple[Problem, ...]]:
    from jieyue_cli.form.typed.reader import read_typed
    from jieyue_cli.form.typed.table import typed_tables

    return read_typed(typed_tables(workbook), rubric)


def _instead(workbook: Workbook, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
    """Why there is no form: the workbook is something else that the program knows, or else these ``problems``."""
    from jieyue_cli.rubric.spreadsheet.table import is_standard

    return (Code.FORM_IS_RUBRIC.at(),) if is_standard(workbook) else problems


def _numbered(table: Table, rubric: Rubric) -> bool:
    """Whether any row has a 编号 of this rubric."""
    return any(whole(value) in rubric.questions for value in table.values(Column.ID)[table.header_row :])
