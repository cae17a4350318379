"""Returned forms by the hundred: the blank form with values put into its cells, in a millisecond or two each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.form.head import Field
from jieyue_cli.form.layout import Column, FormRow, rows
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.rubric.source import find
from published import COUNTED, ORDER

_SHEET = "xl/worksheets/sheet1.xml"
Answers = Mapping[str, str | int | None]
"""编号 → what stands in its cell; None for a blank."""
NOTHING: Mapping[Field, str | int] = MappingProxyType({})


@cache
def _blank() -> tuple[str, dict[str, bytes], dict[str, FormRow]]:
    """The sheet, the other parts, and the row of each 编号."""
    rubric, problems = find(DEFAULT)
    assert rubric is not None, problems
    with zipfile.ZipFile(io.BytesIO(blank_form(rubric))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts.pop(_SHEET).decode("utf-8")
    sheet = re.sub(r"(</f>)<v>[^<]*</v>", r"\1", sheet)  # results of formulas that nobody calculates here
    return sheet, parts, {row.id: row for row in rows(rubric)}


def returned(
    name: str | None,
    answers: Answers | None = None,
    findings: Answers | None = None,
    *,
    year: int | None = 2020,
    head: Mapping[Field, str | int] = NOTHING,
    cited: Mapping[str, str | None] = MappingProxyType({}),
) -> bytes:
    """A form in which everything is claimed in full but what ``answers`` say otherwise; ``findings`` likewise.

    ``head`` is what else stands above the table, ``cited`` the 佐证材料 of a 编号, which is otherwise 见附件.
    Every finding that ``findings`` names is explained.
    """
    cells: dict[str, str | int | None] = {
        Field.NAME.cell: name,
        Field.CATEGORY.cell: "行政机关",
        Field.YEAR.cell: year,
        **{field.cell: value for field, value in head.items()},
    }
    sheet, parts, places = _blank()
    for column, side in ((Column.ANSWER, answers or {}), (Column.FINDING, findings)):
        if side is not None:
            full = {identifier: 9 if identifier in COUNTED else "是" for identifier in ORDER}
            cells |= {places[identifier].address(column): value for identifier, value in {**full, **side}.items()}
    cells |= {places[identifier].address(Column.OPINION): "见核查记录" for identifier in findings or {}}
    cells |= {places[identifier].address(Column.EVIDENCE): cited.get(identifier, "见附件") for identifier in ORDER}

    def filled(match: re.Match[str]) -> str:
        value = cells.get(match[1])
        if value is None:
            return match[0]
        if isinstance(value, int):
            return f'<c r="{match[1]}" s="{match[2]}"><v>{value}</v></c>'
        return f'<c r="{match[1]}" s="{match[2]}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(_SHEET, re.sub(r'<c r="([A-Z]+\d+)" s="(\d+)"/>', filled, sheet))
        for part, data in parts.items():
            archive.writestr(part, data)
    return stream.getvalue()


def hand_in(folder: Path, *names: str, year: int = 2020) -> None:
    """Put a full form of each agency into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.xlsx").write_bytes(returned(name, year=year))
