"""Reads .xls and .et: the record stream is surveyed and bounded, then calamine reads the values."""

from __future__ import annotations

from jieyue_cli.workbook.calamine import calamine_book
from jieyue_cli.workbook.cells import FileKind, Workbook
from jieyue_cli.workbook.containers.compound import Compound, single_stream
from jieyue_cli.workbook.limits import Limits
from jieyue_cli.workbook.survey import bound
from jieyue_cli.workbook.xls.biff import survey_records


def read_xls(compound: Compound, limits: Limits) -> Workbook:
    """Read a compound file that has a Workbook or a Book stream; raise RefusedError where it cannot be read."""
    name = "Workbook" if "Workbook" in compound else "Book"
    stream = bytearray(compound.read(name))
    surveyed = survey_records(stream, limits)
    bound(surveyed, limits)
    surveys = [survey for _, survey in surveyed]
    return calamine_book(FileKind.XLS, single_stream(name, bytes(stream)), surveys, limits)
