"""A whole standard on one screen, for tests that damage one."""

from __future__ import annotations

SMALL = """\
id: small
version: "1"
title: 示例评价标准
document: 示例〔2030〕1号
issuers: [示例市能源局]
issued: 2030-01-02
points: 10
pass_mark: 8
targets: {2030: 25%, 2031: 50%}
not_applicable: not_allowed
scope: [行政机关, 党的机关]
calendar:
  - {what: 自评, by: 每年10月31日}
units:
  - id: "1"
    name: 制度
    points: 4
    items:
      - id: "1.1"
        name: 管理
        points: 4
        criteria:
          - {id: 1.1.1, points: 1, text: 明确机构，得1分}
          - id: 1.1.2
            points: 3
            text: 建立制度，每项得1分，最高得3分
            rule: {kind: count, each: 1, measure: 项}
  - id: "2"
    name: 宣传
    points: 6
    items:
      - id: "2.1"
        name: 活动
        points: 6
        criteria:
          - {id: 2.1.1, points: 6, text: 开展活动，得6分}
"""
