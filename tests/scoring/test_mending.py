"""What would follow if lines were done in full: the same as if the form had been answered so, and scored."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from jieyue_cli.rubric.model import Rubric
from jieyue_cli.scoring.advice import advise, is_open
from jieyue_cli.scoring.lines import Line
from jieyue_cli.scoring.mending import mended, spared
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.scoring.scoring import score
from jieyue_cli.submission import Answer, AnswerKind
from rubric.any_rubric import Answers, answers, best, claims, loaded, standard

FEWER = settings(max_examples=40, deadline=None)


@st.composite
def cards(draw: st.DrawFn, *, borrowing: bool) -> tuple[Rubric, Answers, Scorecard, Random]:
    """A standard as it stands for some class, answers, and what they are worth.

    ``borrowing``: whether several criteria may rest on one answer, so that none can be mended alone.
    """
    chance = draw(st.randoms(use_true_random=False))
    rubric = loaded(standard(chance, borrowing=borrowing))
    own = rubric.of(chance.choice(rubric.classes) if rubric.classes else None)
    said = answers(own, chance, odd=0.3)
    return own, said, score(own, claims(said)), chance


def done(said: Answers, line: Line) -> Answers:
    """The same answers with the best to every question of a line."""
    full = {
        question.id: Answer(AnswerKind.VALUE, value)
        for leaf in line.criteria[0].leaves
        for question, value in zip(leaf.questions, best(leaf), strict=True)
    }
    return {**said, **full}


def told(card: Scorecard) -> tuple[object, ...]:
    met = [(requirement.id, requirement.met) for requirement in card.requirements]
    return card.total, card.at_most, card.verdict, card.grade, met


@FEWER
@given(cards(borrowing=False))
def test_a_mended_card_is_what_the_mended_form_is_worth(made: tuple[Rubric, Answers, Scorecard, Random]) -> None:
    rubric, said, card, chance = made
    mending = [line for line in (*card.gates, *card.lines) if is_open(line) and chance.random() < 0.5]
    for line in mending:
        said = done(said, line)
    assert told(mended(card, mending)) == told(score(rubric, claims(said)))


@FEWER
@given(cards(borrowing=True))
def test_the_advice_leads_where_the_mended_card_stands(made: tuple[Rubric, Answers, Scorecard, Random]) -> None:
    card = made[2]
    if advice := advise(card):
        card = spared(card)  # inputs that may take points are answered first
        steps = (*advice.enough, *advice.others)
        for number, step in enumerate(steps, 1):
            assert mended(card, (taken.line for taken in steps[:number])).total == step.reaches
        reached = mended(card, (step.line for step in advice.enough)).verdict is Verdict.PASS
        assert reached == advice.attainable
