"""Workbooks of a small standard, whole and damaged."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import openpyxl
from openpyxl import Workbook

from jieyue_cli.problems import Problem
from jieyue_cli.rubric.spreadsheet import written
from jieyue_cli.rubric.tree import Node, parse
from rubric.small import SMALL

UPPER, LOWER = "基本情况", "条文"


def plain(text: str) -> dict[str, Node]:
    """The plain data of a standard in YAML."""
    data = parse(text.encode()).data
    assert isinstance(data, dict)
    return data


@cache
def small() -> bytes:
    """The small standard as a workbook."""
    return written(plain(SMALL))


def edited(*edits: Callable[[Workbook], object]) -> bytes:
    """The small standard's workbook as somebody left it."""
    book = openpyxl.load_workbook(io.BytesIO(small()))
    for edit in edits:
        edit(book)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(**values: Any) -> Callable[[Workbook], object]:
    """Write cells; ``F5`` is one of 条文, ``_B9`` one of 基本情况."""

    def edit(book: Workbook) -> None:
        for cell, value in values.items():
            sheet = UPPER if cell.startswith("_") else LOWER
            book[sheet][cell.removeprefix("_")] = value

    return edit


def in_part(part: str, texts: Mapping[bytes, bytes]) -> bytes:
    """The small standard's workbook with something else in one of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small())) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for before, after in texts.items() if name == part else ():
                assert data.count(before) == 1, before
                data = data.replace(before, after)
            new.writestr(name, data)
    return stream.getvalue()


def told(problems: tuple[Problem, ...]) -> list[str]:
    """Every problem as code, place and sentence."""
    return [f"{problem.code.slug} {problem.location} {problem.message}" for problem in problems]
