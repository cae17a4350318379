"""Two short proofs of what a feedback is about, which anybody can work out again from the JSON of ``score``.

The one of the answers changes when the agency or the office writes something else, and not when a program saves the
file anew or comments are put into it; the one of the result changes with anything that is told about the form. Both
are SHA-256 of canonical JSON, as RFC 8785 writes it (docs/contract.md, Feedback).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from jieyue_cli.assessment import Result
from jieyue_cli.report.encoding import ResultEncoder, encode, rubric_row
from jieyue_cli.rubric.model import Rubric

_OF_THE_FILE = frozenset({"file", "sha256"})
_encode = msgspec.json.Encoder(order="sorted").encode


class Fingerprint(msgspec.Struct, frozen=True):
    """Of one result; both in hexadecimal digits."""

    answers: str
    """Over who hands in, for which year, and what both sides answer."""
    result: str
    """Over everything in the result but the file's name and bytes, and the standard."""


def fingerprint(rubric: Rubric, result: Result) -> Fingerprint:
    """The proofs of a result, whether or not it has a score."""
    entry: dict[str, Any] = msgspec.json.decode(ResultEncoder()(result))
    standard: dict[str, Any] = msgspec.json.decode(encode(rubric_row(rubric)))
    told = {key: value for key, value in entry.items() if key not in _OF_THE_FILE}
    sides = [list(_answers(entry[side])) for side in ("self", "verified")]
    return Fingerprint(_digest([entry["agency"], *sides]), _digest([standard, told]))


def _answers(score: dict[str, Any] | None) -> Iterator[list[Any]]:
    for unit in score["units"] if score else ():
        for item in unit["items"]:
            for line in item["criteria"]:
                yield [line["id"], line["answer"]]


def _digest(value: object) -> str:
    return hashlib.sha256(_encode(value)).hexdigest()
