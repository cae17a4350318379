"""The one table of the spreadsheet form: what each key of a standard is called, and the phrase its value is written in.

A new key is one line here, and is then read, written, offered in the drop-downs and named in messages.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from jieyue_cli.rubric.fields import NotApplicable
from jieyue_cli.rubric.provisions import FORFEITS
from jieyue_cli.rubric.spreadsheet import phrases as say
from jieyue_cli.rubric.spreadsheet import sentences
from jieyue_cli.rubric.spreadsheet.phrases import Phrase

BASICS, ENTRIES = "基本情况", "条文"
"""The two sheets."""
GATE, INPUT = "达标前提", "基本数据"
"""What stands under 评价单元 in the row of a gate or an input."""

UNCHECKED = "请核对"
"""How a note begins that somebody has to see to, in a standard made from a published table."""


class Field(NamedTuple):
    """One key of the plain data."""

    key: str
    phrase: Phrase
    lines: bool = False
    """Whether it is a list with an entry a line."""
    mapping: bool = False
    """Whether it is a mapping with an entry a line."""


class Column(Enum):
    """A column of 条文: its header word, and its width in characters."""

    def __init__(self, word: str, width: float) -> None:
        self.word = word
        self.width = width

    ID = ("编号", 10)
    PARENT = ("上级编号", 9)
    UNIT = ("评价单元", 12)
    ITEM = ("评价项目", 14)
    TEXT = ("条文", 46)
    POINTS = ("分值", 6)
    KIND = ("计分方式", 12)
    EACH = ("每项得分", 8)
    MEASURE = ("计量单位", 9)
    BANDS = ("档次和界限", 26)
    ABSENT = ("不涉及", 12)
    MUST = ("必须", 14)
    EVIDENCE = ("佐证要求", 9)
    METHOD = ("考评方法", 12)
    NOTE = ("备注", 22)
    GUIDANCE = ("填报说明", 22)
    CLAUSE = ("条款号", 7)
    CLASSES = ("适用类型", 10)
    TERMS = ("其他规定", 20)


class Level(NamedTuple):
    """What the rows of one kind may say."""

    called: str
    columns: Mapping[Column, Field]
    terms: Mapping[str, Field]
    """By the word before the colon in 其他规定."""


_POLICY = say.words({policy.value: policy.chinese for policy in NotApplicable})
_ID = {Column.ID: Field("id", say.ID)}
_AROUND = {
    Column.MUST: Field("must", sentences.MUST),
    Column.CLASSES: Field("when", say.NAME, lines=True),
    Column.NOTE: Field("note", say.SENTENCE),
}
_POINTS = {Column.POINTS: Field("points", say.POINTS)}
_ASKED = {
    Column.TEXT: Field("text", say.SENTENCE),
    Column.EVIDENCE: Field("evidence", say.EVIDENCE),
    Column.METHOD: Field("method", say.SENTENCE),
    Column.GUIDANCE: Field("guidance", say.SENTENCE),
}

UNITS = Level(
    "评价单元的一行",
    {**_ID, Column.UNIT: Field("name", say.SENTENCE), **_POINTS, **_AROUND},
    {
        "附加分": Field("bonus", say.FLAG),
        "进入条件": Field("entry", sentences.ENTRY),
        "单元扣分": Field("deductions", sentences.DEDUCTION, lines=True),
    },
)
ITEMS = Level(
    "评价项目的一行",
    {
        **_ID,
        Column.ITEM: Field("name", say.SENTENCE),
        **_POINTS,
        **_AROUND,
        Column.ABSENT: Field("not_applicable", _POLICY),
    },
    {"印发表中列于": Field("printed_under", say.ID)},
)
CRITERIA = Level(
    "条文的一行",
    {
        **_ID,
        **_ASKED,
        **_POINTS,
        **_AROUND,
        Column.ABSENT: Field("not_applicable", _POLICY),
        Column.CLAUSE: Field("clause", say.SENTENCE),
    },
    {"情形": Field("case", say.NAME, lines=True)},
)
ANSWERS = {
    "yes_no": "是否",
    "count": "数量",
    "number": "数值",
    "percent": "百分数",
    "choice": "单选",
    "text": "文字",
    "date": "日期",
}
INPUTS = Level(
    "基本数据的一行",
    {
        **_ID,
        **_ASKED,
        Column.CLASSES: _AROUND[Column.CLASSES],
        Column.NOTE: _AROUND[Column.NOTE],
        Column.KIND: Field("answer", say.words(ANSWERS)),
        Column.MEASURE: Field("unit", say.NAME),
        Column.BANDS: Field("choices", say.NAME, lines=True),
    },
    {"必须大于0": Field("positive", say.FLAG)},
)


class Kind(NamedTuple):
    """One way of scoring; its keys are those of ``rule``."""

    word: str
    columns: Mapping[Column, Field] = {}
    terms: Mapping[str, Field] = {}
    """By the word before the colon in 档次和界限."""
    steps: Field | None = None
    """What the other lines of 档次和界限 are."""


_UNIT = {Column.MEASURE: Field("unit", say.NAME)}
_MEASURED = {
    "数据": Field("of", say.SOURCE),
    "除以": Field("by", say.SOURCE),
    "对照": Field("relative_to", say.RELATIVE),
    "可为负数": Field("negative", say.FLAG),
}
KINDS: Mapping[str, Kind] = {
    "all_or_nothing": Kind("全得或不得"),
    "count": Kind(
        "按数量",
        {Column.EACH: Field("each", say.POINTS), Column.MEASURE: Field("measure", say.NAME)},
        {"同类只计一次": Field("distinct", say.FLAG)},
    ),
    "ladder": Kind("选一档", steps=Field("steps", say.STEP)),
    "bands": Kind("实测分档", _UNIT, _MEASURED, Field("bands", say.BAND)),
    "linear": Kind(
        "逐步增减",
        _UNIT,
        {
            "起点高于": Field("above", say.AMOUNT),
            "起点低于": Field("below", say.AMOUNT),
            "每步": Field("per", say.AMOUNT),
            "每步得": Field("gain", say.POINTS),
            "每步扣": Field("lose", say.POINTS),
            "最少": Field("least", say.POINTS),
            **_MEASURED,
        },
    ),
    "deductions": Kind("扣分", steps=Field("faults", say.FAULT)),
    "completion_rate": Kind("完成率"),
    "judged": Kind("酌情", terms={"每档": Field("step", say.POINTS)}),
    "ratio": Kind(
        "比值",
        _UNIT,
        {
            "分子": Field("of", say.SOURCE),
            "分母": Field("by", say.SOURCE),
            "满分比值": Field("target", say.AMOUNT),
            "反向": Field("reverse", say.FLAG),
        },
    ),
    "either": Kind("取最高"),
    "all_of": Kind("全部做到"),
    "sum": Kind("相加"),
    "branch": Kind("分情形", terms={"依据": Field("on", say.ID)}),
    "granted": Kind("直接得分"),
}
KIND = Field("kind", say.words({kind: entry.word for kind, entry in KINDS.items()}))


class Basic(NamedTuple):
    """One row of 基本情况."""

    field: Field
    told: str
    """What its row says beside the value, and when the value is being entered."""


def _basic(key: str, phrase: Phrase, told: str, *, lines: bool = False, mapping: bool = False) -> Basic:
    return Basic(Field(key, phrase, lines, mapping), told)


TOP: Mapping[str, Basic] = {
    "编号": _basic("id", say.ID, "由字母、数字、点、横线组成，写进每张空表里。"),
    "版本": _basic("version", say.ID, "标准有改动就改，如 2；旧版的表会被认出来。"),
    "名称": _basic("title", say.SENTENCE, "标准的全称。"),
    "文号": _basic("document", say.SENTENCE, "如 示例〔2030〕1号。"),
    "印发单位": _basic("issuers", say.NAME, "一行一个（同一格里换行按 Alt+Enter）。", lines=True),
    "印发日期": _basic("issued", say.DATE, "如 2030-01-02。"),
    "满分": _basic("points", say.POINTS, "不含附加分；等于各评价单元的分值之和。"),
    "达标线": _basic("pass_mark", say.POINTS, "达到这个分数（含）为达标。"),
    "年度目标": _basic(
        "targets", say.TARGET, "到该年底应认定的机关比例，一行一年，如 2020：25%（要带 %）。", mapping=True
    ),
    "单位类别": _basic("scope", say.NAME, "填表时可选的单位类别，一行一类。", lines=True),
    "适用类型": _basic("classes", say.NAME, "分类型的标准才填，一行一类，如 独立办公。", lines=True),
    "时间安排": _basic(
        "calendar",
        say.DEADLINE,
        "一行一项，如 报送自评打分表：每年10月31日（自评报送）；括号里写 报送实施方案、自评报送 或 核查。",
        lines=True,
    ),
    "等级": _basic(
        "grades",
        say.GRADE,
        "只分达标、未达标的不填；从高到低一行一级，如 优秀：95起 或 达标：80起，不到95。",
        lines=True,
    ),
    "不涉及": _basic("not_applicable", _POLICY, "填“不涉及”时怎样算；单条不同的在那一条另写。"),
    "弄虚作假": _basic("forfeit", say.words(FORFEITS), "核查发现虚假时扣除哪些分；不扣的不填。"),
    "总分换算": _basic(
        "scale", sentences.SCALE, "要换算的才填，如 换算为100分，保留1位小数；达标线和等级按换算后的分。"
    ),
    "空项上限": _basic("not_applicable_limit", sentences.LIMIT, "如 超过200分，最高定为二级；没有上限的不填。"),
}

LEVELS = {"units": UNITS, "items": ITEMS, "criteria": CRITERIA, "gates": CRITERIA, "parts": CRITERIA, "inputs": INPUTS}
"""By the key of the list that holds such parts."""
