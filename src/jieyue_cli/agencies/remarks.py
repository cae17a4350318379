"""What is said of one file beside its score: whether it counts, and if it does not, why."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Reason(Enum):
    """Why a file does not count; the value is what a clerk reads."""

    UNREADABLE = "无法读取"
    NAMELESS = "没有单位名称，未计入"
    YEARLESS = "评价年度不明，未计入"
    BLANK = "空表"
    UNDETERMINED = "待更正，暂未计入"
    UNLISTED = "不在名录，未计入"
    LATER_YEAR = "晚于统计年度，未计入"
    RECORDED = "该年已记入台账，不改变认定"
    EARLIER_YEAR = "往年的表，不计入本年"
    COPY = "内容相同，只计一份"
    SUPERSEDED = "以核查过的一份为准"
    CONTRADICTING = "几份表不同，都未计入"


class Remark(NamedTuple):
    """What is said of a file."""

    reason: Reason | None = None
    """None where it counts."""
    further: str = ""
    """What else there is to know."""

    @property
    def counts(self) -> bool:
        """Whether the file counts in the progress."""
        return self.reason is None

    @property
    def text(self) -> str:
        """The whole remark; often empty."""
        return "；".join(filter(None, (self.reason.value if self.reason else "", self.further)))


PLAIN = Remark()
"""Of a file that counts and of which there is nothing to say."""
