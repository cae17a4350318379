"""反馈函: what the office found, to each agency whose form is verified."""

from __future__ import annotations

from collections.abc import Iterator

from jieyue_cli.assessment import Result
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.letters import agency
from jieyue_cli.report.letters.placeholders import Letter

PLACEHOLDERS = (*agency.ABOUT, *agency.SCORED, agency.DIFFERING, agency.LOST, *agency.WAY)

TEXT = """
# 关于{{ 单位名称 }}{{ 年度 }}年度节约型机关评价核查结果的反馈函
- {{ 单位名称 }}：
对照《{{ 评价标准 }}》（{{ 标准文号 }}），已对你单位{{ 年度 }}年度的自评情况完成核查，现将结果反馈如下。
## 核查结果
核查得分 {{ 核查得分 }} 分，自评得分 {{ 自评得分 }} 分（满分 {{ 满分 }}，{{ 达标线 }} 分（含）以上达标），结论：{{ 结论 }}。
{%p for 事项 in 其他事项 %}
{{ 事项.名称 }}：{{ 事项.内容 }}。
{%p endfor %}
{%p if 不一致条目 %}
## 核查与自评不一致的条目
| 编号=11 | 评价标准=40 | 分值=7 | 自评=7 | 核查=7 | 原因=38 |
| {%tr for 条 in 不一致条目 %} |
| {{ 条.编号 }} | {{ 条.评价标准 }} | {{ 条.分值 }} | {{ 条.自评得分 }} | {{ 条.核查得分 }} | {{ 条.原因 }} |
| {%tr endfor %} |
{%p endif %}
{%p if 失分条目 %}
## 没有得满分的条目
| 编号=11 | 评价标准=42 | 分值=7 | 得分=7 | 原因=38 |
| {%tr for 条 in 失分条目 %} |
| {{ 条.编号 }} | {{ 条.评价标准 }} | {{ 条.分值 }} | {{ 条.得分 }} | {{ 条.原因 }} |
| {%tr endfor %} |
{%p endif %}
{%p if 达标途径 %}
## 怎样达标
{{ 达标途径 }}。
{%p if 达标步骤 %}
| 编号=11 | 评价标准=50 | 可增=8 | 累计=8 | 办法=25 |
| {%tr for 步 in 达标步骤 %} |
| {{ 步.编号 }} | {{ 步.评价标准 }} | {{ 步.可增 }} | {{ 步.累计 }} | {{ 步.办法 }} |
| {%tr endfor %} |
{%p endif %}
{%p endif %}
本函依据你单位交回的表“{{ 文件名 }}”（SHA-256 校验码前 16 位：{{ 文件校验码 }}）。
　
> （印章）
> 　　　　年　　月　　日
"""


def letters(findings: Findings[Result]) -> Iterator[Letter]:
    """A letter to every agency whose verification is finished."""
    return agency.letters(findings, PLACEHOLDERS, lambda case: agency.unfit(case) or agency.unverified(case))
