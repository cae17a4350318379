"""docs/office/questions.md lists every sentence of ``problems.py``: what was seen, how to mend it, severity and code.

The list is made from the code. After a change to a sentence, write it anew and read the difference:

    JIEYUE_WRITE_EXAMPLES=1 .venv/bin/python -m pytest tests/docs/test_questions.py
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from docs.pages import ROOT
from jieyue_cli import problems
from jieyue_cli.problems import Code, Severity
from jieyue_cli.rubric.rules.base import Rule

PAGE = ROOT / "docs" / "office" / "questions.md"
WRITE = "JIEYUE_WRITE_EXAMPLES" in os.environ
BEGIN, END = "<!-- every problem: begin -->\n", "<!-- every problem: end -->\n"

HEADINGS = {
    "Files that are read": "读文件",
    "Sheets of a workbook": "工作簿里的工作表",
    "Folders and what lies in them": "文件夹",
    "Reading that was given up": "没有读完的",
    "Archives": "压缩包",
    "Files the program writes": "写结果",
    "Feedback that goes back to an agency": "发回去的反馈",
    "Letters and their templates": "函和函的模板",
    "The form": "自评打分表",
    "The rows of the form": "表的各行",
    "From an old form to a new one": "旧表转到新表",
    "The published table, typed by hand": "手工填写的标准表",
    "Scores that somebody typed": "手工填写的分数",
    "Who handed it in": "单位、类别、年度、日期",
    "Answers": "填报的内容",
    "Cells that are computed": "公式",
    "What the form states against what is computed": "表中的得分和算出的不同",
    "Verification": "核查",
    "Between the files of a batch": "几份表之间",
    "The roster": "名录",
    "The calendar": "标准的时间安排",
    "Evidence": "佐证材料",
    "Visits and checking forms": "核查名单和核查表",
    "The ledger": "台账",
    "Comparing": "对比",
    "The rubric's file; the cell of a rubric's location is line:column": "标准文件",
    "The rubric's keys and values": "标准的各项和值",
    "The rubric's points and rules": "标准的分值和计分方式",
    "The rubric's grades and marks": "标准的等级、达标线、年度目标",
    "The rubric's names and ids": "标准的名称和编号",
    "A rubric that extends another": "在另一个标准上改",
    "A rubric in a spreadsheet": "用表格写的标准",
    "A published table that a standard is made from": "由印发的表写成的标准",
}
"""The groups of the enum, as their comments name them."""

TOLD = {
    ("ANSWER_NOT_APPLICABLE", "instead"): Rule.instead,
    ("ANSWER_NOT_APPLICABLE", "worth"): " 0 分",
    ("ANSWER_PARTLY_ABSENT", "cure"): "整条不涉及的，请在各行都填“不涉及”，否则请填实际的值",
    ("ANSWER_TOO_SMALL", "least"): " 0 或更大的数",
    ("CARRY_FIELD", "label"): "单位类别",
    ("DATE_INVALID", "label"): "填报日期",
    ("FORM_HIDDEN", "what"): "有的行、列或工作表",
    ("FORM_OTHER_VERSION", "age"): "（旧版）",
    ("LEDGER_BROKEN", "why"): "与上一行接不上",
    ("LEDGER_NOTE", "what"): "要撤销“…”的认定",
    ("LEDGER_NOT_RECORDED", "what"): "台账中没有 … 年",
    ("LETTER_FAILED", "why"): "内存不够或异常中断",
    ("LETTER_FORBIDDEN", "what"): "用这种循环",
    ("LETTER_NONE", "kind"): "整改通知",
    ("RUBRIC_EXTENDS_UNKNOWN", "use"): "不能在它上面改",
    ("RUBRIC_PARTS", "why"): "“either”由几条组成，却没有写 parts",
    ("RUBRIC_NO_PLACE", "holder"): "评价项目",
    ("RUBRIC_PARENT", "holder"): "评价单元",
    ("RUBRIC_SYNTAX", "hint"): "请检查缩进、引号、括号是否成对，冒号后是否有空格",
    ("RUBRIC_UNSAYABLE", "form"): "表格",
    ("RUBRIC_UNUSED", "called"): "评价单元的一行",
    ("RUBRIC_UNKNOWN_KEY", "hint"): "请删除它，或对照标准文件改正。",
    ("RUBRIC_VALUE", "expected"): " …",
    ("RUBRIC_VALUE", "seen"): " … ",
    ("ROSTER_CODE", "fault"): "不是 18 位",
    ("SCORE_DISAGREES", "what"): "自评得分",
    ("SUBMISSION_COPIED", "unlike"): "佐证材料不同",
    ("SUBMISSION_SUPERSEDED", "state"): "已完成核查",
    ("TOTAL_DISAGREES", "what"): "总分",
    ("TYPED_COARSE", "why"): "跨了几个评价项目",
    ("TYPED_ONLY_SUM", "what"): "小计",
    ("VERIFICATION_PARTIAL", "cure"): "在“核查完成”中改选“已完成”的一种",
    ("VERIFICATION_UNSIGNED", "what"): "核查人、核查日期",
    ("YEAR_INVALID", "seen"): "“…”",
}
"""An example for a blank that a sentence cannot be read without; the others are shown as 「…」."""

_SENTENCE_PARTS = re.compile(r"[，；。]")
_SHELTERED = re.compile(r"“[^”]*”|（[^（）]*）")
_CONDITION = re.compile(r"^[如要确]")
_DONE = re.compile(r"已(?!经)")


class _Blanks(dict[str, str]):
    def __init__(self, code: Code) -> None:
        super().__init__({blank: words for (name, blank), words in TOLD.items() if name == code.name})

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: Code) -> str:
    """What the clerk reads, with dots for what differs from case to case."""
    return code.template.format_map(_Blanks(code))


def split(text: str) -> tuple[str, str]:
    """Cause and cure of a sentence; the cure is empty where there is nothing to do.

    The cure begins with the clause that asks (请), and with the condition before it (如…, 要…, 确…). After a semicolon
    everything is the cure, unless the program says there what it has done itself (已…). Where nothing is asked, what is
    offered after a semicolon is the cure.
    """
    plain = _SHELTERED.sub(lambda match: "·" * len(match[0]), text)
    asks = plain.find("请")
    if asks < 0:
        cause, *offers = re.split("；(?=也可以|最好)", text)
        return (f"{cause}。", offers[0]) if offers else (text, "")
    stops = [0, *(stop.end() for stop in _SENTENCE_PARTS.finditer(plain[:asks]))]
    while len(stops) > 1 and plain[stops[-1] - 1] != "；" and _CONDITION.search(plain[stops[-2] : stops[-1] - 1]):
        stops.pop()
    semicolon = plain.rfind("；", 0, asks) + 1
    begin = semicolon if semicolon and not _DONE.match(plain, semicolon) else stops[-1]
    return re.sub("[，；]$", "。", text[:begin]), text[begin:]


def groups() -> Iterator[tuple[str, list[Code]]]:
    """The enum's codes under the comments that head them."""
    source = Path(problems.__file__).read_text("utf-8")
    inside = source[source.index("class Code(Enum)") : source.index("    @property\n    def slug")]
    found = re.findall(r"^    # (?P<heading>.+)$|^    (?P<name>[A-Z0-9_]+) = \(", inside, re.MULTILINE)
    heading, codes = "", list[Code]()
    for comment, name in found:
        if comment:
            if codes:
                yield heading, codes
            heading, codes = comment, []
        else:
            codes.append(Code[name])
    yield heading, codes


def rows(codes: list[Code]) -> Iterator[str]:
    for code in codes:
        cause, cure = (part.replace("|", r"\|") for part in split(sentence(code)))
        yield f"| {cause} | {cure or '不用处理'} | {code.severity.chinese} `{code.slug}` |"


def listing() -> str:
    """The part of the page between its marks."""
    head = ("", "| 提示 | 怎样办 | 轻重、代码 |", "|---|---|---|")
    tables = ("\n".join((f"### {HEADINGS[heading]}", *head, *rows(codes))) for heading, codes in groups())
    many = Counter(code.severity for code in Code)
    counts = "、".join(f"{severity.chinese} {many[severity]} 句" for severity in Severity)
    return f"\n一共 {len(Code)} 句：{counts}。\n\n" + "\n\n".join(tables) + "\n\n"


def test_every_group_has_a_heading_that_a_clerk_reads() -> None:
    assert [heading for heading, _ in groups()] == list(HEADINGS)
    assert [code for _, codes in groups() for code in codes] == list(Code)


def test_every_problem_is_listed_as_the_program_says_it() -> None:
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    whole = f"{before}{BEGIN}{listing()}{END}{after}"
    if WRITE:
        PAGE.write_text(whole, "utf-8", newline="\n")
    assert PAGE.read_text("utf-8") == whole


@pytest.mark.parametrize(
    ("text", "cause", "cure"),
    [
        ("名录分 2 栏并排，已读取。", "名录分 2 栏并排，已读取。", ""),
        ("文件是空的，请重新发送。", "文件是空的。", "请重新发送。"),
        ("缺少一行，请补上；没有填 0。", "缺少一行。", "请补上；没有填 0。"),
        ("文件已存在，没有覆盖；要换请加 --force。", "文件已存在，没有覆盖。", "要换请加 --force。"),
        ("有人打开着；已跳过，请关闭。", "有人打开着；已跳过。", "请关闭。"),
        ("没有这一列，按没有核查读取；已经核查的，请恢复。", "没有这一列，按没有核查读取。", "已经核查的，请恢复。"),
        ("文件里没有它的内容；没有填的请留着。", "文件里没有它的内容。", "没有填的请留着。"),
        ("原有的反馈已经换成新的，请不要再用。", "原有的反馈已经换成新的。", "请不要再用。"),
        ("没有这个标准，内置的有一个；也可以给出路径。", "没有这个标准，内置的有一个。", "也可以给出路径。"),
        ("“请填写”不是名称（请看），请更正。", "“请填写”不是名称（请看）。", "请更正。"),
    ],
)
def test_a_sentence_is_split_where_it_begins_to_ask(text: str, cause: str, cure: str) -> None:
    assert split(text) == (cause, cure)


def test_whatever_does_not_count_can_be_mended() -> None:
    assert [code.name for code in Code if code.severity is Severity.ERROR and not split(sentence(code))[1]] == []


def test_every_example_stands_for_a_blank() -> None:
    assert [f"{name}, {blank}" for name, blank in TOLD if f"{{{blank}}}" not in Code[name].template] == []


def test_no_sentence_loses_a_word_when_it_is_split() -> None:
    whole = {code: sentence(code) for code in Code}
    assert {code: re.sub(r"[，；。]", "", "".join(split(text))) for code, text in whole.items()} == {
        code: re.sub(r"[，；。]", "", text) for code, text in whole.items()
    }
