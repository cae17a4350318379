"""整改通知: what an agency has to correct in its form, and what to do to reach the mark."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result, Status
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters import agency
from jieyue_cli.report.letters.placeholders import Letter, Placeholder
from jieyue_cli.report.phrases import unfinished

PLACEHOLDERS = (
    *agency.ABOUT,
    *agency.SCORED,
    agency.MISTAKES,
    *agency.WAY,
    agency.LOST,
    Placeholder(
        "时间安排",
        "评价标准写明的日期",
        lambda case: case.rubric.calendar,
        (
            Placeholder("事项", "做什么", lambda deadline: deadline.what),
            Placeholder("期限", "什么时候以前", lambda deadline: deadline.by),
        ),
    ),
)

TEXT = """
# 关于{{ 单位名称 }}{{ 年度 }}年度节约型机关评价的整改通知
- {{ 单位名称 }}：
对照《{{ 评价标准 }}》（{{ 标准文号 }}），你单位{{ 年度 }}年度的评价结论为：{{ 结论 }}。\
{% if 核查得分 %}核查得分 {{ 核查得分 }} 分，{% endif %}{% if 自评得分 %}自评得分 {{ 自评得分 }} 分（满分 {{ 满分 }}，\
{{ 达标线 }} 分（含）以上达标）。{% endif %}请于　　　　年　　月　　日前完成下列事项，并重新报送自评打分表。
{%p for 事项 in 其他事项 %}
{{ 事项.名称 }}：{{ 事项.内容 }}。
{%p endfor %}
{%p if 要更正的问题 %}
## 表中要更正的问题
| 序号=7 | 位置=26 | 问题和更正办法=67 |
| {%tr for 问 in 要更正的问题 %} |
| {{ 问.序号 }} | {{ 问.位置 }} | {{ 问.问题 }} |
| {%tr endfor %} |
{%p endif %}
{%p if 达标途径 %}
## 怎样达标
{{ 达标途径 }}。{% if 其余失分 %}{{ 其余失分 }}。{% endif %}
{%p if 达标步骤 %}
| 编号=11 | 评价标准=50 | 可增=8 | 累计=8 | 办法=25 |
| {%tr for 步 in 达标步骤 %} |
| {{ 步.编号 }} | {{ 步.评价标准 }} | {{ 步.可增 }} | {{ 步.累计 }} | {{ 步.办法 }} |
| {%tr endfor %} |
{%p endif %}
{%p endif %}
{%p if 失分条目 %}
## 没有得满分的条目
| 编号=11 | 评价标准=42 | 分值=7 | 得分=7 | 原因=38 |
| {%tr for 条 in 失分条目 %} |
| {{ 条.编号 }} | {{ 条.评价标准 }} | {{ 条.分值 }} | {{ 条.得分 }} | {{ 条.原因 }} |
| {%tr endfor %} |
{%p endif %}
本通知依据你单位交回的表“{{ 文件名 }}”（SHA-256 校验码前 16 位：{{ 文件校验码 }}）。
　
> （印章）
> 　　　　年　　月　　日
"""


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """A letter to every agency that has something to mend."""
    return agency.letters(findings, PLACEHOLDERS, _refusal)


def _refusal(case: agency.Case) -> str:
    result = case.told.result
    if not case.standing.listed:
        return case.standing.remark
    if result.blank and not case.faults:
        return agency.unfit(case)
    if case.stands and (begun := unfinished(result)):
        return begun
    if result.status is Status.PASS and not case.faults:
        return "已达标，表中没有错误"
    return ""
