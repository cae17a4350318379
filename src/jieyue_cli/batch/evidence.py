"""Which files that are no forms were handed in as returns, and which only lie beside a form as evidence.

A scanned form has to be told: nobody would notice otherwise that its agency handed in nothing that counts. Evidence
has not: twenty tables of meters would bury the one damaged form (docs/contract.md, Programs).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.text.folding import essence

PAPERS = {
    ".pdf": "PDF 文件",
    **dict.fromkeys((".doc", ".docx"), "Word 文档"),
    ".wps": "WPS 文字文档",
    ".rtf": "RTF 文档",
    ".odt": "OpenDocument 文档",
    ".ofd": "OFD 版式文件",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".heic", ".gif", ".webp"), "图片"),
}
"""Suffix → what such a file is, of everything in which a form is printed, scanned or photographed."""
_FORM = re.compile("自评|打分表|评分表")
_EVIDENCE = re.compile("佐证|附件|证明材料|台账|^材料$")
_YEAR = re.compile("(?<![0-9])20[0-9]{2}(?![0-9])")
_NO_TABLE = frozenset({Code.FILE_FOREIGN, Code.FILE_OTHER_TABLE, Code.FILE_PASSWORD})
_OTHER_TABLE = frozenset({Code.FORM_NOT_FOUND, Code.FORM_IS_RUBRIC})
"""What is said of a spreadsheet that is surely no form."""
DOUBTFUL = _NO_TABLE | _OTHER_TABLE
"""What is said of a spreadsheet that may be evidence."""
_BAD_FORMS = frozenset({Code.FORM_SEVERAL, Code.FORM_COLUMN_MISSING, Code.FORM_COLUMN_DOUBLED})
_OTHER_FORMS = frozenset({Code.FORM_OTHER_RUBRIC, Code.FORM_OTHER_VERSION, Code.TYPED_UNFIT})


_SHORTEST = 2
"""Characters of a name by which a file can be known."""


class Names:
    """Finds which of many agencies a name of a file or a folder names."""

    def __init__(self, owners: Mapping[str, str]) -> None:
        """Take the ``essence`` of each name → the key of its agency: another name leads to the same agency."""
        self._owners = owners
        self._lengths = sorted({len(name) for name in owners if len(name) >= _SHORTEST}, reverse=True)

    def inside(self, text: str) -> str | None:
        """Key of the agency with the longest name in ``text``; None where there is none."""
        folded = essence(text)
        for length in self._lengths:
            for start in range(len(folded) - length + 1):
                if owner := self._owners.get(folded[start : start + length]):
                    return owner
        return None


class Trail(NamedTuple):
    """The way from the place that a person gave to a file."""

    place: str
    """The last part of the place; empty for the current folder."""
    folders: Sequence[str]
    """Folders and archives below the place, outermost first."""
    file: str
    """Empty where the place is the file."""

    @classmethod
    def of(cls, name: str, places: Iterable[str]) -> Trail:
        """``places`` are sorted, so that an outer one comes before those inside it."""
        for place in places:
            if name == place:
                return cls(place.rpartition("/")[2], (), "")
            inside = "" if place == "." else f"{place.rstrip('/')}/"
            if name.startswith(inside):
                *folders, file = name.removeprefix(inside).split("/")
                return cls(inside.rstrip("/").rpartition("/")[2], folders, file)
        return cls("", (), name)

    @property
    def says_form(self) -> bool:
        """Whether the file is called a form."""
        return _FORM.search(PurePosixPath(self.file).stem) is not None

    @property
    def in_evidence(self) -> bool:
        """Whether a folder on the way is called evidence."""
        return any(_EVIDENCE.search(essence(folder)) and not _FORM.search(folder) for folder in self.folders)

    def agency(self, names: Names) -> str | None:
        """Key of the agency that handed the file in, by the nearest folder that names one, the file or the place."""
        for text in (*reversed(self.folders), PurePosixPath(self.file).stem, self.place):
            if agency := names.inside(text):
                return agency
        return None

    def is_return(self, names: Names) -> bool:
        """Whether a file that is no spreadsheet was meant as a form."""
        if self.says_form or self.in_evidence:
            return self.says_form
        return any(map(_FORM.search, self.folders)) or self.agency(names) is not None


class Forms:
    """Where the forms lie that a run has read."""

    def __init__(self, folders: set[str], agencies: Mapping[str, Mapping[str, int]], names: Names) -> None:
        """Take every folder that holds a form; key of an agency → folder → last year of its forms there; all names."""
        self._folders = folders
        self._agencies = agencies
        self._names = names

    def make_evidence(self, file: str, trail: Trail, code: Code) -> bool:
        """Whether a file that is no form is evidence, told by what else was handed in.

        ``code`` says why it is none. A file that its person named is never evidence, nor a table that is called a form.
        """
        table = not is_paper(file)
        if not trail.file or (table and trail.says_form):
            return False
        if trail.in_evidence and not trail.says_form:
            return True
        if table and code not in _OTHER_TABLE:
            return False
        here = folder_of(file)
        if agency := trail.agency(self._names):
            named = year_in(file) or 0  # a paper of a later year is no evidence for an earlier one
            forms = self._agencies.get(agency, {}).items()
            return any(_beside(here, folder) and named <= year for folder, year in forms)
        above = "".join(f"/{folder}" for folder in trail.folders)
        root = here.removesuffix(above)
        inner = (root + above[: match.start()] for match in re.finditer(r"/|$", above) if match.start())
        return table and (here in self._folders or any(folder in self._folders for folder in inner))


def refusal(result: Result) -> Code | None:
    """Why a file is no form that counts; None where it is one."""
    if result.submission:
        return None
    codes = [problem.code for problem in result.problems]
    return Code.FORM_NOT_FOUND if Code.FORM_NOT_FOUND in codes else codes[0] if codes else None


def is_form(code: Code | None) -> bool:
    """Whether a file with this refusal is a form all the same."""
    return code is None or code in _BAD_FORMS or code in _OTHER_FORMS


def suffix_of(file: str) -> str:
    """The suffix in lower case, with its dot."""
    return PurePosixPath(file).suffix.lower()


def year_in(file: str) -> int | None:
    """The last year that the name of a file or of its folders says."""
    return next((int(year) for year in reversed(_YEAR.findall(file))), None)


def is_paper(file: str) -> bool:
    """Whether a file is, by its name, no spreadsheet."""
    return suffix_of(file) in PAPERS


def folder_of(file: str) -> str:
    """The folder or archive that holds a file."""
    return file.rpartition("/")[0]


def _beside(folder: str, other: str) -> bool:
    """Whether one of two folders holds the other."""
    return folder == other or f"{folder}/".startswith(f"{other}/") or f"{other}/".startswith(f"{folder}/")
