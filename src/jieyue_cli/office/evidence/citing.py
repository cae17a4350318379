"""What a 佐证材料 cell names: files that are there, files that are not, document numbers, or only words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from pathlib import PurePosixPath
from typing import NamedTuple

from jieyue_cli.office.evidence.spelling import folded, leads_outside
from jieyue_cli.text.folding import narrow

_SUFFIX = (
    r"\.(?:pdf|docx?|wps|rtf|odt|ofd|jpe?g|jfif|png|tiff?|bmp|heic|gif|webp|xls[xmb]?|et|ods|csv|txt|pptx?|dps|odp"
    r"|html?|mht|eml|msg|dwg|vsdx?|mp[34]|m4[av]|avi|mov|wmv|zip|rar|7z|tar|gz)"
)
_NAMES_FILE = re.compile(rf"{_SUFFIX}$", re.IGNORECASE)
_GLUED = re.compile(rf"({_SUFFIX})(?:\s+|[和及与])", re.IGNORECASE)
"""Lines of a cell have become blanks: behind a suffix one begins another name."""
_BETWEEN = re.compile(r"[、；;，,。|\r\n]+")
_BEFORE = re.compile(
    r"^\s*(?:[0-9]{1,2}[.)]\s*(?![0-9])|[(][0-9]{1,2}[)]|详见|参见|见|附件?[0-9一二三四五六七八九十]*[:.]|文件夹|目录|:)+\s*"
)
_DOCUMENT = re.compile(r"[^\s《》()]{0,30}[〔\[(【]\s*(?:19|20)[0-9]{2}\s*[〕\])】]\s*第?\s*[0-9]+\s*号")
_TITLE = re.compile("《([^《》]{1,200})》")
_FOLDER = re.compile("(?:文件夹|目录)$")
_GENERAL = frozenset(map(folded, ("佐证", "佐证材料", "附件", "材料", "证明材料", "台账", "资料")))
"""Names of folders that a citation does not mean where it says only this."""
_NOTHING = frozenset(map(folded, ("", "无", "没有", "暂无", "暂缺", "待补", "无佐证", "无佐证材料", "不涉及", "n/a")))
_MOST_JOINED = 6
"""Parts that may be one name with 、 in it."""
_MOST_PARTS = 200
"""Of one cell; no more are looked up."""


class Kind(Enum):
    """What one part of a citation is."""

    FOUND = "found"
    MISSING = "missing"
    """The name of a file that is not there."""
    OUTSIDE = "outside"
    """A path that leads out of the folder; it is never looked up."""
    DOCUMENT = "document"
    """A document number, which need not be a file."""
    WORDS = "words"


class Cited(NamedTuple):
    """One part of a citation."""

    text: str
    kind: Kind
    files: Sequence[int] = ()
    """Numbers of the files that are named."""


def says_something(text: str) -> bool:
    """Whether a cell cites anything: a stroke or 无 does not."""
    return folded(text) not in _NOTHING


class Index:
    """Finds the files of one agency by what a citation calls them."""

    def __init__(self, files: Iterable[tuple[int, str, Sequence[str], Sequence[str]]]) -> None:
        """Take of each file its number, its name, the folders that hold it (nearest first), and its criteria."""
        self._names: dict[str, list[int]] = {}
        self._folders: dict[str, list[int]] = {}
        self._paths: dict[int, str] = {}
        self._criteria: dict[int, Sequence[str]] = {}
        for number, name, folders, criteria in files:
            self._paths[number] = folded("".join((*reversed(folders), name)))
            self._criteria[number] = criteria
            for key in _keys(name):
                self._names.setdefault(key, []).append(number)
            for key in {folded(folder) for folder in folders} - _GENERAL:
                self._folders.setdefault(key, []).append(number)

    def read(self, text: str, criterion: str) -> Iterator[Cited]:
        """Yield what each part of the 佐证材料 for ``criterion`` is."""
        parts = [part.strip() for part in _BETWEEN.split(_GLUED.sub(r"\1、", text)) if part.strip()][:_MOST_PARTS]
        start = 0
        while start < len(parts):
            end = min(len(parts), start + _MOST_JOINED)
            while end > start + 1 and not self._names.get(folded("".join(parts[start:end]))):
                end -= 1
            part = "、".join(parts[start:end])
            yield self._one(part, parts[start:end], criterion)
            start = end

    def _one(self, text: str, parts: Sequence[str], criterion: str) -> Cited:
        plain = narrow("".join(parts))
        bare = _BEFORE.sub("", plain)
        if leads_outside(bare):
            return Cited(text, Kind.OUTSIDE)
        for name in (plain, *_candidates(bare)):
            if files := self._lookup(name, criterion):
                return Cited(text, Kind.FOUND, files)
        if _NAMES_FILE.search(bare):
            return Cited(text, Kind.MISSING)
        return Cited(text, Kind.DOCUMENT if _DOCUMENT.search(bare) else Kind.WORDS)

    def _lookup(self, name: str, criterion: str) -> Sequence[int]:
        """Files with this name; of several those below the folders it names, or of the criterion, if there are any."""
        path = name.replace("\\", "/").strip("/")
        last = path.rpartition("/")[2]
        files = self._names.get(folded(last)) or self._folders.get(folded(_FOLDER.sub("", last))) or ()
        if len(files) > 1:
            whole = folded(path)
            below = [number for number in files if "/" in path and self._paths[number].endswith(whole)]
            own = [number for number in files if criterion in self._criteria[number]]
            return below or own or files
        return files


def without_suffix(name: str) -> str:
    """The name of a file without its suffix; what follows the dot of 2.1.1制度 is none."""
    suffix = PurePosixPath(name).suffix
    return name.removesuffix(suffix) if suffix.isascii() and not suffix[1:].isdigit() else name


def _keys(name: str) -> set[str]:
    """How a citation may spell the name: with its suffix, without it, and without a number before it."""
    stem = without_suffix(name)
    spelled = {folded(name), *(key for key in (folded(stem), folded(_unnumbered(stem))) if not key.isdigit())}
    return spelled - {""}


def _unnumbered(stem: str) -> str:
    return re.sub(r"^[0-9][0-9.\-_、\s]*", "", narrow(stem))


def _candidates(bare: str) -> Iterator[str]:
    """The ways in which a part may name a file, the plainest first."""
    yield bare
    if _NAMES_FILE.search(bare):
        yield _NAMES_FILE.sub("", bare)
    yield from _TITLE.findall(bare)
    yield from (match[0] for match in _DOCUMENT.finditer(bare))
    yield re.sub(r"[(][^()]*[)]$", "", bare)
