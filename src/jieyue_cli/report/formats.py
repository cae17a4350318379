"""The formats of a report: one table that the commands, their help pages and the suffixes of files follow.

A new format is a module with ``render`` and one line here. Modules are imported where they are used: start-up is
measured.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jieyue_cli.report.findings import Findings
    from jieyue_cli.report.office.model import OfficeReport
    from jieyue_cli.rubric.model import Rubric


class Format(NamedTuple):
    """One way to write a report."""

    name: str
    """On the command line."""
    commands: tuple[str, ...] = ()
    """Which commands print it, with ``--format``."""
    suffix: str = ""
    """Of the files that ``-o`` writes; empty where it writes none."""
    writers: tuple[str, ...] = ()
    """Which commands write such files."""
    module: str = ""
    """Has ``render``; empty for the views on the screen, which each command has of its own."""
    encoded: bool = False
    """Whether it is made of results that workers have encoded, so that only bytes cross the process boundary.

    Its module then has ``pieces`` in place of ``render``: the whole is never held.
    """
    beside: tuple[str, ...] = ()
    """What it writes in files of their own, named after its own file: the ends of their names."""
    beside_batch: tuple[str, ...] = ()
    """Further ones of a batch."""
    streams: bool = False
    """Whether results are printed as they are ready; problems between files are then not part of it."""

    def render(self, subject: Findings[Any] | OfficeReport | Rubric) -> bytes:
        """What its commands report on, as the bytes of a file."""
        return b"".join(self.pieces(subject))

    def pieces(self, subject: Findings[Any] | OfficeReport | Rubric) -> Iterator[bytes]:
        """The same one piece after another, so that the whole need not be held.

        Nothing is made before the first is taken: a disk that fills up on the way is told as any other of that file.
        """
        module = import_module(f"jieyue_cli.report.{self.module}")
        if self.encoded:
            yield from module.pieces(subject)
        else:
            yield module.render(subject)

    def files(self, target: Path, *, batch: bool) -> list[Path]:
        """The file that it writes, and those beside it."""
        named = (*self.beside, *(self.beside_batch if batch else ()))
        return [target, *(target.with_name(f"{target.stem}-{end}{target.suffix}") for end in named)]

    def rendered(self, subject: Findings[Any] | OfficeReport) -> Iterator[Iterable[bytes]]:
        """The bytes of each of its ``files``, piece after piece: together they may be very many."""
        yield self.pieces(subject)
        if self.beside:
            beside = import_module(f"jieyue_cli.report.{self.module}").beside(subject)
            yield from ([table] for table in beside)


LIST, PUBLISHED, LINES = "机关名单", "认定名单", "逐条得分"
_SCORING = ("score", "batch")
OFFICE = ("roster check", "evidence", "verify plan", "ledger show", "plan", "compare")
"""Commands whose report is a few tables (``report.office``)."""
TEXT = Format("text", (*_SCORING, "rubric show", "rubric explain", *OFFICE))
FORMATS = (
    TEXT,
    Format("json", _SCORING, ".json", _SCORING, "json", encoded=True),
    Format("jsonl", ("batch",), ".jsonl", _SCORING, "jsonl", encoded=True, streams=True),
    Format("csv", _SCORING, ".csv", _SCORING, "csv", beside=(LINES,), beside_batch=(LIST, PUBLISHED)),
    Format("markdown", _SCORING, ".md", _SCORING, "markdown"),
    Format("feedback", (), ".xlsx", ("score",), "workbook.feedback"),
    Format("results", (), ".xlsx", ("batch",), "workbook.book"),
    Format("page", (), ".html", ("batch",), "page.document"),
    Format("markdown", ("rubric show",), module="standard.markdown"),
    Format("markdown", ("rubric explain",), module="standard.meaning"),
    Format("json", OFFICE, ".json", OFFICE, "office.json"),
    Format("csv", OFFICE, ".csv", OFFICE, "office.csv"),
    Format("tables", (), ".xlsx", OFFICE, "office.workbook"),
)


def printed_by(command: str) -> dict[str, Format]:
    """Name → format, for what a command prints."""
    return {entry.name: entry for entry in FORMATS if command in entry.commands}


def written_by(command: str) -> dict[str, Format]:
    """Suffix → format, for what ``-o`` of a command writes."""
    return {entry.suffix: entry for entry in FORMATS if command in entry.writers}
