"""A published table put together as the plain data of a standard, with a doubt for whatever its text does not say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from jieyue_cli.problems import Code, Problem
from jieyue_cli.rubric.published import Offer, word
from jieyue_cli.rubric.published.drafts import Draft, drafted, marks
from jieyue_cli.rubric.published.grid import Printed, Table, tables
from jieyue_cli.rubric.published.splitting import flat
from jieyue_cli.rubric.published.sums import Move, moved, total, unequal
from jieyue_cli.rubric.published.table import Item, Outline, Unit, outline, printed_points
from jieyue_cli.rubric.spreadsheet.vocabulary import KINDS
from jieyue_cli.rubric.tree import Node, Path
from jieyue_cli.text.listing import abridged
from jieyue_cli.text.numbers import plain

_PASS_MARK = Decimal(80)
_YEAR = "2026"
_NO_TITLE = re.compile(r"附件|附表|附\s*\d*$|[一二三四五六七八九十]、")
_MOST_SHOWN = 3


def offer(data: bytes, name: str) -> tuple[Offer | None, tuple[Problem, ...]]:
    """What ``offered`` promises."""
    printed, problem = _read(data)
    if problem:
        return None, (problem.inside(name),)
    found = list(tables(printed))
    whole = [table for table in found if isinstance(table, Table)]
    if len(whole) != 1:
        places = "、".join(table.printed.sheet.name for table in whole)
        several = [Code.PUBLISHED_SEVERAL.at(count=len(whole), tables=places)] if whole else []
        problems = several or [entry for entry in found if isinstance(entry, Problem)] or [Code.PUBLISHED_NONE.at()]
        return None, tuple(entry.inside(name) for entry in problems)
    read = outline(whole[0])
    if read.problems:
        return None, tuple(entry.inside(name) for entry in read.problems)
    return _Maker(whole[0], read).offer(), ()


def _read(data: bytes) -> tuple[Sequence[Printed], Problem | None]:
    if word.is_document(data):
        return word.printed(data)
    from jieyue_cli.workbook import read_workbook

    book, problems = read_workbook(data)
    if book is None:
        problem = problems[0]
        if problem.code is Code.FILE_FOREIGN:
            what = problem.message.partition("“")[2].partition("”")[0]
            return (), Code.PUBLISHED_UNREAD.at(detail=f"这是“{what}”")
        return (), problem
    return [Printed(sheet) for sheet in book.sheets if not sheet.hidden], None


def _priced(item: Item) -> Decimal | None:
    """What the text of an item comes to; None where some of it has no price."""
    drafts = drafted(item.blocks, None)
    return total(draft.points for draft in drafts) if all(draft.points for draft in drafts) else None


class _Maker:
    """Fills in the data, and collects the doubts beside it."""

    def __init__(self, table: Table, read: Outline) -> None:
        self._table = table
        self._read = read
        self._doubts: dict[Path, list[str]] = {}
        self._unequal = 0

    def offer(self) -> Offer:
        units = self._read.units
        drafts: dict[int, list[Draft]] = {}
        for item in (item for unit in units for item in unit.items):
            if item.points is None:
                item.points = item.beside[0] if len(item.beside) == 1 else printed_points(item, _priced(item))
            drafts[id(item)] = drafted(item.blocks, item.points)
        moves = moved(units)
        for at, unit in enumerate(units):
            if unit.points is None:
                unit.points = total(item.points for item in unit.items)
                self._doubt(("units", at), "没有印本单元的分值，按各评价项目合计")
        data = self._top(units)
        data["units"] = [self._unit(("units", at), unit, drafts, moves) for at, unit in enumerate(units)]
        doubts = {path: "；".join(dict.fromkeys(said)) for path, said in self._doubts.items()}
        return Offer(data, doubts, tuple(self._told(units, drafts, moves, len(doubts))))

    def _doubt(self, path: Path, *said: str) -> None:
        if kept := [sentence for sentence in said if sentence]:
            self._doubts.setdefault(path, []).extend(kept)

    def _sum(self, path: Path, stated: Decimal | None, parts: Sequence[Decimal | None], called: str) -> None:
        if said := unequal(stated, parts, called):
            self._unequal += 1
            self._doubt(path, said)

    def _top(self, units: Sequence[Unit]) -> dict[str, Node]:
        """What a table does not say: a title may stand above it, everything else has to be filled in."""
        titles = [flat(line) for text in self._table.above for line in text.split("\n")]
        title = next((line for line in reversed(titles) if line and not _NO_TITLE.match(line)), "")
        if title:
            self._doubt(("title",), "取自表格上面的一行")
        own, bonus = ([unit.points for unit in units if unit.bonus is extra] for extra in (False, True))
        points = self._read.total or total(own)
        if not self._read.total:
            self._doubt(("points",), "没有印总分，按各评价单元合计")
        elif total(bonus) and points == total(own) + total(bonus):
            points = total(own)
            self._doubt(("points",), f"印的总分 {plain(self._read.total)} 分含附加分，这里不含")
        self._sum(("points",), points, own, "各评价单元")
        mark = _PASS_MARK if points >= _PASS_MARK else points * _PASS_MARK / 100
        for key, said in _TO_FILL.items():
            self._doubt((key,), said)
        return {
            "id": "local_standard",
            "version": "1",
            "title": title[:500] or "请填写名称",
            "document": "请填写文号",
            "issuers": ["请填写印发单位"],
            "issued": f"{_YEAR}-01-01",
            "points": plain(points),
            "pass_mark": plain(mark),
            "targets": {_YEAR: "100%"},
            "scope": ["党政机关"],
        }

    def _unit(self, path: Path, unit: Unit, drafts: dict[int, list[Draft]], moves: Sequence[Move]) -> dict[str, Node]:
        number = str(int(path[-1]) + 1)
        parts = [item.points for item in unit.items]
        self._sum(path, unit.points, parts, "各评价项目")
        if not unit.items:
            self._doubt(path, "下面没有评价项目，请补上或删去")
        if [item.name for item in unit.items] == [unit.name]:
            self._doubt(path, "没有分评价单元和评价项目，暂用同一个名称")
        data: dict[str, Node] = {"id": number, "name": unit.name, "points": plain(unit.points or Decimal(0))}
        if unit.bonus:
            data["bonus"] = "true"
            self._doubt(path, "按附加分计，不算在总分里")
        data["items"] = [
            self._item((*path, "items", at), f"{number}.{at + 1}", item, drafts[id(item)], moves)
            for at, item in enumerate(unit.items)
        ]
        return data

    def _item(
        self, path: Path, number: str, item: Item, drafts: Sequence[Draft], moves: Sequence[Move]
    ) -> dict[str, Node]:
        data: dict[str, Node] = {"id": number, "name": item.name.translate(_SIGNS) or item.name}
        if item.points is not None:
            data["points"] = plain(item.points)
        if not item.printed:
            self._doubt(path, "没有印本项目的分值，按条文合计" if item.points else "没有印本项目的分值，请填写")
        if item.points not in {total(item.beside), *item.beside} and item.beside:
            self._doubt(
                path, f"名称后印的是 {plain(item.points or Decimal(0))} 分，分值栏是 {plain(total(item.beside))} 分"
            )
        self._doubt(path, *(move.said for move in moves if move.item is item))
        if item.printed_under:
            data["printed_under"] = str(self._read.units.index(item.printed_under) + 1)
        must, absent, doubts = marks(item.name)
        self._doubt(path, *doubts)
        data |= {key: value for key, value in (("must", must), ("not_applicable", absent)) if value}
        if all(draft.points is not None for draft in drafts):
            self._sum(path, item.points, [draft.points for draft in drafts], "条文")
        data["criteria"] = [
            self._criterion((*path, "criteria", at), f"{number}.{at + 1}", draft) for at, draft in enumerate(drafts)
        ]
        return data

    def _criterion(self, path: Path, number: str, draft: Draft, within: str = "criteria") -> dict[str, Node]:
        self._doubt(path, *draft.doubts)
        given = {
            "clause": draft.clause,
            "points": plain(draft.points) if draft.points is not None else "",
            "text": draft.text,
            "rule": draft.rule,
            "must": draft.must,
            "not_applicable": draft.absent,
            "evidence": "true" if draft.evidence else "",
            "method": draft.method,
            "note": draft.note,
        }
        data: dict[str, Node] = {"id": number, **{key: value for key, value in given.items() if value}}
        if draft.parts:
            data["parts"] = [
                self._criterion((*path, "parts", at), f"{number}-{at + 1}", part) for at, part in enumerate(draft.parts)
            ]
        return data

    def _told(
        self, units: Sequence[Unit], drafts: dict[int, list[Draft]], moves: Sequence[Move], doubts: int
    ) -> Iterator[str]:
        leaves = [leaf for own in drafts.values() for draft in own for leaf in draft.leaves]
        kinds = Counter(str(leaf.rule["kind"]) if leaf.rule else "all_or_nothing" for leaf in leaves).most_common()
        yield f"读到 {len(units)} 个评价单元、{len(drafts)} 个评价项目、{len(leaves)} 条。"
        yield f"计分方式：{'，'.join(f'{KINDS[kind].word} {count} 条' for kind, count in kinds)}。"
        yield from (f"{move.said}，已照此移动，请核对。" for move in moves)
        yield f"分值有 {self._unequal} 处不等，照印的抄录，已在备注中写明。" if self._unequal else "各级分值合计相等。"
        if self._table.unread:
            yield f"没有读取的列：{abridged([flat(text) for text in self._table.unread], _MOST_SHOWN)}。"
        if self._read.unread:
            lines = [text[:20].rstrip("。") for text in self._read.unread]
            yield f"没有读取的文字：{abridged(lines, _MOST_SHOWN)}。"
        if self._table.printed.numbered:
            yield "Word 自动编的号按 1. 2. 3. 重编，请核对。"
        yield f"有 {doubts} 处请核对或填写，写在备注里，逐处看过再用。"


_SIGNS = str.maketrans("", "", "★※")
_TO_FILL = {
    "document": "请填写文号",
    "issuers": "请填写印发单位",
    "issued": "请填写印发日期",
    "pass_mark": "表里没有达标线，暂写 80%",
    "targets": "请填写年度目标",
    "scope": "请填写单位类别",
}
