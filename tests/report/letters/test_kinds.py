"""Each kind of letter: who gets one and why others do not, and all that it says."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from jieyue_cli.assessment import Result
from jieyue_cli.problems import Code
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters.kinds import KINDS, Kind
from jieyue_cli.report.letters.placeholders import Letter, Placeholder
from jieyue_cli.report.letters.rendering import render
from report.builders import RUBRIC, batch, result, unreadable, varied
from report.letters.paper import faults_in, printed, read
from report.letters.words import words

BY_NAME = {kind.name: kind for kind in KINDS}
BELOW = {"1.1.1": "否", "2.2.3": "0", "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"}
BY = "对照《高平市节约型机关评价标准》（高能源发〔2020〕42号）"
DATE = "　　　　年　　月　　日"
PARTIAL = {criterion.id: "" for criterion in RUBRIC.criteria} | {"1.1.1": "是"}


def letters(kind: str, findings: Findings[Result]) -> dict[str, Letter]:
    return {letter.name: letter for letter in BY_NAME[kind].letters(findings)}


def reasons(kind: str, findings: Findings[Result]) -> dict[str, str]:
    return {name: letter.reason for name, letter in letters(kind, findings).items()}


def text(kind: str, findings: Findings[Result], name: str | None = None) -> str:
    """The whole letter, by our own template."""
    (made,) = render(BY_NAME[kind].template(), [letters(kind, findings)[name or kind].facts], 1)
    assert isinstance(made, bytes)
    return words(made)


def all_sorts() -> Findings[Result]:
    """An agency for every reason to write or not to write."""
    return batch(
        [
            result("甲局", {}, {"1.1.1": "否"}),
            result("乙局", {}, BELOW),
            result("丙局", BELOW),
            result("丁局"),
            result("戊局", {}, PARTIAL),
            result("己局", dict.fromkeys((criterion.id for criterion in RUBRIC.criteria), "")),
            result(
                "庚局", {"1.1.1": "不清楚", "5.1.1": "0", "2.2.5": "否", "2.2.4": "否", "3.2.1": "否", "4.1.1": "否"}
            ),
            result("辛局", {}, {}, year=2019),
            unreadable("交表/壬局.xlsx", Code.FILE_EMPTY.at()),
            result("客局"),
        ],
        roster=["甲局", "乙局", "丙局", "丁局", "戊局", "己局", "庚局", "辛局", "癸局"],
    )


def test_feedback_goes_to_whoever_is_verified() -> None:
    assert reasons("反馈函", all_sorts()) == {
        "甲局": "",
        "乙局": "",
        "丙局": "未核查",
        "丁局": "未核查",
        "戊局": "核查未完成 1/42",
        "己局": "空表",
        "庚局": "未核查",
        "辛局": "没有交这一年的表",
        "癸局": "没有交这一年的表",
        "客局": "不在名录，未计入",
    }


def test_a_notice_goes_to_whoever_has_something_to_mend() -> None:
    assert reasons("整改通知", all_sorts()) == {
        "甲局": "达标，表中没有错误",
        "乙局": "",
        "丙局": "",
        "丁局": "自评达标，表中没有错误",
        "戊局": "核查未完成 1/42",
        "己局": "空表",
        "庚局": "",
        "辛局": "没有交这一年的表",
        "癸局": "没有交这一年的表",
        "客局": "不在名录，未计入",
    }


def test_a_draft_goes_to_whoever_has_filled_in_a_form() -> None:
    without = {name: reason for name, reason in reasons("自评报告", all_sorts()).items() if reason}
    assert without == {
        "己局": "空表",
        "辛局": "没有交这一年的表",
        "癸局": "没有交这一年的表",
        "客局": "不在名录，未计入",
    }


def test_without_a_roster_everybody_who_handed_in_is_asked_for() -> None:
    assert reasons("反馈函", batch([result("甲局", {}, {}), result("乙局")])) == {"甲局": "", "乙局": "未核查"}


@pytest.mark.slow
def test_the_whole_of_a_feedback_letter() -> None:
    lost = RUBRIC.by_id["1.1.1"].text
    why = "自评：填“是” → 9 分（自评打分表!G9）；核查：填“否” → 0 分（自评打分表!K9）"
    digest = hashlib.sha256(ascii("交表/甲局.xlsx").encode()).hexdigest()[:16]
    assert text("反馈函", all_sorts(), "甲局") == "\n".join(
        [
            "关于甲局2020年度",
            "节约型机关评价核查结果的反馈函",
            "甲局：",
            f"{BY}，已对你单位2020年度的自评情况完成核查，现将结果反馈如下。",
            "核查结果",
            "核查得分 91 分，自评得分 100 分（满分 100 分，80 分（含）以上达标），结论：达标。",
            "没有得满分或核查与自评不一致的条目",
            "| 编号 | 评价标准 | 分值 | 自评 | 核查 | 原因",
            f"| 1.1.1 | {lost} | 9 | 9 | 0 | {why}",
            f"本函依据你单位交回的表“甲局.xlsx”（SHA-256 校验码前 16 位：{digest}）。",
            "　",
            "（印章）",
            DATE,
        ]
    )


@pytest.mark.slow
def test_the_notice_says_what_to_mend_and_leaves_the_date_open() -> None:
    said = text("整改通知", varied(), "示例市档案馆")
    assert "评价结论为：待更正。自评得分 77～86 分（满分 100 分，80 分（含）以上达标）。" in said
    assert f"请于{DATE}前完成下列事项" in said
    assert "注意：自评未填报 1 条，无法采信 1 条。" in said
    assert "| 1 | 自评打分表!G7（1.1.1） | “不清楚”不是“是”或“否”，本条不计分，请从下拉列表中选择。" in said
    assert "最省力的达标途径：还差 3 分，做到以下 1 条即可。另有 4 条没有得满，还可增 14 分。" in said


@pytest.mark.slow
def test_a_notice_about_files_that_do_not_count_states_no_score() -> None:
    said = text("整改通知", varied(), "示例市林业局")
    assert "评价结论为：几份表不同，都未计入。请于" in said
    assert "得分" not in said.partition("表中要更正的问题")[0]
    assert "交表/" not in said
    assert said.count("请只保留正确的一份") == 2
    assert "本通知依据你单位交回的表“林业局.xlsx、林业局（新）.xlsx”。" in said


@pytest.mark.slow
def test_a_withdrawn_recognition_is_said() -> None:
    earlier = result("甲局", {}, {}, year=2020)
    later = result("甲局", {}, BELOW, year=2021, file="交表/甲局2021.xlsx")
    said = text("反馈函", batch([earlier, later], roster=["甲局"], year=2021), "甲局")
    assert "结论：未达标。" in said
    assert "备注：2020 年认定，2021 年核查未达标。" in said


@pytest.mark.slow
def test_the_draft_says_units_claims_and_what_is_not_claimed() -> None:
    said = text("自评报告", batch([result("甲局", {"1.1.1": "", "5.1.1": "1"})]), "甲局").splitlines()
    assert said[:2] == ["甲局2020年度", "节约型机关创建自评报告（草稿）"]
    assert "自评得分 89 分（满分 100 分，80 分（含）以上达标），自评结论：达标。" in said
    assert "注意：自评未填报 1 条。" in said
    assert "| 1 | 强化目标管理 | 9 | 0" in said
    assert "开展宣传教育（15 / 17 分）" in said
    assert any(re.fullmatch(r"\| 5\.1\.1 \| .* \| 1 \| 2 \| ", line) for line in said)
    assert any(re.fullmatch(r"\| 1\.1\.1 \| .* \| 9 \| 0 \| 未填报 → 0 分（自评打分表!G9）", line) for line in said)


@pytest.mark.slow
def test_the_notice_to_the_public_lists_this_years_and_earlier_agencies() -> None:
    said = text("公示", batch([result("甲局", {}, {}), result("乙局", {}, {}, year=2019)], roster=["甲局", "乙局"]))
    assert said.splitlines()[1:] == [
        f"{BY}，经核查，下列 1 个机关2020年度达标。以前年度认定、现在仍有效的 1 个机关一并列出。现予公示。",
        "公示期：　　　　年　　月　　日至　　月　　日。对名单有异议的，请在公示期内反映。",
        "2020年度认定的机关",
        "| 序号 | 单位名称 | 单位类别",
        "| 1 | 甲局 | 行政机关",
        "以前年度认定的机关",
        "| 序号 | 单位名称 | 单位类别 | 认定年度",
        "| 1 | 乙局 | 行政机关 | 2019",
        "联系电话：　　　　　　　　　　联系地址：",
        "　",
        "（印章）",
        DATE,
    ]


def test_nothing_is_published_where_nobody_is_recognised() -> None:
    assert reasons("公示", batch([result("甲局")])) == {"公示": "没有已认定的机关"}


@pytest.mark.slow
def test_the_report_upward_gives_every_rate_with_its_numerator_and_denominator() -> None:
    said = text("进度报告", varied()).splitlines()
    assert said[2].endswith(
        "评价，机关总数 6 个（来自名录），已认定节约型机关 1 个，认定率 16.7%（1 / 6）。"
        "2020年度目标为 25%（6 个机关中至少 2 个），还差 1 个。自评达标、等待核查的机关 2 个，没有算在认定率中。"
    )
    assert "本年认定 1 个：示例市教育局。" in said
    assert "未交表 1 个：示例市审计局。" in said


@pytest.mark.slow
def test_a_report_without_a_target_or_roster_does_not_claim_any() -> None:
    said = text("进度报告", batch([result("甲局", year=2019)], year=2019))
    assert "年度目标为" not in said
    assert "机关总数 1 个（来自已交表的单位（没有名录，仅供参考））" in said


def test_a_report_needs_a_year() -> None:
    findings = batch([unreadable("交表/坏.xlsx", Code.FILE_EMPTY.at())], year=None)
    assert reasons("进度报告", findings) == {"进度报告": "没有读到评价年度，请用 --year 指定"}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_placeholders_are_words_with_a_meaning_and_none_is_declared_twice(kind: Kind) -> None:
    def sound(placeholders: Sequence[Placeholder]) -> None:
        names = [placeholder.name for placeholder in placeholders]
        assert len(set(names)) == len(names)
        for placeholder in placeholders:
            assert placeholder.name.isidentifier()
            assert placeholder.meaning
            sound(placeholder.each)

    sound(kind.placeholders)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_kind_is_a_sound_document(kind: Kind, tmp_path: Path) -> None:
    letter = next(letter for letter in kind.letters(varied()) if not letter.reason)
    (made,) = render(kind.template(), [letter.facts], 1)
    assert isinstance(made, bytes)
    assert faults_in(made, tmp_path) == []


@pytest.mark.slow
@pytest.mark.libreoffice
@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext (poppler) is not installed")
def test_libreoffice_prints_every_kind_whole(tmp_path: Path) -> None:
    letters = [next(letter for letter in kind.letters(varied()) if not letter.reason) for kind in KINDS]
    made = [next(iter(render(kind.template(), [letter.facts], 1))) for kind, letter in zip(KINDS, letters, strict=True)]
    documents = [document for document in made if isinstance(document, bytes)]
    assert len(documents) == len(KINDS)
    for document, page in zip(documents, printed(tmp_path, *documents), strict=True):
        paper = re.sub(r"\s", "", read(page, "-layout"))
        for paragraph in words(document).splitlines():
            if not paragraph.startswith("|"):
                assert re.sub(r"\s", "", paragraph) in re.sub("—[0-9]+—", "", paper)


def test_a_progress_report_tells_whom_the_roster_leaves_out() -> None:
    told = text(
        "进度报告", batch([result("甲局")], ["甲局"], outside={"乙局": "垂管", "丙局": "已撤并", "丁局": "垂管"})
    )
    assert "不参评\t3\t名录写明，不在机关总数中：垂管 2 个、已撤并 1 个" in told.replace(" | ", "\t")
    assert "名录写明不参评（垂管）2 个，不在机关总数中：乙局、丁局。" in told
    assert "名录写明不参评（已撤并）1 个，不在机关总数中：丙局。" in told
    assert "不参评" not in text("进度报告", batch([result("甲局")], ["甲局"]))
