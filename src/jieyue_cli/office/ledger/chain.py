"""The chain of a ledger's lines: each entry fits the one before, and the first that does not is found and explained.

Pure over bytes. What no chain can show, because whoever holds the file can write all of it anew, is told by a hash
printed elsewhere (docs/office/ledger.md).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import msgspec

from jieyue_cli.office.ledger.entry import FORMAT, START, Entry, hash_of, line
from jieyue_cli.problems import Code, Problem

_BREAK = b"\n"
_decode = msgspec.json.Decoder(Entry).decode
_UNFIT = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_BEGINNING = b'{"agencies":'
"""Of every entry: its keys are sorted."""
_MOST_DIGITS = 20
"""More than any total or loss has."""
_AS_ZEROS = bytes.maketrans(b"123456789", b"0" * 9)


class _Head(msgspec.Struct):
    """What every format of an entry has."""

    format: int
    number: int
    previous: str


Watch = Callable[[Sequence[bytes]], Iterable[bytes]]
"""Hands on the lines, and sees how far they are followed."""

_scan = json.JSONDecoder().raw_decode
_head = msgspec.json.Decoder(_Head).decode


class Chain(NamedTuple):
    """The entries that fit, from the first one on."""

    entries: tuple[Entry, ...] = ()
    hashes: tuple[str, ...] = (START,)
    """``START``, then the hash of each entry."""
    ended: bool = True
    """Whether the last entry has its line break."""
    rest: bytes = b""
    """What follows the last line break, where that is an entry that was not written to its end."""
    problem: Problem | None = None
    """Why the next line does not fit; None where all do."""


def chain(data: bytes, watched: Watch = iter) -> Chain:
    """Follow the lines of a ledger as far as they fit, and as far as ``watched`` hands them on."""
    if not _is_ledger(data):
        return Chain(problem=Code.LEDGER_NONE.at())
    *lines, rest = data.split(_BREAK)
    entries: list[Entry] = []
    hashes = [START]
    for text in watched(lines):
        entry = _entry(text)
        if not isinstance(entry, Entry) or not _follows(entry, hashes):
            problem = entry if isinstance(entry, Problem) else _misfit(lines, len(entries), entry, hashes)
            return Chain(tuple(entries), tuple(hashes), problem=problem)
        entries.append(entry)
        hashes.append(hash_of(text))
    return _ended(entries, hashes, rest)


def _is_ledger(data: bytes) -> bool:
    """Whether this was a ledger before anything happened to it; an empty one, or one just begun, is one."""
    first = data.split(_BREAK, 2)[:2]
    return any(text.startswith(b'{"') or text.endswith(b"}") for text in first) or _cut_short(data)


def _follows(entry: Entry, hashes: Sequence[str]) -> bool:
    return entry.number == len(hashes) and entry.previous == hashes[-1]


def _entry(text: bytes) -> Entry | str | Problem:
    """The entry of a line; else why it is none, as a whole problem where a newer program wrote it."""
    try:
        entry = _decode(text)
    except _UNFIT:
        head = _header(text)
        if head and head.format > FORMAT:
            return Code.LEDGER_NEWER.at(number=head.number, format=head.format)
        return "项目不对，记录之后被改过" if head else "不是一条完整的记录，记录之后被改过或截断"
    if entry.format > FORMAT:
        return Code.LEDGER_NEWER.at(number=entry.number, format=entry.format)
    if entry.format != FORMAT or line(entry) != text or not (_is_tame(text) or _plain(entry)):
        return "写法与程序写的不同，记录之后被改过，或用编辑器另存过"
    return entry


def _is_tame(text: bytes) -> bool:
    """Whether no number can be written with an exponent or very many digits; a hash or a name may look like one."""
    return b"E" not in text and b"0" * _MOST_DIGITS not in text.translate(_AS_ZEROS)


def _plain(entry: Entry) -> bool:
    """Whether every total and every loss is written as the program does."""
    numbers = [
        str(number)
        for agency in entry.agencies
        for number in (agency.claimed, agency.verified, *agency.lost.values())
        if number is not None
    ]
    return all("E" not in number and len(number) < _MOST_DIGITS for number in numbers)


def _header(text: bytes) -> _Head | None:
    try:
        return _head(text)
    except _UNFIT:
        return None


def _misfit(lines: Sequence[bytes], place: int, entry: Entry | str, hashes: Sequence[str]) -> Problem:
    """Say which line does not fit, and why: ``entry`` is what became of the line at ``place``, from 0."""
    if isinstance(entry, str):
        return _broken(place, entry)
    if lines[place] in lines[:place]:
        return _broken(place, f"与第 {lines.index(lines[place]) + 1} 行完全相同，是重复的一行")
    if entry.previous == hashes[-1]:
        return _broken(place, f"编号是 {entry.number}，应为 {place + 1}，记录之后被改过")
    if entry.previous in hashes:
        after = hashes.index(entry.previous)
        joined = f"接在第 {after} 条之后" if after else "按校验码是最前面的一条"
        return _broken(place, f"{joined}，而第 {after + 1} 行已经是第 {after + 1} 条：有插入的，或合并了两份台账")
    if entry.number == place + 1:
        return _changed(lines, place)
    later = {head.number for text in lines[place + 1 :] if (head := _header(text))}
    if entry.number > place and place + 1 in later:
        return _broken(place, f"是第 {entry.number} 条，第 {place + 1} 条在它后面：各行的次序被改过")
    if entry.number > place:
        return _broken(place, f"是第 {entry.number} 条，缺少第 {place + 1} 条：有的行被删除了")
    return _broken(place, f"是第 {entry.number} 条，却不接在前面任何一条之后：是另一份台账的，或被插入的")


def _changed(lines: Sequence[bytes], place: int) -> Problem:
    """Tell which of two neighbours was changed: the one that the entry after it does not know either."""
    after = _header(lines[place + 1]) if place + 1 < len(lines) else None
    if place == 0 or (after and after.previous != hash_of(lines[place])):
        return _broken(place, "记下的上一条的校验码不对，记录之后被改过")
    both = "" if after else "（或者是后一条）"
    return _broken(place - 1, f"与第 {place + 1} 条记下的校验码不符，记录之后被改过，或被换过{both}")


def _broken(place: int, why: str) -> Problem:
    return Code.LEDGER_BROKEN.at(line=place + 1, why=why)


def _ended(entries: list[Entry], hashes: list[str], rest: bytes) -> Chain:
    """The chain, once it is known what follows the last line break: an entry, one not written to its end, or damage."""
    made = Chain(tuple(entries), tuple(hashes))
    if not rest:
        return made
    entry = _entry(rest)
    if isinstance(entry, Entry) and _follows(entry, hashes):
        return Chain((*entries, entry), (*hashes, hash_of(rest)), ended=False)
    if _cut_short(rest):
        return made._replace(rest=rest)
    damage = entry if isinstance(entry, Problem) else _broken(len(entries), "不是没写完的一条，记录之后被改过")
    return made._replace(problem=damage)


def _cut_short(text: bytes) -> bool:
    """Whether these are the first bytes of an entry; a disk may fill the rest of a file with zeros."""
    begun = text.rstrip(b"\0")
    if not _BEGINNING.startswith(begun[: len(_BEGINNING)]):
        return False
    try:
        _scan(begun.decode("utf-8", "replace"))
    except (json.JSONDecodeError, RecursionError):
        return True
    return False  # whatever follows a whole one, no run was killed while it wrote that
