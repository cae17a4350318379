"""Any bytes in, a workbook or the reason why not out: the only way into this package."""

from __future__ import annotations

from collections import Counter

from jieyue_cli.problems import Code, Location, Problem
from jieyue_cli.workbook.cells import FileKind, Workbook
from jieyue_cli.workbook.containers.zipped import Container
from jieyue_cli.workbook.limits import DEFAULT_LIMITS, MIB, Limits
from jieyue_cli.workbook.refusal import RefusedError
from jieyue_cli.workbook.sniff import is_ole, is_zip, kind_of_zip, not_a_workbook, open_ole
from jieyue_cli.workbook.xlsx.reader import read_xlsx

_SMALL = 4 * MIB
"""Packed and inflated bytes up to which an xlsx is parsed in milliseconds and a few tens of MiB."""


def read_workbook(data: bytes, limits: Limits = DEFAULT_LIMITS) -> tuple[Workbook | None, tuple[Problem, ...]]:
    """Read ``data``, whatever it is, whatever it was called.

    Returns the workbook and what is odd about it, or None and at least one error. Locations name sheet and cell
    where there is one, never the file: bytes have no name. Nothing is raised for any bytes.
    """
    try:
        book = _read(data, limits)
    except RefusedError as refused:
        return None, (refused.problem,)
    except (MemoryError, RecursionError):
        return None, (Code.FILE_EXHAUSTS.at(),)
    except ImportError:
        raise  # a part of the program is missing; the file is not at fault
    except Exception:
        # Any other exception is the fault of the bytes: one file must not end a batch.
        return None, (Code.FILE_DAMAGED.at(detail="内容有误，无法读取"),)
    else:
        return book, tuple(_doubled_names(book))


def needs_isolation(data: bytes) -> bool:
    """Whether to parse ``data`` in a worker process under limits of time and memory, told from its directory alone.

    False only for a small file of the xlsx family: its parts are checked, bounded and rebuilt before a parser sees
    them. Everything else is larger, or of a format in which less can be checked beforehand.
    """
    if not is_zip(data):
        return is_ole(data)
    if len(data) > _SMALL:
        return True
    try:
        container = Container(data, DEFAULT_LIMITS)
    except RefusedError:
        return False
    return container.declared_bytes > _SMALL or "xl/workbook.xml" not in container


def _read(data: bytes, limits: Limits) -> Workbook:
    if len(data) > limits.file_bytes:
        raise RefusedError(Code.FILE_TOO_LARGE, limit=limits.file_bytes // MIB)
    if is_zip(data):
        container = Container(data, limits)
        kind = kind_of_zip(container)
        if kind is FileKind.XLSX:
            return read_xlsx(container, limits)
        if kind is FileKind.XLSB:
            from jieyue_cli.workbook.xlsb.reader import read_xlsb

            return read_xlsb(container, limits)
        from jieyue_cli.workbook.ods.reader import read_ods

        return read_ods(container, limits)
    if is_ole(data):
        from jieyue_cli.workbook.xls.reader import read_xls

        return read_xls(open_ole(data), limits)
    raise not_a_workbook(data)


def _doubled_names(book: Workbook) -> list[Problem]:
    counts = Counter(sheet.name for sheet in book.sheets)
    return [
        Code.SHEET_NAME_DOUBLED.at(Location(sheet=name), count=count, sheet=name)
        for name, count in counts.items()
        if count > 1
    ]
