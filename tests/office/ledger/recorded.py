"""Ledgers made from forms, without a file being read or written."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import replace

from agencies.test_progress import Form
from forms import RUBRIC
from jieyue_cli.agencies.account import Account, account_of
from jieyue_cli.agencies.roster import Roster
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.clock import ZONE
from jieyue_cli.office.ledger.chain import chain
from jieyue_cli.office.ledger.entry import line
from jieyue_cli.office.ledger.reading import Ledger
from jieyue_cli.office.ledger.recording import Taken, entry_of
from jieyue_cli.office.ledger.ruling import ruled

TIME = dt.datetime(2020, 11, 5, 9, tzinfo=ZONE)


def counted(forms: Sequence[Form]) -> Tally:
    tally = Tally()
    for number, form in enumerate(forms):
        tally.add(form.result(number))
    return tally


def account(forms: Sequence[Form], roster: Roster | None, year: int, ledger: Ledger | None = None) -> Account:
    """What the forms amount to."""
    return account_of(RUBRIC, counted(forms), roster, None, year, record=ledger.record if ledger else None)


def recorded(ledger: Ledger, forms: Sequence[Form], roster: Roster, year: int, note: str = "更正") -> Ledger:
    """The ledger with one run more, as it is read again."""
    results = [form.result(number) for number, form in enumerate(forms)]
    files = [(result.file, result.sha256) for result in results]
    digest = hashlib.sha256(repr(roster.entries).encode()).hexdigest()
    taken = Taken(RUBRIC, replace(roster, sha256=digest), files, account(forms, roster, year, ledger), counted(forms))
    entry, problems = ruled(entry_of(taken, year, TIME, note), ledger)
    assert entry is not None, problems
    made = chain(b"".join(line(one) + b"\n" for one in (*ledger.entries, entry)))
    assert made.problem is None
    return Ledger(made.entries, made.hashes[-1])
