"""How cells appear in every report workbook, and which look conclusions, problems and states have."""

from __future__ import annotations

from enum import Enum

from jieyue_cli.agencies.standings import State
from jieyue_cli.assessment import Result
from jieyue_cli.problems import Severity
from jieyue_cli.scoring.scorecard import Scorecard, Verdict
from jieyue_cli.writing import kit


class Look(Enum):
    """How a cell appears."""

    TEXT = (("text_wrap", True), ("align", "left"), ("indent", 1))
    STRONG = (("text_wrap", True), ("align", "left"), ("indent", 1), ("bold", True))
    MIDDLE = (("text_wrap", True), ("align", "center"))
    NUMBER = (("align", "right"), ("indent", 1))
    TOTAL = (("align", "right"), ("indent", 1), ("bold", True))
    PERCENT = (("align", "right"), ("indent", 1), ("num_format", "0.0%"))
    LOST = (("align", "right"), ("indent", 1), ("font_color", "#B91C1C"), ("bg_color", "#FEF2F2"))
    GOOD = (("text_wrap", True), ("align", "center"), ("bold", True), *kit.GREEN.items())
    BAD = (("text_wrap", True), ("align", "center"), ("bold", True), *kit.RED.items())
    OPEN = (("text_wrap", True), ("align", "center"), ("bold", True), *kit.AMBER.items())
    LINK = (("text_wrap", True), ("align", "center"), *kit.BLUE.items())
    NUMBER_LINK = (("align", "right"), ("indent", 1), ("bold", True), *kit.BLUE.items())
    HEAD = (("text_wrap", True), ("align", "center"), ("bold", True), ("bg_color", kit.HEAD))
    PART = (("text_wrap", True), ("align", "left"), ("indent", 1), ("bold", True), ("bg_color", kit.HEAD))
    PART_NUMBER = (("align", "right"), ("indent", 1), ("bold", True), ("bg_color", kit.HEAD))


VERDICT = {Verdict.PASS: Look.GOOD, Verdict.FAIL: Look.BAD, Verdict.UNDETERMINED: Look.OPEN}
SEVERITY = {Severity.ERROR: Look.BAD, Severity.WARNING: Look.OPEN, Severity.NOTE: Look.MIDDLE}
STATE = {
    State.RECOGNISED: Look.GOOD,
    State.WITHDRAWN: Look.BAD,
    State.FAILED: Look.BAD,
    State.VERIFYING: Look.OPEN,
    State.SELF_PASS: Look.MIDDLE,
    State.SELF_FAIL: Look.MIDDLE,
    State.RETURNED: Look.OPEN,
    State.MISSING: Look.MIDDLE,
}


def conclusion(card: Scorecard, result: Result) -> Look:
    """Of the verdict of one of the sides: green and red are the office's, for an agency's own score decides nothing."""
    if card is result.verified:
        return VERDICT[card.verdict]
    return Look.OPEN if card.verdict is Verdict.UNDETERMINED else Look.MIDDLE
