"""Other programs open the workbook: a validator finds nothing, LibreOffice saves the same cells."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openxml_audit import OpenXmlValidator  # type: ignore[import-untyped]  # it ships no types

from any_form import Filled, at_random, book_of, checked, completions, scored
from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.problems import Code
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.workbook import book
from report.builders import HOSTILE, at, batch, result, unreadable, varied
from soffice import resaved
from test_example_rubrics import NAMES, rubric_of

NAMED = (
    *("=1+1", "@示例市甲局", "+8613", "-5 局", "{=SUM(A1)}", "'示例局", "http://示例.cn", "[red]&<b>局</b>", "&P&N局"),
    *("示例市\u202e局\u200f乙", "示例市😀👨\u200d👩\u200d👧局", "_x0041_局", "示例市\ufffe局", "长" * 500, HOSTILE),
)
FORMS = 8


def hostile() -> Findings[Any]:
    """Agencies with every bad name, some of them verified, each with a problem."""
    bad = [at(Code.CATEGORY_UNKNOWN, "F3", seen=HOSTILE)]
    forms = [
        result(name, {"1.1.1": "否"} if at % 2 else {}, {"2.2.3": "2"}, file=f"{name}{at}.xlsx", problems=bad)
        for at, name in enumerate(NAMED)
    ]
    return batch([*forms, unreadable("=cmd|' /C calc'!A0.xlsx", Code.FILE_EMPTY.at())], roster=[*NAMED, "=2+2"])


def of_standard(name: str) -> Findings[Any]:
    """Random forms of an example standard."""
    rubric, chance, tally = rubric_of(name), random.Random(name), Tally()  # noqa: S311 -- examples, not secrets
    results = []
    for number in range(FORMS):
        group = chance.choice(rubric.classes) if rubric.classes else None
        answers, found = at_random(rubric, chance, odd=0.06), checked(rubric, chance, number, odd=0)
        form = scored(rubric, book_of(rubric, Filled(group, answers, found, completions(number))))
        results.append(form)
        tally.add(form)
    return Findings(rubric, results, account_of(rubric, tally, None, 20, min(rubric.targets)))


KINDS: dict[str, Callable[[], Findings[Any]]] = {
    "varied": varied,
    "hostile": hostile,
    "one": lambda: batch([result()]),
    "nothing": lambda: batch([], []),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_validator_finds_no_error(kind: str, tmp_path: Path) -> None:
    valid(KINDS[kind](), tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_a_validator_finds_no_error_in_the_results_of_any_standard(name: str, tmp_path: Path) -> None:
    valid(of_standard(name), tmp_path)


def valid(findings: Findings[Any], folder: Path) -> None:
    """Validate, and read every text back as text."""
    path = folder / "结果.xlsx"
    path.write_bytes(book.render(findings))
    found = OpenXmlValidator(security_validation=True).validate(path)
    assert found.is_valid, found.errors
    kinds = {cell.data_type for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", ["varied", "hostile"])
def test_libreoffice_reads_every_cell_as_it_is(kind: str, tmp_path: Path) -> None:
    data = book.render(KINDS[kind]())
    (other,) = resaved([data], "xlsx", tmp_path)
    assert list(texts(other)) == list(texts(data))


def texts(data: bytes) -> Iterator[tuple[str, str, object]]:
    """Sheet, address and value of every cell that has one."""
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:  # openpyxl leaves an escaped underscore as it is where a text is inline
                    value = cell.value.replace("_x005F_", "_") if isinstance(cell.value, str) else cell.value
                    yield sheet.title, cell.coordinate, value
