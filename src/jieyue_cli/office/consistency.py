"""What looks alike between agencies that should differ, and what differs between years that should not.

Notes for the person who checks, never a verdict: agencies may share an office, a clerk or a document. The rules and
their figures stand in docs/office/verification.md.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from enum import Enum
from fractions import Fraction

import msgspec

from jieyue_cli.agencies.tally import unpacked
from jieyue_cli.office.candidates import Candidate
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.submission import AnswerKind, Claim
from jieyue_cli.text.cleaning import in_utf8
from jieyue_cli.text.folding import essence
from jieyue_cli.text.listing import abridged
from jieyue_cli.text.numbers import decimal, plain

LEAST_LINES = 5
"""Lines in full, and lines that are not, in answers whose likeness tells something."""
LEAST_TEXT = 12
"""Letters and digits of a 佐证材料 whose likeness tells something."""
FEW = 5
"""So many agencies may share a text that is no boilerplate, however few hand in; of more than 50 a tenth may."""
LEAST_PHONE = 7
"""Digits of a telephone number."""
MOST_FOR_PERSONS = 1000
"""Agencies among which two 填报人 of one name are likely to be one person."""
JUMP = Fraction(1, 5)
"""Of the standard's points: a total that differs by so much from the year before is implausible."""
TIMES = 10
"""A number that is so many times that of the year before is implausible; what is below 1 is taken as 1."""
_MOST_NAMED = 5
"""编号 that a note names."""
_MOST_TEXT = 30
"""Characters of a text that a note quotes."""


class Likeness(Enum):
    """What a note is about; the value is what programs read."""

    ANSWERS = "answers"
    EVIDENCE = "evidence"
    JUMP = "jump"
    PHONE = "phone"
    PERSON = "person"

    @property
    def chinese(self) -> str:
        """What a clerk reads."""
        return _CHINESE[self]


_CHINESE = {
    Likeness.ANSWERS: "答案相同",
    Likeness.EVIDENCE: "佐证材料相同",
    Likeness.JUMP: "与往年相差大",
    Likeness.PHONE: "联系电话相同",
    Likeness.PERSON: "填报人相同",
}


class Note(msgspec.Struct, frozen=True):
    """Something to look at, and no verdict."""

    kind: Likeness
    agencies: tuple[str, ...]
    """In the roster's order."""
    criteria: tuple[str, ...]
    """编号 that it is about; empty where it is about the whole form."""
    text: str


def notes(rubric: Rubric, candidates: Sequence[Candidate], texts: Sequence[str]) -> list[Note]:
    """Everything there is to note of the agencies whose form of the year counts; ``texts`` are those of the tally."""
    counting = [candidate for candidate in candidates if candidate.result and candidate.standing.handed_in]
    numbers = [_number(line) for line in texts]  # most texts are many forms'
    jumps = [note for candidate in counting for note in _jumps(rubric, candidate, numbers)]
    return [*_answers(counting), *_evidence(rubric, counting), *jumps, *_callers(counting)]


def _groups(
    candidates: Iterable[Candidate], value: Callable[[Candidate], Hashable | None]
) -> Iterator[tuple[Hashable, list[Candidate]]]:
    """Agencies of several offices and with forms of their own that have one value in common."""
    groups: dict[Hashable, list[Candidate]] = {}
    for candidate in candidates:
        if (shared := value(candidate)) is not None:
            groups.setdefault(shared, []).append(candidate)
    return ((shared, group) for shared, group in groups.items() if len({one.office for one in group}) > 1)


def _note(kind: Likeness, group: Iterable[Candidate], text: str, criteria: Iterable[str] = ()) -> Note:
    return Note(kind, tuple(candidate.name for candidate in group), tuple(criteria), in_utf8(text))


def _answers(candidates: Sequence[Candidate]) -> Iterator[Note]:
    for _, group in _groups(candidates, _telling):
        text = f"{len(group)} 个单位逐条填的完全相同，请核对是否互相抄填。"
        yield _note(Likeness.ANSWERS, group, text)


def _telling(candidate: Candidate) -> bytes | None:
    """The answers, where they are neither nearly everything nor nearly nothing: these are often the same by chance."""
    card = candidate.result.self if candidate.result else None
    if card is None or candidate.form is None:
        return None
    bringing = sum(bool(line.score) for line in card.lines)
    lacking = sum(bool(line.lost) for line in card.lines)
    return candidate.form.claims if min(bringing, lacking) >= LEAST_LINES else None


def _evidence(rubric: Rubric, candidates: Sequence[Candidate]) -> Iterator[Note]:
    folded: dict[str, str] = {}  # most texts are many forms'
    users: dict[str, dict[int, list[str]]] = {}
    written: dict[str, str] = {}
    for at, candidate in enumerate(candidates):
        submission = candidate.result.submission if candidate.result else None
        for criterion, text in (submission.cited if submission else {}).items():
            same = folded.get(text)
            if same is None:
                same = folded[text] = essence(text)
            if len(same) >= LEAST_TEXT:
                users.setdefault(same, {}).setdefault(at, []).append(criterion)
                written.setdefault(same, text)
    most = max(FEW, len(candidates) // 10)
    groups: dict[tuple[int, ...], tuple[set[str], str]] = {}
    for same, by_user in users.items():
        if len({candidates[at].office for at in by_user}) > 1 and len(by_user) <= most:
            criteria, _ = groups.setdefault(tuple(by_user), (set(), written[same]))
            criteria.update(*by_user.values())
    order = {identifier: place for place, identifier in enumerate(rubric.questions)}
    for group, (criteria, example) in sorted(groups.items(), key=lambda entry: -len(entry[1][0])):
        named = sorted(criteria, key=lambda criterion: (order.get(criterion, len(order)), criterion))
        quoted = example if len(example) <= _MOST_TEXT else f"{example[:_MOST_TEXT]}…"
        shown = abridged(named, _MOST_NAMED)
        text = f"{shown} 共 {len(named)} 条的佐证材料文字相同，如“{quoted}”，请核对原件。"
        yield _note(Likeness.EVIDENCE, (candidates[at] for at in group), text, named)


def _jumps(rubric: Rubric, candidate: Candidate, numbers: Sequence[tuple[str, Fraction] | None]) -> Iterator[Note]:
    claimed, before = candidate.standing.claimed, candidate.last
    if before is None or claimed is None:
        return
    change = claimed - before.claimed
    if abs(change) >= JUMP * Fraction(rubric.base):
        word = "高" if change > 0 else "低"
        compared = f"自评 {plain(claimed)} 分，比 {before.year} 年自评的 {plain(before.claimed)} 分"
        facts = f"{compared}{word} {plain(abs(change))} 分"
        yield _note(Likeness.JUMP, [candidate], f"{facts}，请核对原因。")
    if candidate.form and before.form:
        last, now = unpacked(before.form.claims), unpacked(candidate.form.claims)
        old = dict(filter(None, map(numbers.__getitem__, last)))
        same = set(last)
        for criterion, number in filter(None, (numbers[at] for at in now if at not in same)):
            earlier = old.get(criterion, number)
            if max(number, earlier) < TIMES * max(min(number, earlier), Fraction(1)):
                continue
            facts = f"{criterion} 填的是 {plain(decimal(number))}，{before.year} 年是 {plain(decimal(earlier))}"
            yield _note(Likeness.JUMP, [candidate], f"{facts}，相差 {TIMES} 倍以上，请核对是否误填。", [criterion])


def _number(line: str) -> tuple[str, Fraction] | None:
    """编号 and the number that was answered; None for any other answer."""
    claim = Claim.of(line) if "\t" in line else None
    if claim is None or claim.answer.kind is not AnswerKind.VALUE or claim.answer.value is None:
        return None
    return "+".join(claim.criteria), Fraction(claim.answer.value)


def _callers(candidates: Sequence[Candidate]) -> Iterator[Note]:
    phones = list(_groups(candidates, _phone))
    for digits, group in phones:
        yield _note(Likeness.PHONE, group, f"填的联系电话都是 {digits}，请核对是否由一人代填。")
    told = {frozenset(candidate.name for candidate in group) for _, group in phones}
    if len(candidates) <= MOST_FOR_PERSONS:
        for name, group in _groups(candidates, _person):
            if frozenset(candidate.name for candidate in group) not in told:
                yield _note(Likeness.PERSON, group, f"填报人都是“{name}”，请核对是同名还是由一人代填。")


def _phone(candidate: Candidate) -> str | None:
    agency = candidate.result.agency if candidate.result else None
    digits = "".join(filter(str.isdigit, essence(agency.phone or ""))) if agency else ""
    return digits if len(digits) >= LEAST_PHONE and len(set(digits)) > 1 else None  # 000… stands for none


def _person(candidate: Candidate) -> str | None:
    agency = candidate.result.agency if candidate.result else None
    return essence(agency.filled_by or "") or None if agency else None
