"""Write the results workbook of a folder of forms, and the same cells with openpyxl, in turns.

python results.py FOLDER TURNS: prints the processor seconds of every turn as JSON, and how many cells there are.
"""

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, Side

from bench.make import shipped_rubric
from jieyue_cli.assessment import Result
from jieyue_cli.batch.discover import discover
from jieyue_cli.batch.run import Run
from jieyue_cli.processes import default_jobs
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from jieyue_cli.workbook import DEFAULT_LIMITS

Rows = dict[str, list[list[Any]]]


def findings_of(folder: Path) -> Findings[Result]:
    """Read and score every form."""
    rubric = shipped_rubric()
    run = Run(rubric, discover([folder]), DEFAULT_LIMITS)
    results = sorted(run.results(default_jobs()), key=lambda result: result.file)
    return Findings(rubric, results, run.account())


def cells_of(data: bytes) -> Rows:
    """Every sheet with its rows."""
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names}


def with_openpyxl(cells: Rows, *, looks: bool) -> bytes:
    """The values, with or without font, border and alignment; no heights, links, bars and charts."""
    workbook = openpyxl.Workbook(write_only=True)
    font, alignment = Font(name="宋体", size=10), Alignment(wrap_text=True, vertical="center")
    border = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))

    def looking(sheet: Any, value: Any) -> Any:
        cell = WriteOnlyCell(sheet, value)
        cell.font, cell.border, cell.alignment = font, border, alignment
        return cell

    for name, rows in cells.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            values = [None if value == "" else value for value in row]
            sheet.append([looking(sheet, value) for value in values] if looks else values)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def seconds(work: Callable[[], bytes]) -> float:
    """Processor time that it takes: all is done in this process, and others may be at work on the machine."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Take turns, another one beginning each time."""
    findings = findings_of(Path(sys.argv[1]))
    cells = cells_of(book.render(findings))
    works: dict[str, Callable[[], bytes]] = {
        "jieyue": lambda: book.render(findings),
        "openpyxl": lambda: with_openpyxl(cells, looks=True),
        "openpyxl-values": lambda: with_openpyxl(cells, looks=False),
    }
    taken: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(int(sys.argv[2])):
        for name in sorted(works, reverse=turn % 2 == 1):
            taken[name].append(seconds(works[name]))
    filled = sum(value != "" for rows in cells.values() for row in rows for value in row)
    json.dump({"cells": filled, "seconds": taken}, sys.stdout)


if __name__ == "__main__":  # worker processes import this again
    main()
