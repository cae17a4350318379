"""What ``rubric explain`` says: every part of any standard, with the figures that the scoring gives."""

from __future__ import annotations

import re
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieyue_cli.report.standard.meaning import render
from jieyue_cli.rubric.cautions import cautions
from jieyue_cli.rubric.meaning.examples import examples, together, worth
from jieyue_cli.rubric.meaning.parts import Passage
from jieyue_cli.rubric.meaning.whole import passages
from jieyue_cli.rubric.model import Criterion, Rubric
from jieyue_cli.scoring.scoring import score, settled
from jieyue_cli.submission import Answer, AnswerKind, Claim
from jieyue_cli.text.numbers import plain
from program import Call
from rubric.any_rubric import loaded
from rubric.any_rubric import standard as any_standard
from scoring.standards import Data, claims, counted, criterion, item, standard, unit

CHANCE = st.randoms(use_true_random=False)


def parts_of(rubric: Rubric) -> list[Criterion]:
    tops = (*rubric.gates, *(top for item in rubric.items for top in item.outline))
    return [inner for top in tops for inner in top.nested]


@settings(max_examples=4, deadline=None)
@given(CHANCE)
def test_any_standard_is_explained_with_the_figures_of_its_scores(chance: Random) -> None:
    explained(chance)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(CHANCE)
def test_very_many_standards_are_explained_with_the_figures_of_their_scores(chance: Random) -> None:
    explained(chance)


def explained(chance: Random) -> None:
    rubric = loaded(any_standard(chance))
    told = {passage.id: passage for passage in passages(rubric)}
    units, items = (unit.id for unit in rubric.units), (item.id for item in rubric.items)
    inner = parts_of(rubric)
    assert set(told) == {"", *(asked.id for asked in rubric.inputs), *units, *items, *(each.id for each in inner)}
    assert all(
        sentence.endswith(("。", "…")) or "：" in sentence for each in told.values() for sentence in each.sentences
    )
    for each in inner:
        for example in examples(each):
            answers = {key: Answer(AnswerKind.VALUE, value) for key, value in example.answers.items()}
            assert settled(each, answers).at_least == example.score
            pattern = f"{re.escape(example.said)}(，| ?(也只|也)?){worth(each, example.score)}[，。]"
            assert any(re.search(pattern, sentence) for sentence in told[each.id].sentences)
    for caution in cautions(rubric):
        assert caution.where
        assert not re.search("None|Decimal|Fraction|[。；]$", caution.does + caution.otherwise)


@settings(max_examples=6, deadline=None)
@given(CHANCE)
def test_an_example_brings_in_a_form_what_is_said_of_it(chance: Random) -> None:
    rubric = loaded(any_standard(chance))
    own = rubric.of(chance.choice(rubric.classes) if rubric.classes else None)
    for top in own.criteria:
        for example in examples(top):
            said = [
                Claim((key,), Answer(AnswerKind.VALUE, value), None, "表", "A1")
                for key, value in example.answers.items()
            ]
            (line,) = [line for line in score(own, said).lines if line.id == top.id]
            assert line.score == example.score


@pytest.mark.parametrize("kind", ["either", "all_of"])
def test_parts_bring_together_what_is_said(kind: str) -> None:
    parts = [criterion("A1-1", "4"), counted("A1-2", "4"), criterion("A1-3", "4")]
    rubric = standard(
        unit("1", item("A", criterion("A1", "4", rule={"kind": kind}, parts=parts))),
        passing="1",
    )
    (whole,) = rubric.criteria
    full = {"A1-1": "1", "A1-2": "4", "A1-3": "1"}
    for case, brought in together(whole):
        named = set(re.findall(r"A1-\d", case))
        done = {"各": set(full), "只有": named, "只差": set(full) - named}
        do = next(parts for words, parts in done.items() if case.startswith(words))
        answered = {key: value if key in do else "0" for key, value in full.items()}
        assert score(rubric, claims(answered)).total == brought, case


ASKED: list[Data] = [
    {"id": "A1", "text": "年用水量", "answer": "number", "unit": "立方米"},
    {"id": "A2", "text": "用水人数", "answer": "count", "unit": "人", "positive": True},
    {"id": "A3", "text": "是否设置吸烟区", "answer": "yes_no", "method": "现场", "note": "原文第三条"},
    {"id": "A4", "text": "发现烟头", "answer": "count", "unit": "个"},
    {"id": "A5", "text": "制度印发日期", "answer": "date"},
]
BRANCH: Data = {
    "rule": {"kind": "branch", "on": "A3"},
    "parts": [
        {"id": "1.1.2-1", "text": "规范设置", "case": "是", "rule": {"kind": "count", "each": 1, "measure": "项"}},
        {"id": "1.1.2-2", "text": "没有设置", "case": "否", "rule": {"kind": "granted"}},
    ],
}
WATER: Data = {"kind": "bands", "of": {"input": "A1"}, "by": {"input": "A2"}, "bands": [{"up_to": 30, "points": 5}]}


def everything() -> Rubric:
    first = item(
        "1.1", criterion("1.1.1", "5", rule=WATER, method="查资料"), criterion("1.1.2", "4", **BRANCH), must="50%"
    )
    second = item(
        "2.1",
        counted("2.1.1", "5", not_applicable="rescaled", evidence=True, guidance="附文件"),
        criterion("2.1.2", "6", rule={"kind": "linear", "above": "96%", "per": "1%", "gain": 2}, must="nonzero"),
    )
    return standard(
        unit("1", first, deductions=[{"input": "A4", "lose": "0.5"}], note="原文第一章"),
        unit("2", second, must={"reach": "3", "zero": "unit"}),
        unit("3", item("3.1", counted("3.1.1", "4")), bonus=True, entry={"above": "16"}),
        passing="80",
        scale={"points": 100, "decimals": 1},
        grades=[{"name": "优秀", "from": 95}, {"name": "达标", "from": 80}, {"name": "未达标", "from": 0}],
        not_applicable="dropped",
        not_applicable_limit={"points": 4, "otherwise": "达标"},
        forfeit="item",
        inputs=ASKED,
        gates=[{"id": "G1", "text": "没有事故"}, {"id": "G2", "text": "有定额", "not_applicable": "dropped"}],
        calendar=[{"what": "报送自评", "by": "每年10月31日"}],
        targets={"2030": "25%"},
    )


SENTENCES = """\
|总则
满分由各评价单元相加：1 第1部分（9） + 2 第2部分（11） = 20 分。
另有附加分：3 第3部分最多 4 分，总分最高 120 分。
总分换算：各单元得分合计 ÷ 满分 20 × 100，四舍五入保留 1 位；如合计 10 分，总分 50 分。达标线和等级都按换算后的总分。
总分 80 分（含）以上达标：80 分达标，79.9 分不达标，比较前不再取整。
换算时四舍五入：算出 79.95 分的取为 80 分，达标。
等级由高到低：95 分（含）以上“优秀”，80 分（含）以上“达标”，0 分（含）以上“未达标”；“达标”、“优秀”算达标。
没有填的按没有填报计 0 分；填得看不懂的先计 0 分，更正后再计。
填“不涉及”的不评分，达标线不变，另有说明的条文除外。
缺项折算：总分 = 实得分 ÷ 应得分 × 20，应得分是满分减去不涉及的分值，附加分不折算。
如只有 5 分不涉及，应得分 15 分，实得 12 分的，总分 80 分。
不评分的，分值从满分里去掉，达标线不变：不涉及越多越难达标。
填“不涉及”的分值合计超过 4 分的，最高定为“达标”；恰好 4 分的不受限，附加分里的不计入。
核查发现弄虚作假的（核查情况填“虚假”），该评价项目不得分。
2030 年底应认定名录中机关的 25%，不足一家按一家计：名录有 61 家的，应认定 16 家。
范围：行政机关。
每年10月31日：报送自评；迟交的列出来，不扣分。
|基本数据
填在表的最上面，各填一次。
A1|年用水量
只填一次，不计分；1.1.1 计分时用它，空着的先计 0 分。
A2|用水人数
只填一次，不计分；1.1.1 计分时用它，空着的先计 0 分。
A3|是否设置吸烟区
只填一次，不计分；1.1.2 计分时用它，空着的先计 0 分。
考评方法：现场
备注：原文第三条
A4|发现烟头
只填一次，不计分；从单元 1 的得分里扣分时用它，空着的，这个单元暂不计分。
A5|制度印发日期
只填一次，不计分；没有条文用它计分，只作登记。
|达标前提
不计分，有一条不符合就受限制。
G1|没有事故
不符合的，不论多少分，最高定为“未达标”。
填“是”为符合，填“否”为不符合。
G2|有定额
不符合的，不论多少分，最高定为“未达标”。
填“是”为符合，填“否”为不符合。
填“不涉及”的，这一条不作要求。
1|第1部分
各项目相加：1.1（9） = 9 分。
发现烟头（A4）每个扣 0.5 分，扣完为止；从本单元得分里扣；空着的，本单元暂不计分。
备注：原文第一章
1.1|第1.1部分
各条相加：1.1.1（5） + 1.1.2（4） = 9 分。
必须：达标比例不低于50%（9 分里至少 4.5 分，不涉及的分值不算在内）；没有做到的，不论总分多少，最高定为“未达标”。
1.1.1|做到1.1.1
计分：年用水量÷用水人数：≤30 5分，其余不得分。
例如：年用水量 3000 立方米 ÷ 用水人数 100 人 = 30，属于“≤30”一档，得 5 分。
例如：年用水量 3010 立方米 ÷ 用水人数 100 人 = 30.1，不在得分的各档内，得 0 分。
考评方法：查资料
1.1.2|做到1.1.2
计分：按“是否设置吸烟区”的填报分情形，最高4分。
1.1.2-1|规范设置
填报为“是”时，按这一部分计分；这时别的部分填了也不算。
计分：每项1分，最高4分。
例如填 0 项得 0 分，填 1 项得 1 分，填 3 项得 3 分，填 4 项得 4 分，填 6 项也只得 4 分。
1.1.2-2|没有设置
填报为“否”时，按这一部分计分；这时别的部分填了也不算。
计分：直接得4分。
2|第2部分
各项目相加：2.1（11） = 11 分。
必须：最低3分；没有做到的，所在评价单元计 0 分。
2.1|第2.1部分
各条相加：2.1.1（5） + 2.1.2（6） = 11 分。
2.1.1|做到2.1.1
计分：每项1分，最高5分。
例如填 0 项得 0 分，填 1 项得 1 分，填 4 项得 4 分，填 5 项得 5 分，填 7 项也只得 5 分。
填“不涉及”的不评分，按缺项折算。
要写佐证材料；没有写的只提醒，不扣分。
填报说明：附文件
2.1.2|做到2.1.2
计分：低于96%不得分，每高1%得2分，最高6分。
例如填 95% 得 0 分，填 96% 也得 0 分，填 96.9% 也得 0 分，填 97% 得 2 分，填 99% 得 6 分，填 100% 也只得 6 分。
百分数只能填 0% 到 100%，超过的不收。
必须：★不得为0分；没有做到的，不论总分多少，最高定为“未达标”。
3|第3部分
附加分：3.1（4） = 4 分，最多计 4 分，加在基础分之外。
基础分高于 16 分才计入；不高于 16 分的，本单元计 0 分。
基础分是不含附加分的合计，恰好 16 分的不进入。
3.1|第3.1部分
各条相加：3.1.1（4） = 4 分。
3.1.1|做到3.1.1
计分：每项1分，最高4分。
例如填 0 项得 0 分，填 1 项得 1 分，填 3 项得 3 分，填 4 项得 4 分，填 6 项也只得 4 分。
"""


def lines_of(passage: Passage) -> str:
    return "".join(f"{line}\n" for line in (f"{passage.id}|{passage.text}", *passage.sentences))


def test_every_provision_has_its_sentence() -> None:
    assert "".join(map(lines_of, passages(everything()))) == SENTENCES


def test_the_figures_of_the_general_part_are_those_of_the_scores() -> None:
    rubric = everything()
    assert [plain(rubric.converted(Fraction(10))), plain(rubric.full)] == ["50", "120"]
    smoke = {"A4": "0", "A3": "0", "A1": "3000", "A2": "100"}
    card = score(rubric, claims({**smoke, "G1": "1", "G2": "不涉及", "2.1.1": "不涉及", "2.1.2": "98"}))
    assert (card.unconverted, card.total) == (Fraction(13, 15) * 20, Fraction("86.7"))
    card = score(rubric, claims({**smoke, "G1": "1", "G2": "1", "2.1.1": "1", "2.1.2": "99", "3.1.1": "4"}))
    assert [plain(unit.score) for unit in card.units] == ["9", "7", "0"]


def test_it_is_printed_for_the_console_and_as_markdown(call: Call) -> None:
    shown = call("rubric", "explain")
    assert (shown.code, shown.err) == (0, "")
    text = "".join(shown.out.split())
    printed = call("rubric", "explain", "--format", "markdown")
    assert (printed.code, printed.err) == (0, "")
    for sentence in (
        "填0项得0分，填1项得1分，填4项得4分，填5项得5分，填7项也只得5分。",
        "2.2.3制定落实能源资源消费统计",
    ):
        assert sentence in text
        assert sentence in printed.out.replace(" ", "")
    assert printed.out.startswith("# 高平市节约型机关评价标准（standard\\_2020 / 1）\n\n## 总则\n\n- 满分由")


def test_markdown_holds_every_sentence() -> None:
    rubric = everything()
    text = render(rubric).decode().replace("\\", "")
    assert all(sentence in text for passage in passages(rubric) for sentence in passage.sentences)


def test_what_cannot_be_explained_is_reported_as_everywhere(call: Call) -> None:
    ran = call("rubric", "explain", "没有.yaml")
    assert (ran.code, ran.out) == (2, "")
    assert "没有.yaml" in ran.err
