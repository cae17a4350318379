"""A standard with everything that is asked once and used elsewhere: inputs, quotients, branches, granted points."""

from __future__ import annotations

BORROWING = """\
id: borrowing
version: "1"
title: 示例评价标准
document: 示例〔2030〕3号
issuers: [示例市能源局]
issued: 2030-01-02
points: 34
pass_mark: 28
targets: {2030: 25%, 2031: 50%}
scope: [行政机关, 党的机关]
classes: [甲类, 乙类]
forfeit: criterion
inputs:
  - {id: A1, text: 年用水量, answer: number, unit: 立方米}
  - {id: A2, text: 用水人数, answer: count, unit: 人, positive: true}
  - {id: A3, text: 是否设置室外吸烟区, answer: yes_no}
  - {id: A4, text: 办公形式, answer: choice, choices: [独立办公, 合用办公]}
  - {id: A5, text: 上年人均用水量, answer: number, unit: 立方米/人, positive: true}
  - {id: A6, text: 制度印发日期, answer: date}
  - {id: A7, text: 联系科室, answer: text, when: [甲类]}
  - {id: A8, text: 节水器具普及率, answer: percent}
gates:
  - {id: G1, text: 完成节水目标}
units:
  - id: "1"
    name: 制度
    points: 34
    items:
      - id: "1.1"
        name: 管理
        points: 34
        criteria:
          - id: 1.1.1
            points: 10
            text: 预算执行率
            rule: {kind: ratio, of: 执行数, by: 预算数, unit: 万元, target: 95%}
          - id: 1.1.2
            points: 7
            text: 人均用水量
            not_applicable: rescaled
            rule:
              kind: bands
              of: {input: A1}
              by: {input: A2}
              relative_to: {input: A5}
              bands: [{up_to: 0.9, points: 7}, {up_to: 1, points: 6}]
          - id: 1.1.3
            points: 4
            text: 室外吸烟区
            rule: {kind: branch, on: A3}
            parts:
              - id: 1.1.3-1
                case: 是
                text: 吸烟区设置规范
                rule: {kind: deductions, faults: [{text: 无标识, lose: 2}, {text: 烟头, lose: 1, measure: 个}]}
              - {id: 1.1.3-2, case: 否, text: 不设室外吸烟区, rule: {kind: granted}}
          - id: 1.1.4
            points: 5
            text: 办公楼改造
            rule: {kind: branch, on: A4}
            parts:
              - {id: 1.1.4-1, case: 独立办公, text: 改造, rule: {kind: count, each: 1, measure: 项}}
              - {id: 1.1.4-2, case: [合用办公], text: 配合改造, points: 3}
          - id: 1.1.5
            points: 6
            text: 节水器具普及率
            rule: {kind: linear, of: {input: A8}, above: 97%, per: 1%, gain: 2}
          - id: 1.1.6
            points: 2
            text: 节水目标完成后公示
            rule: {kind: branch, on: G1}
            parts:
              - {id: 1.1.6-1, case: 是, text: 公示}
              - {id: 1.1.6-2, case: 否, text: 整改}
"""
