"""Findings as a workbook for the office: progress, ranking, every score, what is lost, every problem.

Written with XlsxWriter and a pinned date, so that the same findings give the same bytes; everything that comes from a
handed-in file is written as text and can never become a formula, a link or a number.
"""

from __future__ import annotations

import io

from jieyue_cli.assessment import Result
from jieyue_cli.problems import by_weight
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.formats import LIST, PUBLISHED
from jieyue_cli.report.ranking import ranking, rows
from jieyue_cli.report.workbook.about import ABOUT, about
from jieyue_cli.report.workbook.agencies import agencies, recognised
from jieyue_cli.report.workbook.comparison import COMPARED, COMPARED_AGENCIES, by_agency, by_criterion, compared
from jieyue_cli.report.workbook.losses import LOSSES, losses
from jieyue_cli.report.workbook.problems import PROBLEMS, problems
from jieyue_cli.report.workbook.ranked import RANKING, ranked
from jieyue_cli.report.workbook.scores import SCORES, scores
from jieyue_cli.report.workbook.sheet import Book
from jieyue_cli.report.workbook.summary import SUMMARY, summary

_ORDER = (
    SUMMARY,
    LIST,
    PUBLISHED,
    RANKING,
    SCORES,
    LOSSES,
    COMPARED,
    COMPARED_AGENCIES,
    PROBLEMS,
    ABOUT,
)
_OF_A_BATCH = {LIST, PUBLISHED, LOSSES, COMPARED, COMPARED_AGENCIES}


def render(findings: Findings[Result]) -> bytes:
    """The whole workbook."""
    stream = io.BytesIO()
    rubric, account = findings.rubric, findings.account
    files = rows(findings)
    forms = [form for year in ranking(findings, files).values() for form in year]
    book = Book(stream, rubric, SUMMARY, [name for name in _ORDER if account or name not in _OF_A_BATCH])
    lines = scores(book, rubric, forms)
    summary(book, findings, files)
    ranked(book, rubric, forms, lines)
    if account:
        agencies(book, account, lines, findings.today)
        recognised(book, account)
        losses(book, rubric, account.progress)
        checked = compared(forms, account.progress.year)
        by_criterion(book, rubric, checked, account.progress.corrections)
        by_agency(book, checked, lines, account.progress.corrections)
    own = (problem for result in findings.results for problem in result.problems)
    names = {row.result.file: row.name for row in files}
    problems(book, by_weight([*own, *findings.problems]), names, lines)
    about(book, rubric, account, files)
    book.close()
    return stream.getvalue()
