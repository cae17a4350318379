"""How much a workbook may ask for before it is refused unread; honest files stay far below."""

from __future__ import annotations

import msgspec

MIB = 1024 * 1024


class Limits(msgspec.Struct, frozen=True):
    """Bounds that hold before any parser sees the bytes (docs/hazards.md, 1 to 6).

    They alone keep reading below 1 GiB and 20 seconds, also where the system can limit neither (docs/hazards.md, 7).
    A filled-in form is 0.1 MiB inflated, 20 parts and 1,000 cells.
    """

    file_bytes: int = 64 * MIB
    """The file itself, in bytes; pictures pasted as evidence make honest workbooks large."""
    entries: int = 10_000
    """Entries of a zip container, each a part, a picture or a folder."""
    inflated_bytes: int = 96 * MIB
    """All parts that are read, inflated, in bytes; pictures are not read and do not count."""
    ratio: int = 400
    """Inflated bytes to one packed byte, for parts above ``ratio_from_bytes``; styled blank rows reach 150."""
    ratio_from_bytes: int = 32 * MIB
    """Smaller parts may have any ratio, in inflated bytes (docs/hazards.md, 1)."""
    sheets: int = 1_000
    """Worksheets of one workbook."""
    box_cells: int = 2_000_000
    """Cells of the box from A1 to the last cell with a value, over all sheets: parsers hold blanks too."""
    careful_cells: int = 300_000
    """Cells with a value or a formula that the careful reader may be given; it takes some 20 µs for each."""
    careful_tags: int = 5_000_000
    """Opening and closing tags, over all sheets, that the careful reader may be given; it takes some 2 µs for each."""
    merges: int = 100_000
    """Merged areas of one sheet."""
    seconds: int = 9
    """For a file that is read in a worker process, and again when it is tried alone: together below 20 s."""
    memory_bytes: int = 1024 * MIB
    """Address space of a worker process in bytes, where the system can limit it."""

    def raised(self, times: int) -> Limits:
        """Every bound multiplied by ``times``, for a file that is known to be honest."""
        return Limits(**{bound.name: getattr(self, bound.name) * times for bound in msgspec.structs.fields(self)})


DEFAULT_LIMITS = Limits()
