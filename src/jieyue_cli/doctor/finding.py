"""A check, and what it finds: two functions, so that every state can be had without a computer that is in it."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Any, NamedTuple


class State(Enum):
    """How it stands, as a clerk reads it."""

    GOOD = "好"
    REMARK = "留意"
    """The program works; something may look odd, be slow, or fail later."""
    WRONG = "有问题"


class Finding(NamedTuple):
    """What one check found."""

    state: State
    seen: str
    cure: str = ""
    """What to do, one sentence that is the same on every computer; none where it is good."""


class Check(NamedTuple):
    """One thing to look at."""

    name: str
    look: Callable[[], Any]
    """Looks around and changes nothing; what it returns is all that ``judge`` knows."""
    judge: Callable[[Any], Finding]
    """Pure."""


FAILED = "请把本页显示的各行发给程序的维护者。"


def examine(check: Check) -> Finding:
    """What a check finds; one that fails tells so."""
    try:
        return check.judge(check.look())
    except Exception as error:  # one check must not cost the others, whatever the computer does
        return Finding(State.WRONG, f"检查不了（{type(error).__name__}：{error}）", FAILED)


def good(seen: str) -> Finding:
    """Nothing to do."""
    return Finding(State.GOOD, seen)


def remark(seen: str, cure: str) -> Finding:
    """Something to know."""
    return Finding(State.REMARK, seen, cure)


def wrong(seen: str, cure: str) -> Finding:
    """Something to mend."""
    return Finding(State.WRONG, seen, cure)
