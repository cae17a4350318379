"""Write one form for every agency of a roster with openpyxl alone.

python forms_openpyxl.py MODEL ROSTER FOLDER [--build]

MODEL is a blank form. Without --build it is opened once, and saved again and again with another name in it: the
fastest that openpyxl can do. With --build each form is built from nothing, as a program without a model would.
"""

import csv
import sys
from copy import copy
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook

NAME, CATEGORY = "C3", "F3"
PARTS = ("font", "fill", "border", "alignment", "protection", "number_format")

styles: dict[int, Any] = {}
"""Of the model, made once and shared by all forms."""


def build(model: Workbook) -> Workbook:
    """An equal workbook from nothing: cells, formulas, styles, input checks, protection and page set-up."""
    book = Workbook()
    fonts: Any = vars(book)["_fonts"]  # there is no public way to set the font of plain cells
    fonts[0] = copy(vars(model)["_fonts"][0])
    book.remove(book.worksheets[0])
    for source in model.worksheets:
        sheet = book.create_sheet(source.title)
        for row in source.iter_rows():
            for cell in row:
                if cell.value is not None or cell.has_style:
                    _write(sheet.cell(cell.row, cell.column), cell)
        _shape(sheet, source)
        for check in source.data_validations.dataValidation:
            sheet.add_data_validation(copy(check))
        for area in source.conditional_formatting:
            for rule in area.rules:
                sheet.conditional_formatting.add(str(area.sqref), copy(rule))
        _set_up(sheet, source)
    return book


def main() -> None:
    """Write the forms."""
    model, roster, folder = openpyxl.load_workbook(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir()
    with roster.open(encoding="utf-8-sig", newline="") as stream:
        agencies = [(row["单位名称"], row["单位类别"]) for row in csv.DictReader(stream)]
    for name, category in agencies:
        book = build(model) if "--build" in sys.argv else model
        sheet = book.worksheets[0]
        sheet[NAME], sheet[CATEGORY] = name, category
        book.save(folder / f"{name}.xlsx")
        print(name, flush=True)


def _write(cell: Any, source: Any) -> None:
    cell.value = source.value
    if source.style_id not in styles:
        styles[source.style_id] = tuple(copy(getattr(source, part)) for part in PARTS)
    cell.font, cell.fill, cell.border, cell.alignment, cell.protection, cell.number_format = styles[source.style_id]


def _shape(sheet: Any, source: Any) -> None:
    for area in source.merged_cells.ranges:
        sheet.merge_cells(area.coord)
    for letter, column in source.column_dimensions.items():
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].hidden = column.hidden
    for number, line in source.row_dimensions.items():
        sheet.row_dimensions[number].height = line.height


def _set_up(sheet: Any, source: Any) -> None:
    sheet.protection = copy(source.protection)
    sheet.auto_filter.ref = source.auto_filter.ref
    sheet.freeze_panes = source.freeze_panes
    sheet.print_title_rows, sheet.print_title_cols = source.print_title_rows, source.print_title_cols
    sheet.page_margins, sheet.page_setup = copy(source.page_margins), copy(source.page_setup)
    sheet.sheet_properties.pageSetUpPr = copy(source.sheet_properties.pageSetUpPr)
    sheet.oddFooter.left.text = source.oddFooter.left.text
    sheet.oddFooter.center.text = source.oddFooter.center.text
    sheet.oddFooter.right.text = source.oddFooter.right.text


if __name__ == "__main__":
    main()
