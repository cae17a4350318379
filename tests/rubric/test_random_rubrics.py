"""What holds for any standard that can be written, not only for those we know."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from fractions import Fraction
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from any_form import Filled, book_of, scored
from jieyue_cli.form import absent
from jieyue_cli.rubric.model import Criterion, NotApplicable, Rubric
from jieyue_cli.rubric.rules import LineState
from jieyue_cli.rubric.source import build
from jieyue_cli.scoring import reasons
from jieyue_cli.scoring.advice import advise
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import BLANK, Answer, AnswerKind
from rubric.any_rubric import Answers, answers, best, better, cell, claims, damaged, loaded, standard, value

CHANCE = st.randoms(use_true_random=False)
A_FEW = settings(max_examples=15, deadline=None)


@st.composite
def cards(draw: st.DrawFn, odd: float = 0.15, *, borrowing: bool = True) -> tuple[Rubric, Answers, Scorecard]:
    """A standard as it stands for some class, answers, and what they are worth."""
    chance = draw(CHANCE)
    rubric = loaded(standard(chance, borrowing=borrowing))
    own = rubric.of(chance.choice(rubric.classes) if rubric.classes else None)
    said = answers(own, chance, odd=odd)
    return own, said, score(own, claims(said))


def leaves(rubric: Rubric) -> list[Criterion]:
    return [leaf for criterion in rubric.judged for leaf in criterion.leaves]


def values(said: Answers, leaf: Criterion) -> list[Decimal]:
    return [answer.value or Decimal(0) for answer in (said[question.id] for question in leaf.questions)]


def alone(rubric: Rubric, leaf: Criterion) -> bool:
    """Whether it is asked for something, and what is answered there decides nothing else."""
    asked = [question.id for question in leaf.needs]
    return bool(asked) and not leaf.borrowed and rubric.used.keys().isdisjoint(asked)


def changed(said: Answers, leaf: Criterion, to: list[Decimal]) -> Answers:
    new = {question.id: Answer(AnswerKind.VALUE, number) for question, number in zip(leaf.questions, to, strict=True)}
    return {**said, **new}


@given(cards())
def test_scores_are_exact_and_within_bounds(made: tuple[Rubric, Answers, Scorecard]) -> None:
    rubric, _, card = made
    for line in card.lines:
        assert isinstance(line.score, Fraction)
        assert 0 <= line.score <= line.at_most <= line.points
    for unit in card.units:
        assert 0 <= unit.score <= unit.at_most <= unit.unit.points
    assert isinstance(card.total, Fraction)
    assert 0 <= card.total <= card.at_most <= rubric.full
    assert 0 <= card.denominator <= rubric.points
    assert card.shown <= card.total


@given(cards())
def test_the_parts_make_the_whole(made: tuple[Rubric, Answers, Scorecard]) -> None:
    rubric, _, card = made
    for unit in card.units:
        lines = sum((line.score for line in unit.lines), Fraction(0))
        assert sum((item.score for item in unit.items), Fraction(0)) == lines
        counted = min(lines, Fraction(unit.unit.points)) if unit.unit.bonus else lines
        for limit in unit.limits:
            counted = Fraction(0) if limit.lost is None else max(Fraction(0), counted - limit.lost)
        assert unit.score == counted
    assert card.raw == sum((unit.score for unit in card.units), Fraction(0))
    assert [line.id for line in card.lines] == [criterion.id for criterion in rubric.criteria]
    out = [line for line in card.lines if line.state is LineState.EXCLUDED]
    if not out:
        assert card.unconverted == card.raw
    if rubric.scale is None:
        assert card.total == card.unconverted
    else:
        step = Fraction(1, 10**rubric.scale.decimals)
        exact = card.unconverted * Fraction(rubric.scale.points) / Fraction(rubric.points)
        assert (card.total / step).denominator == 1
        assert -step / 2 < exact - card.total < step / 2 or card.total - exact == step / 2


@given(cards(odd=0.4))
def test_no_grade_is_above_what_a_limit_on_what_is_left_out_allows(made: tuple[Rubric, Answers, Scorecard]) -> None:
    rubric, said, card = made
    limit = rubric.not_applicable_limit
    if limit is None:
        return
    empty = Fraction(0)
    for unit in card.units:
        for line in () if unit.unit.bonus else unit.lines:
            (criterion,) = line.criteria
            asked = {said[claim.criteria[0]].kind for claim in line.claims}
            accepted = all(leaf.not_applicable is not NotApplicable.NOT_ALLOWED for leaf in criterion.leaves)
            left_out = line.state is LineState.EXCLUDED or asked == {AnswerKind.NOT_APPLICABLE}
            if accepted and not line.forfeited and left_out:
                empty += line.points
    requirement = card.requirements[-1]
    assert (requirement.met is False) == (empty > limit.points)
    if empty > limit.points and card.grade is not None:
        names = [name for name, _ in rubric.levels]
        assert names.index(card.grade) <= rubric.held_at(limit)


@given(cards())
def test_the_sentences_say_the_points(made: tuple[Rubric, Answers, Scorecard]) -> None:
    _, _, card = made
    for unit in card.units:
        lines = list(unit.lines)
        told = [re.findall(r"→ ([0-9.]+) 分（表!A1(?:、A1)*）$", reasons.why(line)) for line in lines]
        assert [len(figures) for figures in told] == [1] * len(lines)
        # a score without an end is told by its first two decimals
        beyond = sum(line.score for line in lines) - sum(Fraction(figures[0]) for figures in told)
        assert 0 <= beyond <= Fraction(len(lines), 100)
        assert beyond == 0 or any(criterion.steps is None for line in lines for criterion in line.criteria)
    for gate in card.gates:
        assert re.search(r"→ (符合|不符合|待更正)（", reasons.why(gate))


@given(cards(odd=0.05), CHANCE)
def test_a_better_answer_never_lowers_anything(made: tuple[Rubric, Answers, Scorecard], chance: Random) -> None:
    rubric, said, card = made
    answered = [
        leaf
        for leaf in leaves(rubric)
        if alone(rubric, leaf) and all(said[question.id].kind is AnswerKind.VALUE for question in leaf.questions)
    ]
    assume(answered)
    leaf = chance.choice(answered)
    improved = better(leaf, values(said, leaf))
    assume(improved is not None)
    assert improved is not None
    after = score(rubric, claims(changed(said, leaf, improved)))
    assert all(new.score >= old.score for new, old in zip(after.lines, card.lines, strict=True))
    assert after.total >= card.total
    assert after.at_most >= card.at_most
    assert not (card.verdict is Verdict.PASS and after.verdict is not Verdict.PASS)


@given(cards(odd=0.4), CHANCE)
def test_mending_stays_within_what_was_promised(made: tuple[Rubric, Answers, Scorecard], chance: Random) -> None:
    rubric, said, card = made
    open_still = {claim.criteria[0] for line in card.lines if line.state is LineState.PENDING for claim in line.claims}
    # 不涉及 to some of a criterion's questions alone; what others borrow says of each of them that it is left out
    absent_alone = {
        identifier
        for identifier, answer in said.items()
        if answer.kind is AnswerKind.NOT_APPLICABLE and identifier not in rubric.used
    }
    mended = {
        identifier: value(rubric.questions[identifier].asked, chance)
        if identifier in open_still and (answer.kind is AnswerKind.UNREADABLE or identifier in absent_alone)
        else answer
        for identifier, answer in said.items()
    }
    after = score(rubric, claims(mended))
    assert card.total <= after.total <= card.at_most
    assert after.total == after.at_most
    if card.verdict is not Verdict.UNDETERMINED:
        assert after.verdict is card.verdict
    if card.grade is not None:
        assert after.grade == card.grade


@given(cards(odd=0.2, borrowing=False))
def test_who_follows_the_advice_gets_there(made: tuple[Rubric, Answers, Scorecard]) -> None:
    rubric, said, card = made
    advice = advise(card)
    if advice is None:
        assert card.verdict is Verdict.PASS
        return
    now = dict(said)
    for step in (*advice.enough, *advice.others):
        for leaf in step.line.criteria[0].leaves:
            now = dict(changed(now, leaf, best(leaf)))
        assert score(rubric, claims(now)).total == step.reaches
        if step in advice.enough[-1:] and advice.attainable:
            assert score(rubric, claims(now)).verdict is Verdict.PASS
    if not advice.attainable:
        lost = (line.forfeited or line.empty or line.state is LineState.EXCLUDED for line in card.lines)
        assert any((*lost, *(gate.forfeited for gate in card.gates)))
        assert score(rubric, claims(now)).verdict is not Verdict.PASS


@given(cards(odd=0, borrowing=False))
def test_full_answers_bring_full_marks(made: tuple[Rubric, Answers, Scorecard]) -> None:
    rubric, said, _ = made
    for leaf in leaves(rubric):
        said = changed(said, leaf, best(leaf))
    card = score(rubric, claims(said))
    assert card.total == card.at_most == rubric.full
    assert (card.verdict, card.conclusion) == (Verdict.PASS, rubric.levels[-1][0])


@settings(max_examples=400, deadline=None)
@given(CHANCE)
def test_a_damaged_standard_loads_or_is_refused_with_a_place(chance: Random) -> None:
    rubric, problems = build(json.dumps(damaged(standard(chance), chance), ensure_ascii=False).encode())
    assert (rubric is None) == bool(problems)
    for problem in problems:
        assert re.fullmatch(r"\d+:\d+", problem.location.cell or "")
        assert problem.message.endswith(("。", "？"))
    if rubric is not None:
        own = rubric.of(rubric.classes[0] if rubric.classes else None)
        card = score(own, claims(answers(own, chance)))
        assert 0 <= card.total <= card.at_most <= rubric.full


def outcomes(card: Scorecard) -> list[tuple[str, Fraction, Fraction, LineState]]:
    return [(line.id, line.score, line.at_most, line.state) for line in (*card.gates, *card.lines)]


@A_FEW
@given(CHANCE)
def test_a_form_says_what_was_entered(chance: Random) -> None:
    rubric = loaded(standard(chance))
    group = chance.choice(rubric.classes) if rubric.classes else None
    own = rubric.of(group)
    said = {key: answer for key, answer in answers(own, chance).items() if answer.kind is not AnswerKind.FALSE}
    entered = {key: cell(own.questions[key].asked, answer) for key, answer in said.items()}
    result = scored(rubric, book_of(rubric, Filled(group, entered, {})))
    assert result.self is not None
    understood = claims({key: said.get(key, BLANK) for key in own.questions})
    tuple(absent.agree(leaves(own), understood))  # replaces 不涉及 to some questions only
    want = score(own, understood)
    assert outcomes(result.self) == outcomes(want)
    assert (result.self.total, result.self.conclusion) == (want.total, want.conclusion)
