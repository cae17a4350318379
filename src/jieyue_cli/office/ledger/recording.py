"""Makes the entry of a run: what was read, by which standard, against which roster, and where every agency stands."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from jieyue_cli import __version__
from jieyue_cli.agencies.account import Account
from jieyue_cli.agencies.roster import Roster
from jieyue_cli.agencies.standings import Standing
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.office.ledger.entry import FORMAT, START, Entry, Input, Recorded, RosterMark, RubricMark
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.numbers import decimal, plain


class Taken(NamedTuple):
    """One run, finished."""

    rubric: Rubric
    roster: Roster
    files: Sequence[tuple[str, str | None]]
    """Every file that was read, with its SHA-256."""
    account: Account
    tally: Tally


def entry_of(taken: Taken, year: int, time: dt.datetime, note: str) -> Entry:
    """The run as the first entry of a ledger; ``ruling`` makes it the next one of another."""
    return Entry(
        FORMAT,
        1,
        START,
        time.isoformat(timespec="seconds"),
        __version__,
        RubricMark(taken.rubric.id, taken.rubric.version, rubric_hash(taken.rubric)),
        RosterMark(taken.roster.sha256, len(taken.roster)),
        year,
        in_utf8(note),
        tuple(Input(in_utf8(file), digest) for file, digest in sorted(taken.files)),
        tuple(_recorded(taken)),
    )


def rubric_hash(rubric: Rubric) -> str:
    """SHA-256 of the standard as it is understood, whatever its file looks like.

    It is that of the model as JSON: keys as in the file and sorted, no spaces, UTF-8, without what has its default,
    amounts as text without trailing zeros, shares as fractions.
    """
    model = rubric.model_dump(by_alias=True, exclude_defaults=True, exclude={"targets"})
    model["targets"] = {year: str(share) for year, share in rubric.targets.items()}
    text = json.dumps(model, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_said)
    return hashlib.sha256(text.encode()).hexdigest()


def _said(value: object) -> object:
    if isinstance(value, Decimal):
        return plain(value)
    return value.value if isinstance(value, Enum) else str(value)


def _recorded(taken: Taken) -> Iterator[Recorded]:
    """Every agency of the roster, in its order."""
    forms = {form.file: form for form in taken.tally.outcomes}
    for standing in taken.account.standings:
        if standing.listed:
            counting = [forms[file] for file in standing.files if file in forms and taken.account.remark(file).counts]
            losses = taken.tally.losses(counting if standing.handed_in else ())
            yield _of(standing, {criterion: decimal(points) for criterion, points in losses})


def _of(standing: Standing, lost: dict[str, Decimal]) -> Recorded:
    return Recorded(
        standing.name,
        standing.state.value,
        standing.category,
        standing.level,
        standing.batch,
        standing.since,
        standing.handed_in,
        None if standing.claimed is None else decimal(standing.claimed),
        None if standing.verified is None else decimal(standing.verified),
        standing.withdrawn,
        standing.failed,
        lost,
    )
