"""The page in a real browser: it opens without a request or a complaint, and does what a clerk asks of it."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Browser, Locator, Page

from jieyue_cli.report.page.document import render
from jieyue_cli.rubric.source import load
from report.builders import HOSTILE, batch, result, varied
from report.test_calendar import year

from .cities import city, one_form
from .conftest import Open

pytestmark = [pytest.mark.chromium, pytest.mark.slow]
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
MARKED_UP = {"bonus_110", "na_rescaled", "three_classes"}
"""Example standards that have all between them that a page draws: grades, gates, classes, bonus points, 缺项."""
STANDARDS = sorted((Path(__file__).parents[3] / "examples" / "rubrics").glob("*.yaml"))
NASTY = [
    '=HYPERLINK("http://example.com")',
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "</script><b>局</b>",
    "示例\u2028市\u2029局",
    "\u202e示例市\u200f局\x07",
    "示例市🏛️局",
    "长" * 500,
    "示例市局#?&%25",
]


def names(page: Page) -> list[str]:
    return page.locator(".agencies tbody th").all_inner_texts()


def listed(page: Page) -> str:
    return page.locator(".note [role=status]").inner_text()


def column(page: Page, head: str) -> Locator:
    return page.locator(".agencies thead button", has_text=re.compile(f"^{head}"))


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": _TAGS}).response["violations"]
    return [f"{rule['id']}: {rule['help']}" for rule in found]


def test_it_opens_with_the_verdict_first(open_page: Open) -> None:
    page = open_page(render(varied()))
    headings = page.locator("h2").all_inner_texts()
    assert headings[:4] == ["距年度目标还差 1 个机关", "目标进度", "得分分布", "时间安排"]
    assert headings[4:] == ["机关名单和得分", "失分统计", "问题", "没有归到机关的文件"]
    assert names(page)[:3] == ["示例市统计局", "示例市教育局", "示例市水务局"]
    told = page.locator(".years p").first.locator("b, span").all_inner_texts()
    assert told == ["2020 年", "目标 25%，至少 2 个", "已认定 1 / 6，另有自评达标 2 个"]


def test_names_and_files_are_searched(open_page: Open) -> None:
    page = open_page(render(varied()))
    page.fill("#search", "林业局（新")
    assert (names(page), listed(page)) == (["示例市林业局"], "列出 1 个，共 6 个。")
    page.fill("#search", "没有这个")
    assert (names(page), listed(page)) == ([], "列出 0 个，共 6 个。")


def test_every_choice_filters(open_page: Open) -> None:
    page = open_page(render(varied()))
    page.select_option("#state", label="未交表（1）")
    assert names(page) == ["示例市审计局"]
    page.select_option("#state", label="全部（6）")
    page.select_option("#only", label="失分：1.1.1")
    assert names(page) == ["示例市教育局", "示例市水务局"]


def test_a_figure_of_the_lost_points_and_of_the_problems_leads_to_its_agencies(open_page: Open) -> None:
    page = open_page(render(varied()))
    page.get_by_role("button", name="2.2.4 失分的 1 个机关").click()
    assert names(page) == ["示例市水务局"]
    page.locator("#problems + table").get_by_role("row", name="不清楚").get_by_role("button").click()
    assert names(page) == ["示例市档案馆"]


def test_columns_sort_and_say_so(open_page: Open) -> None:
    page = open_page(render(varied()))
    column(page, "总分").click()
    assert names(page)[0] == "示例市档案馆"
    column(page, "总分").click()
    assert names(page)[0] == "示例市统计局"
    directions = page.locator(".agencies thead th").evaluate_all("heads => heads.map(head => head.ariaSort)")
    assert directions[:4] == ["none", "none", "none", "descending"]
    column(page, "单位名称").click()
    assert names(page) == sorted(names(page), key=lambda name: name.encode("gbk"))


def test_items_units_and_criteria_stand_beside_the_names(open_page: Open) -> None:
    page = open_page(render(varied()))
    assert page.locator(".agencies thead th").count() == 6 + 12
    page.select_option("#beside", label="评价单元")
    assert page.locator(".agencies thead th").count() == 6 + 5
    page.select_option("#beside", label="得分点：完善制度体系")
    row = page.locator(".agencies tbody tr", has_text="示例市教育局")
    heads = page.locator(".agencies thead .heat span").all_inner_texts()
    scores = dict(zip(heads, row.locator(".heat").all_inner_texts(), strict=True))
    assert [scores[criterion] for criterion in ("2.1.1", "2.2.3", "2.2.10")] == ["1", "2", "1"]


def test_a_name_leads_to_its_lines_and_back_to_the_same_place(open_page: Open) -> None:
    page = open_page(render(varied()))
    page.get_by_role("link", name="示例市教育局").click()
    page.locator("article h2").wait_for()
    assert page.locator("h2:visible").all_inner_texts() == ["示例市教育局"]
    assert "示例市教育局" in page.title()
    table = page.locator(".lines")
    assert table.locator("tr.lost, tr.got").count() == 42
    assert table.get_by_role("row", name="1.1.1").locator(".reason p").all_inner_texts() == [
        "自评：填“否” → 0 分（自评打分表!G9）",
        "核查：填“否” → 0 分（自评打分表!K9）",
    ]
    page.get_by_label("只看没有得满的").check()
    assert table.locator("tr.got:visible").count() == 0
    page.get_by_role("link", name="← 回到名单").click()
    page.locator("#agencies").wait_for()
    assert page.locator("article").is_hidden()


def test_an_address_with_a_name_opens_that_agency(open_page: Open) -> None:
    page = open_page(render(varied()), "#示例市林业局")
    assert page.locator("h3").all_inner_texts() == ["2020 年度 交表/林业局.xlsx", "2020 年度 交表/林业局（新）.xlsx"]
    assert page.locator(".form").first.get_by_text("几份表不同，都未计入").count() == 1


def test_a_file_that_is_nobodys_has_its_problem(open_page: Open) -> None:
    page = open_page(render(varied()))
    page.get_by_role("link", name="交表/扫描件.pdf.xlsx").click()
    page.locator("article h2").wait_for()
    assert "文件是空的" in page.locator("article").inner_text()


def test_what_the_address_names_and_nobody_is_called_shows_the_list(open_page: Open) -> None:
    page = open_page(render(varied()), "#%E0%A4%A")
    assert page.locator("#agencies").is_visible()


def test_hostile_names_stay_text(open_page: Open) -> None:
    hostile = [*NASTY, HOSTILE]
    forms = [result(name, {"1.1.1": name}, file=f"表{number}.xlsx") for number, name in enumerate(hostile)]
    page = open_page(render(batch(forms, roster=hostile)))
    listed = names(page)
    assert len(listed) == len(hostile)
    for number, shown in enumerate(listed):
        page.locator(".agencies tbody a").nth(number).click()
        page.locator("article h2").wait_for()
        assert page.locator("h2:visible").inner_text() == shown
        assert page.locator("img, b:has-text('局')").count() == 0
        page.get_by_role("link", name="← 回到名单").click()
        page.locator("#agencies").wait_for()


def test_the_keyboard_is_enough(open_page: Open) -> None:
    page = open_page(render(varied()))
    page.focus("#search")
    page.keyboard.type("教育")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "示例市教育局":
            break
    page.keyboard.press("Enter")
    page.locator("article h2").wait_for()
    assert page.evaluate("document.activeElement.tagName") == "H2"


@pytest.mark.parametrize(
    ("anchor", "width", "color_scheme"),
    [
        *(("", 1280, scheme) for scheme in ("light", "dark")),
        *(("#示例市教育局", 1280, scheme) for scheme in ("light", "dark")),
        ("", 390, "light"),
        ("#示例市审计局", 800, "dark"),
    ],
)
def test_axe_finds_nothing_to_mend(open_page: Open, anchor: str, width: int, color_scheme: str) -> None:
    page = open_page(render(varied()), anchor, color_scheme=color_scheme, width=width)
    assert violations(page) == []


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_nothing_is_wider_than_the_window(open_page: Open, width: int) -> None:
    for anchor in ("", "#示例市教育局"):
        page = open_page(render(varied()), anchor, width=width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_head_of_a_column_stays_within_it_however_long_its_name_is(open_page: Open, tmp_path: Path) -> None:
    numbers = count(1)
    text = next(path for path in STANDARDS if path.stem == "half_points").read_text("utf-8")
    longer = re.sub(
        r"^( +)name: .*", lambda match: f"{match[1]}name: {'长' * 57}{next(numbers)}", text, flags=re.MULTILINE
    )
    (tmp_path / "long.yaml").write_text(longer, "utf-8")
    rubric, problems = load(tmp_path / "long.yaml")
    assert rubric is not None, problems
    page = open_page(render(one_form(rubric, 3)))
    heads = page.locator(".agencies th:has(.upright)").all()
    assert heads
    for head in heads:
        column, name = head.bounding_box(), head.locator(".upright").bounding_box()
        assert column
        assert name
        assert column["x"] <= name["x"] <= name["x"] + name["width"] <= column["x"] + column["width"]


def test_without_scripts_the_summary_is_there_and_says_what_is_missing(open_page: Open) -> None:
    page = open_page(render(varied()), javascript=False)
    text = page.locator("body").inner_text()
    assert "距年度目标还差 1 个机关" in text
    assert "浏览器没有运行脚本" in text
    assert page.locator("#waiting").is_hidden()


@pytest.mark.parametrize("path", STANDARDS, ids=lambda path: path.stem)
def test_every_kind_of_standard_is_drawn(open_page: Open, path: Path) -> None:
    rubric, problems = load(path)
    assert rubric is not None, problems
    findings = one_form(rubric, 3)
    page = open_page(render(findings), "#示例市财政局")
    card = findings.results[0].self
    assert card is not None
    assert page.locator(".lines tr.lost, .lines tr.got").count() == len(card.lines) + len(card.gates)
    if path.stem in MARKED_UP:
        assert violations(page) == []


@pytest.mark.parametrize("agencies", [60, 1000, pytest.param(10_000, marks=pytest.mark.long)])
def test_many_agencies_are_searched_sorted_opened_and_printed(open_page: Open, agencies: int) -> None:
    page = open_page(render(city(agencies)))
    assert listed(page) == f"列出 {agencies} 个，共 {agencies} 个。"
    assert page.locator(".agencies tbody tr").count() < 80
    last = f"测试第{agencies - 1:06d}号"
    page.fill("#search", last)
    (name,) = names(page)
    page.fill("#search", "")
    column(page, "核查").click()
    page.locator(".scroller").evaluate("element => element.scrollTo(0, element.scrollHeight)")
    page.wait_for_function("document.querySelector('.scroller').scrollTop > 0")
    page.locator(f".agencies tr[aria-rowindex='{agencies + 1}']").wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".paper tbody tr").count() == agencies
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".paper").count() == 0
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.goto(page.url + f"#{name}")
    page.locator("article h2").wait_for()
    assert page.locator(".lines tr.lost, .lines tr.got").count() == 42


def test_a_batch_of_nothing_opens(open_page: Open) -> None:
    page = open_page(render(batch([])))
    assert page.locator("h2").first.inner_text() == "没有机关"


@pytest.mark.parametrize(
    ("attempt", "directive"),
    [
        (
            "document.body.append(Object.assign(document.createElement('script'), {textContent: 'alert(1)'}))",
            "script-src",
        ),
        ("document.body.append(Object.assign(new Image(), {src: 'https://example.invalid/a.png'}))", "img-src"),
        ("document.body.setAttribute('style', 'color: red')", "style-src"),
        ("fetch('https://example.invalid/').catch(() => null)", "connect-src"),
    ],
)
def test_what_the_policy_forbids_is_refused(browser: Browser, tmp_path: Path, attempt: str, directive: str) -> None:
    file = tmp_path / "结果.html"
    file.write_bytes(render(varied()))
    with browser.new_page() as page:
        page.goto(file.as_uri())
        refused = page.evaluate(
            f"""() => new Promise((done) => {{
                addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
                {attempt};
            }})"""
        )
    assert refused.startswith(directive)


def test_who_was_late_has_its_days_in_the_list_and_its_dates_above_its_forms(open_page: Open) -> None:
    page = open_page(render(year()))
    column(page, "迟交").click()
    assert names(page)[0] == "乙局"
    page.get_by_role("link", name="乙局").click()
    page.locator("article .facts div").first.wait_for()
    told = page.locator("article .facts div").all_inner_texts()
    assert [fact.split("\n") for fact in told][-6:] == [
        ["级别", "市"],
        ["批次年度", "2020"],
        ["实施方案报送日期", "2020-08-25"],
        ["填报日期", "2020-11-03"],
        ["迟交", "3 天"],
        ["核查日期", "2020-11-06"],
    ]
