"""``jieyue letter``: letters are written whole, beside what failed, and never over what somebody has edited."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from jieyue_cli import interruption
from jieyue_cli.assessment import Result
from jieyue_cli.batch.run import Run
from jieyue_cli.report.letters.document import document
from jieyue_cli.report.letters.kinds import KINDS, Kind
from program import Call
from report.letters.words import words
from returns import Answers, hand_in, returned

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[2] / "examples"
CITY = EXAMPLES / "city"
GOOD = EXAMPLES / "good-city"
ROOT = getattr(os, "geteuid", lambda: 1)() == 0
BELOW: Answers = {"1.1.1": "否", "2.2.3": 0, "2.2.4": "否", "2.2.5": "否", "3.2.1": "否"}


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Two verified forms and one that is not."""
    folder = tmp_path / "交表"
    hand_in(folder, "示例市统计局")
    (folder / "a.xlsx").write_bytes(returned("示例市财政局", {}, BELOW))
    (folder / "b.xlsx").write_bytes(returned("示例市<教育>局 & 分局", {}, {}))
    return tmp_path


def test_one_letter_an_agency(call: Call, office: Path) -> None:
    ran = call("letter", "反馈函", "交表", "-o", "函")
    assert (ran.code, ran.out) == (0, "")
    assert sorted(path.name for path in (office / "函").iterdir()) == [
        "示例市_教育_局 & 分局-反馈函.docx",
        "示例市财政局-反馈函.docx",
    ]
    assert "没有写反馈函：未核查（示例市统计局）" in ran.err
    assert f"已写入 {Path('函')} 中的 2 份反馈函" in ran.err
    letter = (office / "函" / "示例市_教育_局 & 分局-反馈函.docx").read_bytes()
    assert words(letter).splitlines()[2] == "示例市<教育>局 & 分局："
    first = {path.name: path.read_bytes() for path in (office / "函").iterdir()}
    assert call("letter", "反馈函", "交表", "-o", "又").code == 0
    assert {path.name: path.read_bytes() for path in (office / "又").iterdir()} == first


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.agencies], ids=lambda kind: kind.name)
@pytest.mark.parametrize(("returns", "code"), [(GOOD / "returns", 0), (CITY / "2020", 1)], ids=["good", "city"])
def test_letters_to_the_agencies_of_the_examples(
    kind: Kind, returns: Path, code: int, call: Call, tmp_path: Path
) -> None:
    ran = call("letter", kind.name, returns, "-o", "函", "--roster", returns.parent / "roster.xlsx")
    assert ran.code == code
    made = list((tmp_path / "函").iterdir())
    assert made
    for path in made:
        said = words(path.read_bytes())
        agency = path.name.removesuffix(f"-{kind.name}.docx")
        assert agency in said.splitlines()[0]
        assert "{" not in said


def test_an_agency_whose_file_cannot_be_read_is_told_to_send_another(call: Call, tmp_path: Path) -> None:
    ran = call("letter", "整改通知", CITY / "2020", "-o", "函", "--roster", CITY / "roster.xlsx")
    said = words((tmp_path / "函" / "示例市监察委员会-整改通知.docx").read_bytes())
    assert "你单位2020年度的评价结论为：无法读取。请于" in said
    assert "| 1 | 示例市监察委员会.xlsx | 这是“Word 文档”，不是电子表格；" in said
    assert "核查未完成 10/42（示例市人民法院）" in ran.err


def test_the_city_of_the_example_reports_and_publishes(call: Call, tmp_path: Path) -> None:
    roster = ["--roster", GOOD / "roster.xlsx"]
    for kind in ("公示", "进度报告"):
        assert call("letter", kind, GOOD / "returns", "-o", f"{kind}.docx", *roster).code == 0
    assert "| 3 | 示例县财政局 | 行政机关" in words((tmp_path / "公示.docx").read_bytes())
    assert "认定率 35.7%（5 / 14）" in words((tmp_path / "进度报告.docx").read_bytes())


def test_the_figures_are_those_of_the_json(call: Call, tmp_path: Path) -> None:
    asked = [CITY / "2021", CITY / "2020", "--roster", CITY / "roster.xlsx"]
    assert call("letter", "进度报告", *asked, "-o", "进度.docx").code == 1
    told = json.loads(call("batch", *asked, "--format", "json").out)
    said = words((tmp_path / "进度.docx").read_bytes())
    progress = told["progress"]
    assert f"机关总数 {progress['agencies']} 个（来自名录），已认定节约型机关 {progress['recognised']} 个" in said
    assert f"（{progress['recognised']} / {progress['agencies']}）" in said
    assert f"至少 {progress['required']} 个），还差 {progress['gap']} 个。" in said
    assert f"等待核查的机关 {progress['self_assessed']} 个" in said
    missing = [agency["name"] for agency in told["agencies"] if agency["state"] == "missing"]
    assert f"未交表 {len(missing)} 个：{'、'.join(missing)}。" in said


def test_the_draft_cites_the_evidence_of_the_form(call: Call, tmp_path: Path) -> None:
    call("letter", "自评报告", GOOD / "returns", "-o", "稿", "--roster", GOOD / "roster.xlsx")
    said = words((tmp_path / "稿" / "示例县水务局-自评报告.docx").read_bytes())
    assert "| 是 | 9 | 佐证材料第7号" in said


def test_an_existing_letter_is_kept_and_the_others_are_written(call: Call, office: Path) -> None:
    kept = office / "函" / "示例市财政局-反馈函.docx"
    kept.parent.mkdir()
    kept.write_bytes(b"edited")
    ran = call("letter", "反馈函", "交表", "-o", "函")
    assert (ran.code, kept.read_bytes()) == (2, b"edited")
    assert "没有覆盖" in ran.err
    assert f"已写入 {Path('函')} 中的 1 份反馈函" in ran.err
    assert call("letter", "反馈函", "交表", "-o", "函", "--force").code == 0
    assert kept.read_bytes() != b"edited"


def test_a_letter_is_written_in_place_of_another_only_when_asked(call: Call, office: Path) -> None:
    (office / "进度.docx").write_bytes(b"edited")
    assert call("letter", "进度报告", "交表", "-o", "进度.docx").code == 2
    assert (office / "进度.docx").read_bytes() == b"edited"
    assert call("letter", "进度报告", "交表", "-o", "进度.docx", "--force").code == 0
    assert (office / "进度.docx").read_bytes() != b"edited"


def test_no_letter_is_written_over_what_is_read(call: Call, office: Path) -> None:
    own = office / "函" / "示例市财政局-反馈函.docx"
    assert call("letter", "template", "反馈函", "-o", own).code == 0
    before = own.read_bytes()
    ran = call("letter", "反馈函", "交表", "-o", "函", "--template", own, "--force")
    assert (ran.code, own.read_bytes()) == (2, before)
    assert "不能把结果写到要读取的文件上" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["反馈函", "交表", "-o", "交表"], "不能把结果写到要读取的文件上"),
        (["反馈函", "交表", "-o", "交表/函"], "不能把结果写到要读取的文件上"),
        (["反馈函", "交表", "-o", "函.docx"], "请给文件夹"),
        (["反馈函", "交表", "-o", "交表/a.xlsx"], "请给文件夹"),
        (["公示", "交表", "-o", "函"], "请用 .docx 结尾的文件名"),
        (["公示", "交表", "-o", "公示.pdf"], "请用 .docx 结尾的文件名"),
        (["公示", "交表", "-o", "模板.docx", "--template", "模板.docx", "--force"], "不能把结果写到要读取的文件上"),
        (["公示", "交表"], "缺少选项 --output"),
        (["公示", "-o", "公示.docx"], "缺少参数"),
        (["通知", "交表", "-o", "函"], "没有 通知 这个命令"),
        (["公示", "没有", "-o", "公示.docx"], "找不到这个文件或文件夹"),
        (["公示", "空", "-o", "公示.docx"], "没有电子表格文件"),
        (["公示", "交表", "-o", "公示.docx", "--template", "没有.docx"], "找不到这个文件"),
        (["公示", "交表", "-o", "公示.docx", "--template", "模板.docx"], "没有“单位名称”这个占位符"),
        (["公示", "交表", "-o", "公示.docx", "--template", "交表/a.xlsx"], "不能当函的模板"),
        (["template", "通知", "-o", "通知.docx"], "没有“通知”这种函"),
        (["template", "公示", "-o", "公示"], "请用 .docx 结尾的文件名"),
        (["template", "公示", "-o", "模板.docx"], "没有覆盖"),
        (["check", "没有.docx"], "找不到这个文件"),
        (["check", "交表/a.xlsx"], "不能当函的模板"),
        (["check", "交表"], "不能当函的模板（不是文件）"),
    ],
)
def test_a_wrong_call_writes_nothing(arguments: list[str], said: str, call: Call, office: Path) -> None:
    (office / "空").mkdir()
    (office / "模板.docx").write_bytes(document("{{ 单位名称 }}"))
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file()}
    ran = call("letter", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err.replace("\n  ", "")
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file()} == before


def test_where_there_is_no_letter_to_write_nothing_is(call: Call, tmp_path: Path) -> None:
    hand_in(tmp_path / "交表", "示例市统计局")
    ran = call("letter", "公示", "交表", "-o", "公示.docx")
    assert (ran.code, (tmp_path / "公示.docx").exists()) == (0, False)
    assert "没有写公示：没有已认定的机关" in ran.err


@pytest.mark.skipif(ROOT, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said_before_any_work(call: Call, office: Path) -> None:
    (office / "函").mkdir(mode=0o500)
    ran = call("letter", "反馈函", "交表", "-o", "函")
    assert (ran.code, "写不进去" in ran.err) == (2, True)


def test_a_disk_that_fills_up_costs_what_no_longer_fits(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.replace

    def full(part: Path, place: Path) -> Path:
        if "财政" in place.name:
            raise OSError(28, "No space left on device")
        return real(part, place)

    monkeypatch.setattr(Path, "replace", full)
    ran = call("letter", "反馈函", "交表", "-o", "函")
    assert (ran.code, "磁盘空间不足" in ran.err) == (2, True)
    assert [path.name for path in (office / "函").iterdir()] == ["示例市_教育_局 & 分局-反馈函.docx"]


def test_ctrl_c_keeps_the_letters_that_are_written(call: Call, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.replace
    written: list[Path] = []

    def interrupted(part: Path, place: Path) -> Path:
        if written:
            raise KeyboardInterrupt
        written.append(place)
        return real(part, place)

    monkeypatch.setattr(Path, "replace", interrupted)
    ran = call("letter", "反馈函", "交表", "-o", "函")
    assert (ran.code, "已中断" in ran.err) == (130, True)
    assert list((office / "函").iterdir()) == written


def test_ctrl_c_that_a_library_put_into_words_leaves_no_traceback(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        raise ValueError("SchemaError: KeyboardInterrupt: ")

    monkeypatch.setattr(Path, "replace", interrupted)
    with interruption.watched():
        ran = call("letter", "反馈函", "交表", "-o", "函")
    assert (ran.code, "已中断" in ran.err) == (130, True)
    assert not list((office / "函").iterdir())


def test_ctrl_c_while_forms_are_read_writes_no_letter(
    call: Call, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Run.results

    def interrupted(run: Run, jobs: int) -> Iterator[Result]:
        signal.raise_signal(signal.SIGINT)
        yield from real(run, jobs)

    monkeypatch.setattr(Run, "results", interrupted)
    ran = call("letter", "进度报告", "交表", "-o", "进度.docx")
    assert (ran.code, "所以没有写进度报告" in ran.err) == (130, True)
    assert not (office / "进度.docx").exists()


def test_the_offices_own_template_is_used(call: Call, office: Path) -> None:
    assert call("letter", "template", "反馈函", "-o", "模板.docx").code == 0
    checked = call("letter", "check", "模板.docx")
    assert (checked.code, checked.out) == (0, "模板.docx：没有错误，可用于反馈函。\n")
    (office / "我的.docx").write_bytes(document("{% if 结论 == “达标” %}恭喜{{ 单位名称 }}{% endif %}"))
    ran = call("letter", "反馈函", "交表", "-o", "函", "--template", "我的.docx")
    assert (ran.code, "已当作直引号" in ran.err) == (0, True)
    letter = (office / "函" / "示例市_教育_局 & 分局-反馈函.docx").read_bytes()
    assert words(letter) == "恭喜示例市<教育>局 & 分局"


def test_the_check_names_what_is_wrong_by_the_kind_that_fits_best(call: Call, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(document("{{ 机关总数 }}{{ 单位电话 }}\n｛｛ 年度 ｝｝"))
    ran = call("letter", "check", "坏.docx")
    assert (ran.code, ran.out) == (2, "")
    assert "坏.docx 正文“｛｛ 年度 ｝｝”：占位符用了全角的“｛｛”" in " ".join(ran.err.split())
    (tmp_path / "坏.docx").write_bytes(document("{{ 机关总数 }}{{ 单位电话 }}{{ 已认定 }}"))
    ran = call("letter", "check", "坏.docx")
    assert "以上按进度报告检查。" in ran.err
    assert "没有“单位电话”这个占位符" in ran.err.replace("\n  ", "")
    (tmp_path / "通用.docx").write_bytes(document("{{ 年度 }}"))
    assert call("letter", "check", "通用.docx").out.endswith("可用于反馈函、整改通知、自评报告、公示、进度报告。\n")
