"""总分换算 and 空项上限 in every output: the same figures, and the step that leads to them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import openpyxl
import pytest

from any_form import Filled, book_of, scored
from jieyue_cli.agencies.account import account_of
from jieyue_cli.agencies.tally import Tally
from jieyue_cli.assessment import Result
from jieyue_cli.report.console.batch import batch_view
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.formats import FORMATS
from jieyue_cli.report.letters import agency
from jieyue_cli.report.letters.kinds import KINDS
from jieyue_cli.report.page.data import data
from jieyue_cli.rubric.model import Rubric
from program import Call
from rubric.any_rubric import loaded
from scoring.standards import Data, criterion, item, unit, written

from .builders import printed

JUDGED = {"kind": "judged", "step": "0.25"}
STANDARD: Data = written(
    unit("1", item("A", criterion("A1", "300", rule=JUDGED))),
    unit("2", item("B", criterion("B1", "150", not_applicable="full"), criterion("B2", "50"))),
    passing="80",
    scale={"points": 100, "decimals": 1},
    not_applicable_limit={"points": "100", "otherwise": "二级"},
    grades=[
        {"name": "一级", "from": "85"},
        {"name": "二级", "from": "80", "below": "85"},
        {"name": "不合格", "from": "0", "below": "80"},
    ],
)
STEP = "得分 432.25 ÷ 满分 500 × 100，四舍五入保留 1 位 → 86.5 分"
ABOVE = "空项分值合计 150 分，超过 100 分，最高定为二级"
ANSWERS = {"A1": 232.25, "B1": "不涉及", "B2": "是"}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return loaded(STANDARD)


@pytest.fixture
def place(tmp_path: Path, rubric: Rubric) -> Path:
    """A folder with the standard and a form of 432.25 points of 500, of which 150 are 不涉及."""
    (tmp_path / "标准.yaml").write_text(json.dumps(STANDARD, ensure_ascii=False), "utf-8")
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "甲.xlsx").write_bytes(book_of(rubric, Filled(None, ANSWERS, {})))
    return tmp_path


def test_the_console_says_how_the_total_came_about(place: Path, call: Call) -> None:
    told = call("score", place / "表" / "甲.xlsx", "--rubric", place / "标准.yaml").out
    before, _, rest = told.partition("结论    ")
    assert "标准    示例，满分 100 分（由 500 分换算），80 分（含）以上达标\n" in before
    assert (
        rest
        == f"""二级（达标）　自评 86.5 分
依据    自评（尚未核查，认定以核查得分为准）
必须    {ABOVE}
不涉及  B1，不涉及按满分计，共 150 分
换算    {STEP}

评价单元和项目  分值    自评
----------------------------
第1部分          300  232.25
  第A部分        300  232.25
第2部分          200     200
  第B部分        200     200
----------------------------
总分（换算后）   100    86.5

"""
    )


@pytest.mark.parametrize("kind", ["markdown", "json", "csv"])
def test_other_texts_say_the_same(place: Path, call: Call, kind: str) -> None:
    out = call("score", place / "表" / "甲.xlsx", "--rubric", place / "标准.yaml", "--format", kind).out
    match kind:
        case "markdown":
            assert f"- 换算：{STEP}" in out
            assert f"- 必须：{ABOVE}" in out
            assert "| 总分（换算后） | 100 | 86.5 |" in out
        case "json":
            card = json.loads(out)["results"][0]["self"]
            assert {key: card[key] for key in ("total", "at_most", "points", "verdict", "grade", "scale")} == {
                "total": 86.5,
                "at_most": 86.5,
                "points": 100,
                "verdict": "pass",
                "grade": "二级",
                "scale": {"raw": 432.25, "of": 500, "points": 100, "decimals": 1},
            }
            assert sum(each["score"] for each in card["units"]) == card["scale"]["raw"]
            assert card["requirements"] == [
                {"id": "空项上限", "text": "空项分值合计不超过 100 分", "reach": "limit", "met": False}
            ]
        case _:
            head, row = (line.split(",") for line in out.lstrip("\ufeff").splitlines())
            cells = dict(zip(head, row, strict=True))
            assert {key: cells[key] for key in ("自评总分", "第1部分（自评）", "没有做到的（自评）")} == {
                "自评总分": "86.5",
                "第1部分（自评）": "232.25",
                "没有做到的（自评）": "空项上限",
            }


@pytest.fixture(scope="module")
def findings(rubric: Rubric) -> Findings[Result]:
    """A batch of that one form."""
    result = scored(rubric, book_of(rubric, Filled(None, ANSWERS, {})))
    tally = Tally()
    tally.add(result)
    return Findings(rubric, [result], account_of(rubric, tally, None, None, 2030))


def rendered(findings: Findings[Result], name: str, command: str) -> bytes:
    (form,) = (form for form in FORMATS if form.name == name and command in (*form.commands, *form.writers))
    return form.render(findings)


def test_the_screen_of_a_batch_names_the_scale_and_who_is_above_the_limit(findings: Findings[Result]) -> None:
    shown = printed(batch_view(findings))
    assert shown.startswith("\n2030 年度排名（示例，80 分（含）以上达标，总分由 500 分换算为 100 分）\n")
    assert f"- 示例市财政局：{ABOVE}\n" in shown


def test_the_workbook_of_a_batch_says_how_its_totals_came_about(findings: Findings[Result]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered(findings, "results", "batch")))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert [text for text in texts if STEP in text] == [f"B1，不涉及按满分计，共 150 分；{STEP}；{ABOVE}"]
    assert set(texts) >= {
        "示例（示例），80 分（含）以上达标，总分由 500 分换算为 100 分",
        "得分 ÷ 满分 500 × 100，四舍五入保留 1 位",
        "80 分（含），按换算后的总分比较",
        "空项分值合计不超过 100 分，超过的最高定为二级",
    }
    ranking = next(sheet for sheet in book if sheet.title == "排名")
    assert {86.5, 232.25, 200} <= {cell.value for row in ranking.iter_rows() for cell in row}


def test_the_page_tells_it_of_the_form(findings: Findings[Result]) -> None:
    assert findings.account is not None
    made = data(findings, findings.account)
    assert (made.mark, made.distribution[-1].end) == ("80", "100")
    assert made.texts[-2:] == [ABOVE, f"换算：{STEP}"]
    side = made.forms[0].claimed
    assert side is not None
    assert (side.total, side.units) == ("86.5", ("232.25", "200"))


def test_the_feedback_tells_the_agency(findings: Findings[Result]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(rendered(findings, "feedback", "score")))
    rows = [row for row in book["反馈"].iter_rows(max_col=5, values_only=True) if row[0]]
    facts = {row[0]: row[1] for row in rows}
    assert (facts["总分"], facts["必须"], facts["换算"]) == (
        "自评 86.5 分（满分 100 分（由 500 分换算））",
        ABOVE,
        STEP,
    )


STATED = [
    ("the total that is converted", "86.5", []),
    ("the sum that is not yet converted", "432.25", []),
    ("neither", "86.4", ["total-disagrees"]),
]


@pytest.mark.parametrize(("figure", "told"), [pytest.param(*case[1:], id=case[0]) for case in STATED])
def test_a_total_written_by_hand_may_be_on_either_scale(rubric: Rubric, figure: str, told: list[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["单位名称", "示例市财政局"])
    sheet.append(["评价年度", max(rubric.targets)])
    sheet.append(["评价项目", "评价标准", "分值", "自评得分"])
    for each, points in zip(rubric.criteria, (232.25, 150, 50), strict=True):
        sheet.append([each.id, each.text, float(each.points), points])
    sheet.append(["总分", None, 500, float(figure)])
    stream = io.BytesIO()
    book.save(stream)
    result = scored(rubric, stream.getvalue())
    slugs = [problem.code.slug for problem in result.problems]
    assert [slug for slug in slugs if slug not in {"typed-table", "category-missing"}] == told
    assert result.self is not None
    assert float(result.self.total) == 86.5


@pytest.mark.parametrize("kind", ["整改通知", "自评报告"])
def test_letters_about_an_agency_tell_it(findings: Findings[Result], kind: str) -> None:
    (placeholders,) = (chosen.placeholders for chosen in KINDS if chosen.name == kind)
    told = next(placeholder for placeholder in placeholders if placeholder.name == "其他事项")
    (letter,) = agency.letters(findings, (told,), lambda _: "")
    facts = letter.facts["其他事项"]
    assert isinstance(facts, list)
    assert [(fact["名称"], fact["内容"]) for fact in facts] == [
        ("必须", ABOVE),
        ("不涉及", "B1，不涉及按满分计，共 150 分"),
        ("换算", STEP),
    ]
