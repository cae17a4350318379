"""A damaged standard: every fault at its line and column, in words, all of them at once; never an exception."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.catalogue import DEFAULT, shipped
from jieyue_cli.rubric.model import Rubric
from jieyue_cli.rubric.source import build, find, load
from rubric.samples import RULE_KINDS
from rubric.small import SMALL

Fault = tuple[str, str, str, list[str]]
"""A name, the text that is replaced, what replaces it, and all that is reported."""
FAULTS: list[Fault] = [
    (
        "a misspelt key",
        "pass_mark: 8",
        "passmark: 8",
        [
            "rubric-missing-key 1:1 缺少“pass_mark”这一项，请补上。",
            "rubric-unknown-key 8:1 没有“passmark”这一项，是不是想写“pass_mark”？",
        ],
    ),
    (
        "a key far from any",
        "issued: 2030-01-02",
        "issued: 2030-01-02\nzzz: 1",
        [
            "rubric-unknown-key 7:1 没有“zzz”这一项，请删除它，或对照标准文件改正。",
        ],
    ),
    (
        "a key in another case",
        "title: 示",
        "Title: 示",
        [
            "rubric-missing-key 1:1 缺少“title”这一项，请补上。",
            "rubric-unknown-key 3:1 没有“Title”这一项，是不是想写“title”？",
        ],
    ),
    (
        "a missing key",
        "document: 示例〔2030〕1号\n",
        "",
        [
            "rubric-missing-key 1:1 缺少“document”这一项，请补上。",
        ],
    ),
    (
        "a missing key in a criterion",
        "id: 1.1.1, ",
        "",
        [
            "rubric-missing-key 23:13 缺少“id”这一项，请补上。",
        ],
    ),
    (
        "a key twice",
        "pass_mark: 8",
        "pass_mark: 8\npass_mark: 9",
        [
            "rubric-duplicate-key 9:1 “pass_mark”写了两次（第一次在第 8 行），请只保留一个。",
        ],
    ),
    (
        "a list twice, its first value still in place",
        "calendar:",
        "scope: [1, 2, 3]\ncalendar:",
        [
            "rubric-duplicate-key 12:1 “scope”写了两次（第一次在第 11 行），请只保留一个。",
        ],
    ),
    (
        "a tab",
        "pass_mark: 8",
        "\tpass_mark: 8",
        [
            "rubric-syntax 8:1 YAML 写法有误，用了制表符缩进，请改为空格。",
        ],
    ),
    (
        "a full-width colon",
        "pass_mark: 8",
        "pass_mark：8",
        [
            "rubric-syntax 8:10 YAML 写法有误，用了全角冒号“：”，请改为半角冒号加空格“: ”。",
        ],
    ),
    (
        "a quote never closed",
        "title: 示例",
        "title: '示例",
        [
            "rubric-syntax 3:8 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
        ],
    ),
    (
        "a bracket never closed",
        "scope: [行政机关, 党的机关]",
        "scope: [行政机关, 党的机关",
        [
            "rubric-syntax 12:9 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
        ],
    ),
    (
        "two colons",
        "title: 示例评价标准",
        "title: 示例: 标准",
        [
            "rubric-syntax 3:10 YAML 写法有误，文字里有半角冒号加空格“: ”，请给整段文字加双引号，或改用全角冒号“：”。",
        ],
    ),
    (
        "a colon in text inside braces",
        "text: 明确机构，得1分}",
        "text: 明确机构: 得1分}",
        [
            "rubric-syntax 23:46 YAML 写法有误，文字里有半角冒号加空格“: ”，请给整段文字加双引号，或改用全角冒号“：”。",
        ],
    ),
    (
        "a wrong indentation, which is no colon in text",
        "pass_mark: 8",
        "  pass_mark: 8",
        [
            "rubric-syntax 8:12 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
        ],
    ),
    (
        "half-width commas in texts inside braces",
        "text: 明确机构，得1分}",
        (
            "text: 明确机构,得1分,有发文,得1分}\n"
            "          - {id: 1.1.0, points: 1, text: '建立,得1分', evidence: true}\n"
            "          - {id: 1.1.9, points: 1, text: 甲,乙 , evidence: true}"
        ),
        [
            "rubric-sum 21:17 评价项目“管理”写的是 4 分，但其下各项合计 6 分，请改到一致。",
            (
                "rubric-comma 23:47 花括号里的半角逗号把文字断开了（第 23、25 行），请给整段文字加双引号，"
                "或改用全角逗号“，”。"
            ),
        ],
    ),
    (
        "a number sign that begins the text",
        "text: 建立",
        "text: #1楼建立",
        [
            "rubric-value 26:18 “text”的值空白不对，应为一行文字，请改正。",
            (
                "rubric-comment 26:19 “#1楼建立制度，每项得1分，最高得3分”被当成注释，没有读入；"
                "如是文字的一部分，请给整段文字加双引号。"
            ),
        ],
    ),
    (
        "a number sign inside braces",
        "text: 明确机构",
        "text: 明确 #1 号机构",
        [
            "rubric-comment 23:45 “#1 号机构，得1分}”被当成注释，没有读入；如是文字的一部分，请给整段文字加双引号。",
            "rubric-syntax 24:11 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
        ],
    ),
    (
        "points of a gate and of its parts",
        "units:",
        (
            "gates: [{id: G1, text: 甲, points: 0, rule: {kind: sum}, parts: [{id: g1, text: 乙}, {id: g2, points: 2, "
            "text: 丙}]}]\nunits:"
        ),
        [
            "rubric-gate-points 14:35 达标前提不计分，请删除它的分值。",
            "rubric-gate-points 14:101 达标前提不计分，请删除它的分值。",
        ],
    ),
    (
        "a gate whose rule brings more than a gate is",
        "units:",
        (
            "gates:\n  - {id: G1, text: 甲, rule: {kind: ladder, steps: [{name: 好, points: 5}]}}\n"
            "  - {id: G2, text: 乙, rule: {kind: count, each: 2, measure: 次}}\nunits:"
        ),
        [
            "rubric-gate-rule 15:70 达标前提没有分值，按 1 分算：计分方式最高应得 1 分，现为 5 分，请改正。",
            "rubric-gate-rule 16:5 达标前提没有分值，按 1 分算：计分方式最高应得 1 分，现为 2 分，请改正。",
        ],
    ),
    (
        "a key of an item on a unit",
        "    name: 宣传",
        "    name: 宣传\n    printed_under: 1",
        [
            "rubric-unknown-key 30:5 没有“printed_under”这一项，它应写在评价项目里。",
        ],
    ),
    (
        "a key of a rule beside the rule",
        "rule: {kind: count, each: 1, measure: 项}",
        "measure: 项",
        [
            "rubric-unknown-key 27:13 没有“measure”这一项，它应写在计分方式（rule）里。",
        ],
    ),
    (
        "a long measure word",
        "measure: 项",
        "measure: 平方公里数",
        [
            "rubric-value 27:51 “measure”的值“平方公里数”不对，应为较短的文字（最多 4 字），请改正。",
        ],
    ),
    (
        "a quota that is too large",
        "rule: {kind: count, each: 1, measure: 项}",
        (
            "rule: {kind: bands, relative_to: {name: 定额, value: 1e10}, unit: 一二三四五六七八九十一二三, "
            "bands: [{up_to: 1, points: 3}]}"
        ),
        [
            "rubric-value 27:64 “value”的值“1e10”不对，应为不超过 1000000000 的数字，请改正。",
            "rubric-value 27:77 “unit”的值“一二三四五六七八九十一二三”不对，应为较短的文字（最多 12 字），请改正。",
        ],
    ),
    (
        "a class with a comma, and a version with a space",
        'version: "1"',
        "version: 1 a\nclasses: ['甲,乙', 丙\"]",
        [
            (
                "rubric-value 2:10 “version”的值“1 a”不对，"
                "应为由字母、数字、点、横线组成的版本号，最多 20 个字符，请改正。"
            ),
            "rubric-value 3:11 “classes 第 1 项”的值“甲,乙”不对，应为一行文字，不含引号和逗号，请改正。",
            'rubric-value 3:18 “classes 第 2 项”的值“丙"”不对，应为一行文字，不含引号和逗号，请改正。',
        ],
    ),
    (
        "a category too long for its list",
        "scope: [行政机关, 党的机关]",
        "scope: [行政机关, " + "长" * 61 + "]",
        [
            "rubric-value 11:15 “scope 第 2 项”的值“" + "长" * 40 + "”不对，应为较短的文字（最多 60 字），请改正。",
        ],
    ),
    (
        "steps that a clerk or a spreadsheet program cannot tell apart",
        "rule: {kind: count, each: 1, measure: 项}",
        (
            "rule: {kind: ladder, steps: [{name: B 级, points: 3}, {name: ｂ级, points: 2}, {name: 50%, points: 1.5}, "
            "{name: '0.5', points: 1}]}"
        ),
        [
            "rubric-duplicate-name 27:73 名称“ｂ级”用了两次，请改成不重复的名称。",
            "rubric-duplicate-name 27:122 名称“0.5”用了两次，请改成不重复的名称。",
        ],
    ),
    (
        "a control character",
        "title: 示例评价标准",
        "title: 示例\x01标准",
        [
            "rubric-syntax 3:10 YAML 写法有误，有 YAML 不允许的控制字符。",
        ],
    ),
    (
        "an escaped control character",
        "title: 示例评价标准",
        'title: "示例\\x07标准"',
        [
            "rubric-value 3:8 “title”的值“示例�标准”不对，应为一行文字，不含控制字符，请改正。",
        ],
    ),
    (
        "a sentence over two lines",
        "text: 明确机构，得1分",
        'text: "明确机构，\\n得1分"',
        [
            "rubric-value 23:42 “text”的值“明确机构，�得1分”不对，应为一行文字，不含控制字符，请改正。",
        ],
    ),
    (
        "an anchor",
        "units:",
        "units: &all",
        [
            "rubric-anchor 14:8 不允许用锚点（&）和引用（*），请把内容直接写出来。",
        ],
    ),
    (
        "an alias",
        'version: "1"',
        "version: *all",
        [
            "rubric-anchor 2:10 不允许用锚点（&）和引用（*），请把内容直接写出来。",
        ],
    ),
    (
        "a tag",
        'version: "1"',
        "version: !!int 1",
        [
            "rubric-tag 2:10 不允许用标签（!），请删除它，直接写值。",
        ],
    ),
    (
        "a list as a key",
        "title: 示",
        "? [甲]\n: 乙\ntitle: 示",
        [
            "rubric-key 3:3 这里的名称必须是一个词，不能是列表或嵌套，请改正。",
        ],
    ),
    (
        "deep nesting",
        "title: 示例评价标准",
        "title: " + "[" * 31 + "]" * 31,
        [
            "rubric-too-deep 3:38 嵌套层数过多，请检查缩进和括号。",
        ],
    ),
    (
        "a second document",
        "calendar:",
        "---\ncalendar:",
        [
            "rubric-several-documents 12:1 一个文件只能写一个标准，请删除这里的“---”以及后面的内容。",
        ],
    ),
    (
        "a total that is not its sum",
        "points: 10",
        "points: 11",
        [
            "rubric-sum 7:9 总分写的是 11 分，但其下各项合计 10 分，请改到一致。",
        ],
    ),
    (
        "a unit that is not its sum",
        "    name: 宣传\n    points: 6",
        "    name: 宣传\n    points: 7",
        [
            "rubric-sum 7:9 总分写的是 10 分，但其下各项合计 11 分，请改到一致。",
            "rubric-sum 30:13 评价单元“宣传”写的是 7 分，但其下各项合计 6 分，请改到一致。",
        ],
    ),
    (
        "an item that is not its sum",
        "        points: 4",
        "        points: 5",
        [
            "rubric-sum 17:13 评价单元“制度”写的是 4 分，但其下各项合计 5 分，请改到一致。",
            "rubric-sum 21:17 评价项目“管理”写的是 5 分，但其下各项合计 4 分，请改到一致。",
        ],
    ),
    (
        "a cap below one time",
        "each: 1",
        "each: 5",
        [
            "rubric-cap 25:21 最高 3 分比每次的 5 分还少，永远得不到满一次的分，请改正。",
        ],
    ),
    (
        "nothing each",
        "each: 1",
        "each: 0",
        [
            "rubric-value 27:39 “each”的值“0”不对，应为大于 0 的数字，请改正。",
        ],
    ),
    (
        "a third decimal",
        "each: 1",
        "each: 0.125",
        [
            "rubric-value 27:39 “each”的值“0.125”不对，应为最多 2 位小数的数字，请改正。",
        ],
    ),
    (
        "an unknown rule",
        "kind: count",
        "kind: counting",
        [
            (f"rubric-value 27:26 “kind”的值“counting”不对，应为以下之一：{'、'.join(RULE_KINDS)}，请改正。"),
        ],
    ),
    (
        "a rule without its kind",
        "kind: count, ",
        "",
        [
            "rubric-value 27:19 “rule”的值“若干项”不对，应为{}，请改正。".format(
                "带 kind 的计分方式，如 {kind: count, each: 1, measure: 项}"
            ),
        ],
    ),
    (
        "a rule in one word",
        "rule: {kind: count, each: 1, measure: 项}",
        "rule: count",
        [
            "rubric-value 27:19 “rule”的值“count”不对，应为若干“名称: 值”，请改正。",
        ],
    ),
    (
        "a rule's missing key",
        "each: 1, ",
        "",
        [
            "rubric-missing-key 27:19 缺少“each”这一项，请补上。",
        ],
    ),
    (
        "a rule's unknown key",
        "each: 1, ",
        "each: 1, distnct: true, ",
        [
            "rubric-unknown-key 27:42 没有“distnct”这一项，是不是想写“distinct”？",
        ],
    ),
    (
        "neither true nor false",
        "each: 1, ",
        "each: 1, distinct: maybe, ",
        [
            "rubric-value 27:52 “distinct”的值“maybe”不对，应为“true”或“false”，请改正。",
        ],
    ),
    (
        "a blank measure",
        "measure: 项",
        "measure: ''",
        [
            "rubric-value 27:51 “measure”的值“”不对，应为非空的文字，请改正。",
        ],
    ),
    (
        "a criterion's id twice",
        "id: 1.1.2",
        "id: 1.1.1",
        [
            "rubric-duplicate-id 24:17 编号“1.1.1”用了两次，请改成不重复的编号。",
        ],
    ),
    (
        "an item's id twice",
        'id: "2.1"',
        'id: "1.1"',
        [
            "rubric-duplicate-id 32:13 编号“1.1”用了两次，请改成不重复的编号。",
        ],
    ),
    (
        "a unit's id twice",
        'id: "2"',
        'id: "1"',
        [
            "rubric-duplicate-id 28:9 编号“1”用了两次，请改成不重复的编号。",
        ],
    ),
    (
        "an id with spaces",
        "id: 1.1.2",
        "id: 1 1 2",
        [
            "rubric-value 24:17 “id”的值“1 1 2”不对，应为由字母、数字、点、横线组成的编号，最多 40 个字符，请改正。",
        ],
    ),
    (
        "a blank id",
        "id: 1.1.2",
        "id:",
        [
            "rubric-value 24:16 “id”的值空白不对，应为一行文字，请改正。",
        ],
    ),
    (
        "an item's name twice",
        "name: 活动",
        "name: 管理",
        [
            "rubric-duplicate-name 33:15 名称“管理”用了两次，请改成不重复的名称。",
        ],
    ),
    (
        "a unit's name twice",
        "name: 宣传",
        "name: 制度",
        [
            "rubric-duplicate-name 29:11 名称“制度”用了两次，请改成不重复的名称。",
        ],
    ),
    (
        "a category twice",
        "[行政机关, 党的机关]",
        "[行政机关, 行政机关]",
        [
            "rubric-duplicate-name 11:15 名称“行政机关”用了两次，请改成不重复的名称。",
        ],
    ),
    (
        "no category",
        "[行政机关, 党的机关]",
        "[]",
        [
            "rubric-value 11:8 “scope”的值“列表”不对，应为至少一项，请改正。",
        ],
    ),
    (
        "one category, no list",
        "[行政机关, 党的机关]",
        "行政机关",
        [
            "rubric-value 11:8 “scope”的值“行政机关”不对，应为一个列表（每项以“- ”开头），请改正。",
        ],
    ),
    (
        "a list in a list",
        "[示例市能源局]",
        "[示例市能源局, [乙]]",
        [
            "rubric-value 5:19 “issuers 第 2 项”的值“列表”不对，应为一行文字，请改正。",
        ],
    ),
    (
        "a unit that is a number",
        "units:",
        "units:\n  - 3",
        [
            "rubric-value 15:5 “units 第 1 项”的值“3”不对，应为若干“名称: 值”，请改正。",
        ],
    ),
    (
        "an unknown unit in the print",
        "        points: 4",
        "        points: 4\n        printed_under: '9'",
        [
            "rubric-unknown-unit 22:24 没有编号为“9”的评价单元，请改为已有的编号。",
        ],
    ),
    (
        "a pass mark out of reach",
        "pass_mark: 8",
        "pass_mark: 10.5",
        [
            "rubric-pass-mark 8:12 达标线 10.5 分高于总分 10 分，没有单位能达标，请改正。",
        ],
    ),
    (
        "a pass mark in words",
        "pass_mark: 8",
        "pass_mark: 八十",
        [
            "rubric-value 8:12 “pass_mark”的值“八十”不对，应为一个数字，请改正。",
        ],
    ),
    (
        "a blank pass mark",
        "pass_mark: 8",
        "pass_mark:",
        [
            "rubric-value 8:11 “pass_mark”的值空白不对，应为一个数字，请改正。",
        ],
    ),
    (
        "not a number",
        "points: 10",
        "points: NaN",
        [
            "rubric-value 7:9 “points”的值“NaN”不对，应为一个数字，请改正。",
        ],
    ),
    (
        "a number to exhaust the memory",
        "points: 10",
        "points: 1e999999999",
        [
            "rubric-value 7:9 “points”的值“1e999999999”不对，应为不超过 1000 的数字，请改正。",
        ],
    ),
    (
        "a part to exhaust the memory",
        "points: 6, text",
        "points: 9e999999999999999999, text",
        [
            "rubric-value 36:33 “points”的值“9e999999999999999999”不对，应为不超过 1000 的数字，请改正。",
        ],
    ),
    (
        "a share without its sign",
        "2030: 25%",
        "2030: 0.25",
        [
            "rubric-value 9:17 “2030”的值“0.25”不对，应为百分数，如 25%，请改正。",
        ],
    ),
    (
        "no share",
        "2030: 25%",
        "2030: 0%",
        [
            "rubric-value 9:17 “2030”的值“0%”不对，应为百分数，如 25%，请改正。",
        ],
    ),
    (
        "more than all",
        "2031: 50%",
        "2031: 101%",
        [
            "rubric-value 9:28 “2031”的值“101%”不对，应为百分数，如 25%，请改正。",
        ],
    ),
    (
        "a share to exhaust the memory",
        "2030: 25%",
        "2030: 1e-9999999%",
        [
            "rubric-value 9:17 “2030”的值“1e-9999999%”不对，应为百分数，如 25%，请改正。",
        ],
    ),
    (
        "a falling target",
        "2030: 25%",
        "2030: 60%",
        [
            "rubric-targets 9:28 年度目标应按年份递增且比例不降，2030 年和 2031 年不符，请改正。",
        ],
    ),
    (
        "years in the wrong order",
        "2030: 25%, 2031: 50%",
        "2031: 25%, 2030: 50%",
        [
            "rubric-targets 9:28 年度目标应按年份递增且比例不降，2031 年和 2030 年不符，请改正。",
        ],
    ),
    (
        "a year in words",
        "2030: 25%",
        "首年: 25%",
        [
            "rubric-value 9:11 “targets”的值（年份“首年”）不对，应为四位年份，请改正。",
        ],
    ),
    (
        "a year too early",
        "2030: 25%",
        "1030: 25%",
        [
            "rubric-value 9:11 “targets”的值（年份“1030”）不对，应为四位年份，请改正。",
        ],
    ),
    (
        "no target",
        "{2030: 25%, 2031: 50%}",
        "{}",
        [
            "rubric-value 9:10 “targets”的值“若干项”不对，应为至少一项，请改正。",
        ],
    ),
    (
        "a target for all years",
        "{2030: 25%, 2031: 50%}",
        "25%",
        [
            "rubric-value 9:10 “targets”的值“25%”不对，应为若干“名称: 值”，请改正。",
        ],
    ),
    (
        "a month 13",
        "issued: 2030-01-02",
        "issued: 2030-13-02",
        [
            "rubric-value 6:9 “issued”的值“2030-13-02”不对，应为日期，如 2020-08-03，请改正。",
        ],
    ),
    (
        "a year for a date",
        "issued: 2030-01-02",
        "issued: 2030",
        [
            "rubric-value 6:9 “issued”的值“2030”不对，应为日期，如 2020-08-03，请改正。",
        ],
    ),
    (
        "another policy",
        "not_allowed",
        "drop",
        [
            (
                "rubric-value 10:17 “not_applicable”的值“drop”不对，"
                "应为以下之一：not_allowed、full、dropped、rescaled，请改正。"
            ),
        ],
    ),
    (
        "a day that no year has",
        "by: 每年10月31日",
        "by: 2030年2月30日",
        [
            (
                "rubric-no-such-day 13:20 没有“2030年2月30日”这一天，"
                "或者不是每年都有，请改正；二月的最后一天可以写“2月底”。"
            ),
        ],
    ),
    (
        "a day that not every year has",
        "by: 每年10月31日",
        "by: 2月29日, step: plan",
        [
            "rubric-no-such-day 13:20 没有“2月29日”这一天，或者不是每年都有，请改正；二月的最后一天可以写“2月底”。",
        ],
    ),
    (
        "a step without a date",
        "by: 每年10月31日",
        "by: 十月底, step: self_assessment",
        [
            (
                "rubric-no-date 13:20 写了 step 的要有能推算的日期，“十月底”不是，"
                "请改为 2020-08-15、每年10月31日、10月底前一类，或删除 step。"
            ),
        ],
    ),
    (
        "a step twice",
        "by: 每年10月31日}",
        "by: 10月31日, step: plan}\n  - {what: 备案, by: 2030-08-15, step: plan}",
        [
            "rubric-step-twice 14:38 “plan”这一步写了两个期限，请只保留一个。",
        ],
    ),
    (
        "an unknown step",
        "by: 每年10月31日",
        "by: 每年10月31日, step: check",
        [
            "rubric-value 13:36 “step”的值“check”不对，应为以下之一：plan、self_assessment、verification，请改正。",
        ],
    ),
    (
        "a title too long",
        "title: 示例评价标准",
        "title: " + "长" * 501,
        [
            "rubric-value 3:8 “title”的值“" + "长" * 40 + "”不对，应为较短的文字（最多 500 字），请改正。",
        ],
    ),
]


def told(problems: Sequence[Problem]) -> list[str]:
    return [f"{problem.code.slug} {problem.location.cell} {problem.message}" for problem in problems]


@pytest.mark.parametrize(("old", "new", "expected"), [pytest.param(*fault[1:], id=fault[0]) for fault in FAULTS])
def test_a_fault_is_named_at_its_place(old: str, new: str, expected: list[str]) -> None:
    assert old in SMALL
    rubric, problems = build(SMALL.replace(old, new, 1).encode())
    assert (rubric, told(problems)) == (None, expected)


def test_the_undamaged_one_holds() -> None:
    rubric, problems = build(SMALL.encode())
    assert problems == ()
    assert rubric is not None
    assert (rubric.mark, len(rubric.criteria)) == ("small / 1", 3)


def test_all_faults_are_reported_at_once() -> None:
    text = SMALL
    for old, new in (
        ('version: "1"', "versoin: 1"),
        ("points: 10", "points: 12"),
        ("2030: 25%", "2030: 0.25"),
        ("scope:", "calendar: []\nscope:"),
        ("each: 1", "each: 4"),
        ("id: 1.1.2", "id: 1.1.1"),
        ("points: 6, text", "points: six, text"),
    ):
        text = text.replace(old, new, 1)
    assert told(build(text.encode())[1]) == [
        "rubric-missing-key 1:1 缺少“version”这一项，请补上。",
        "rubric-unknown-key 2:1 没有“versoin”这一项，是不是想写“version”？",
        "rubric-sum 7:9 总分写的是 12 分，但其下各项合计 10 分，请改到一致。",
        "rubric-value 9:17 “2030”的值“0.25”不对，应为百分数，如 25%，请改正。",
        "rubric-duplicate-key 13:1 “calendar”写了两次（第一次在第 11 行），请只保留一个。",
        "rubric-duplicate-id 25:17 编号“1.1.1”用了两次，请改成不重复的编号。",
        "rubric-cap 26:21 最高 3 分比每次的 4 分还少，永远得不到满一次的分，请改正。",
        "rubric-value 37:33 “points”的值“six”不对，应为一个数字，请改正。",
    ]


WHOLE: list[tuple[str, bytes, list[str]]] = [
    (
        "empty",
        b"",
        [
            "rubric-empty None 标准文件是空的，请写入评价标准。",
        ],
    ),
    (
        "blank",
        b" \n\n",
        [
            "rubric-empty None 标准文件是空的，请写入评价标准。",
        ],
    ),
    (
        "only a remark",
        "# 说明\n".encode(),
        [
            "rubric-empty None 标准文件是空的，请写入评价标准。",
        ],
    ),
    (
        "only dashes",
        b"---\n",
        [
            "rubric-empty None 标准文件是空的，请写入评价标准。",
        ],
    ),
    (
        "GBK",
        "id: 甲\n标题: 乙".encode("gbk"),
        [
            "rubric-not-utf8 1:1 标准文件不是 UTF-8 编码，请用记事本打开，另存为，编码选 UTF-8。",
        ],
    ),
    (
        "UTF-16 with half a character at its end",
        SMALL.encode("utf-16")[:-1],
        [
            "rubric-not-utf8 1:1 标准文件不是 UTF-8 编码，请用记事本打开，另存为，编码选 UTF-8。",
        ],
    ),
    (
        "binary",
        bytes(range(32)),
        [
            "rubric-syntax 1:1 YAML 写法有误，有 YAML 不允许的控制字符。",
        ],
    ),
    (
        "a damaged workbook",
        b"PK\x03\x04" + bytes(100),
        [
            (
                "file-damaged None 文件已损坏（压缩结构不完整），请用 Excel 或 WPS 打开后另存为 .xlsx；"
                "打不开就让单位重新发送。"
            ),
        ],
    ),
    (
        "a list",
        b"- a\n- b\n",
        [
            "rubric-value 1:1 “整个文件”的值“列表”不对，应为若干“名称: 值”，请改正。",
        ],
    ),
    (
        "a number",
        b"3",
        [
            "rubric-value 1:1 “整个文件”的值“3”不对，应为若干“名称: 值”，请改正。",
        ],
    ),
    (
        "ten megabytes",
        b"x" * 10_000_000,
        [
            "rubric-too-large None 标准文件超过 1024 KB 的上限，请确认是不是拿错了文件。",
        ],
    ),
    (
        "a hundred thousand brackets",
        b"[" * 100_000,
        [
            "rubric-too-deep 1:32 嵌套层数过多，请检查缩进和括号。",
        ],
    ),
    (
        "a broken quote",
        b"'",
        [
            "rubric-syntax 1:1 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
        ],
    ),
    (
        "an unknown YAML",
        b"%YAML 9.9\n---\nid: a\n",
        [
            "rubric-syntax 1:1 YAML 写法有误，请检查缩进、引号、括号是否成对，冒号后是否有空格。",
        ],
    ),
    (
        "two standards",
        (SMALL + "---\n" + SMALL).encode(),
        [
            "rubric-several-documents 37:1 一个文件只能写一个标准，请删除这里的“---”以及后面的内容。",
        ],
    ),
]


@pytest.mark.parametrize(("data", "expected"), [pytest.param(*case[1:], id=case[0]) for case in WHOLE])
def test_a_file_that_is_no_standard(data: bytes, expected: list[str]) -> None:
    rubric, problems = build(data)
    assert (rubric, told(problems)) == (None, expected)


@pytest.mark.parametrize("data", [SMALL.encode("utf-8-sig"), SMALL.replace("\n", "\r\n").encode()], ids=["bom", "crlf"])
def test_what_windows_editors_write_holds(data: bytes) -> None:
    assert build(data) == build(SMALL.encode())


def test_a_problem_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "标准.yaml"
    path.write_text(SMALL.replace("points: 10", "points: 11"), encoding="utf-8")
    rubric, problems = load(path)
    assert rubric is None
    assert [str(problem.location) for problem in problems] == [f"{path} 7:9"]


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    assert [told(load(path)[1]) for path in (tmp_path / "无.yaml", tmp_path)] == [
        ["file-missing None 找不到这个文件或文件夹，请核对路径和文件名。"],
        ["rubric-folder None 这是一个文件夹，请给出评价标准的文件（.yaml 或 .xlsx）。"],
    ]


def test_a_name_or_a_path_finds_a_standard(tmp_path: Path, rubric: Rubric) -> None:
    path = tmp_path / "自定"
    path.write_bytes(shipped()[DEFAULT].read_bytes())
    assert find(DEFAULT)[0] == find(str(path))[0] == rubric
    none, problems = find("standard_2021")
    assert none is None
    assert told(problems) == [
        (
            "rubric-unknown None 没有名为“standard_2021”的评价标准，内置的有 standard_2020；"
            "也可以给出标准文件（.yaml 或 .xlsx）的路径。"
        )
    ]


def test_a_value_a_line_too_long_is_not_repeated_whole() -> None:
    (problem,) = build(SMALL.replace("points: 10", "points: " + "1" * 100_000).encode())[1]
    assert len(problem.message) < 100


# Damage at random: what a slip of the editor, a bad merge or a bad disk does.

STANDARD = shipped()[DEFAULT].read_text(encoding="utf-8")
EVERY_KIND = Path(__file__).with_name("all_kinds.yaml").read_text(encoding="utf-8")
SLIPS = st.sampled_from(list("\t\n :：-[]{}\"'%#&*!|>@,，?0189.eE+~年分是\0\x07\ufeff😀"))
CHARACTERS = SLIPS | st.characters(codec="utf-8")


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Draw a whole standard with a few lines or characters deleted, doubled, moved or replaced."""
    text = draw(st.sampled_from([SMALL, STANDARD, EVERY_KIND]))
    for _ in range(draw(st.integers(1, 4))):
        lines = text.split("\n")
        at, to = draw(st.integers(0, len(lines) - 1)), draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["delete", "double", "move", "swap", "cut", "insert", "replace", "erase"])):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(to, lines[at])
            case "move":
                lines.insert(to, lines.pop(at))
            case "swap":
                lines[at], lines[to] = lines[to], lines[at]
            case "cut":
                lines = lines[: at + 1]
            case how:
                line = lines[at]
                column = draw(st.integers(0, len(line)))
                new = "" if how == "erase" else draw(st.text(CHARACTERS, min_size=1, max_size=3))
                lines[at] = line[:column] + new + line[column + (how != "insert") :]
        text = "\n".join(lines)
    return text


@settings(max_examples=1500)
@given(damaged())
def test_random_damage_is_read_or_refused_with_a_place(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    rubric, problems = build(data)
    assert (rubric is None) == bool(problems)
    lines = data.decode("utf-8-sig", "replace").split("\n")
    for problem in problems:
        assert problem.message
        if problem.code.slug != "rubric-empty":
            line, column = map(int, str(problem.location.cell).split(":"))
            assert 1 <= line <= len(lines) + 1
            assert column >= 1


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.text(CHARACTERS, max_size=80).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    rubric, problems = build(data)
    assert rubric is None
    assert problems


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@pytest.mark.parametrize("how", ["check", "extends"])
def test_a_pipe_is_never_opened(how: str, tmp_path: Path) -> None:
    pipe = tmp_path / "管道.yaml"
    os.mkfifo(pipe)
    (tmp_path / "本市.yaml").write_text("extends: 管道.yaml\nid: x\n", "utf-8")
    _, problems = load(pipe if how == "check" else tmp_path / "本市.yaml")
    expected = Code.FILE_NOT_REGULAR if how == "check" else Code.RUBRIC_EXTENDS_MISSING
    assert [problem.code for problem in problems] == [expected]


@pytest.mark.slow
def test_very_many_unknown_keys_are_told_in_seconds() -> None:
    begun = time.monotonic()
    _, problems = build("".join(f"k{number}: 1\n" for number in range(80_000)).encode())
    assert time.monotonic() - begun < 20
    assert sum(problem.code is Code.RUBRIC_UNKNOWN_KEY for problem in problems) == 80_000


LOST = "被当成注释，没有读入；如是文字的一部分，请给整段文字加双引号。"
REMARKS: list[tuple[str, str, list[str]]] = [
    ("text: 建立", "text: 建立 #1楼", [f"rubric-comment 26:22 “#1楼制度，每项得1分，最高得3分”{LOST}"]),
    ("，最高得3分", " # 最高得3分", [f"rubric-comment 26:30 “# 最高得3分”{LOST}"]),
    ("name: 宣传", "name: 宣传 #含培训", [f"rubric-comment 29:14 “#含培训”{LOST}"]),
    ("name: 宣传", "name: 宣传 # 含培训", []),
    ("points: 10", "points: 10 #满分", []),
    ("得3分", "得3分 # 3 points", []),
    ("text: 建立", "text: 建立#1楼", []),
    ("text: 建立制度，每项得1分，最高得3分", "text: '建立 #1楼' # 说明", []),
]


@pytest.mark.parametrize(("old", "new", "expected"), REMARKS)
def test_a_remark_that_may_be_text_is_a_warning(old: str, new: str, expected: list[str]) -> None:
    rubric, problems = build(SMALL.replace(old, new, 1).encode())
    assert (rubric is not None, told(problems)) == (True, expected)
