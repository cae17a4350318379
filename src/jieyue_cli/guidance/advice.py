"""What lies in a folder → what comes next in the office's year: 发表, 收表, 核查, 反馈, 认定 and 台账, 进度."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jieyue_cli.guidance.names import numbered
from jieyue_cli.guidance.sight import Kind, Sight, Thing
from jieyue_cli.rubric.catalogue import DEFAULT
from jieyue_cli.text.cleaning import clean

_MOST_NAMED = 5
"""Forms or folders that one command names."""
_FIRST_YEAR, _LAST_YEAR = 2020, 2099
"""Years for which the shipped standard makes forms; a clock that says another is wrong."""
_RISKY = frozenset('"$`%!\\') - {os.sep}
"""What a command line changes even between quotation marks; on Windows paths need one of them."""
_PLAIN = re.compile(r"(?![@=])[\w@+=:./，。、…（）《》-]+")

Words = tuple[str, ...]


class Step(NamedTuple):
    """One command, and what it is for."""

    why: str
    words: Words
    """Of the command line, the program's name first."""

    @property
    def line(self) -> str:
        """As it is typed, on Windows and elsewhere."""
        return " ".join(typed(word) for word in self.words)


class Advice(NamedTuple):
    """What to tell a person who does not know what comes next."""

    where: str
    """One sentence: how far the year has come."""
    steps: tuple[Step, ...]


def typed(word: str) -> str:
    """A word as every usual shell takes it for one."""
    return word if _PLAIN.fullmatch(word) else f'"{word}"'


def typable(word: str) -> bool:
    """Whether a command line takes ``typed(word)`` for this word, and the screen shows all of it."""
    return clean(word) == word and not _RISKY & set(word) and not word.endswith("\\")


def advise(sight: Sight, year: int | None) -> Advice:
    """What comes next in a folder; ``year`` is that of the clock."""
    return _Office(sight, year if year and _FIRST_YEAR <= year <= _LAST_YEAR else None).advice()


class _Office:
    """A folder, seen as the work of one office."""

    def __init__(self, sight: Sight, year: int | None) -> None:
        self._things = [thing for thing in sight.things if typable(thing.name) and thing.name[0] != "-"]
        self._names = sight.names
        self._cut = sight.cut
        self._today = year
        self._roster = self._first(Kind.ROSTER)
        self._ledger = self._first(Kind.LEDGER)
        self._rubrics = [thing for thing in self._things if thing.kind is Kind.RUBRIC]

    def advice(self) -> Advice:
        returned = self._of(Kind.RETURNED, Kind.CHECKED)
        places = [thing for thing in returned if thing.several]
        waiting, year = self._waiting(places)
        if len(waiting) > _MOST_NAMED:
            return self._inside(waiting)
        if waiting:
            return self._collected(waiting, year)
        if self._ledger:
            return self._recorded(self._ledger, places)
        if returned:
            return self._loose(returned)
        if self._of(Kind.BLANK, Kind.TO_CHECK):
            return self._sent()
        if self._roster:
            return self._listed(self._roster)
        if office := self._first(Kind.OFFICE):
            enter = Step("进入文件夹，再运行 jieyue", ("cd", office.name))
            return Advice("名录和表在下一级文件夹里，先进去。", (enter,))
        return self._beginning()

    def _waiting(self, places: Iterable[Thing]) -> tuple[list[Thing], int | None]:
        """The places of the first year that the ledger does not record, and that year; None where no form says one."""
        years = {year for place in places for year in place.years}
        open_years = years.difference(self._ledger.years if self._ledger else ())
        if years and not open_years:
            return [], None
        year = min(open_years, default=None)
        return [place for place in places if year is None or year in place.years or not place.years], year

    def _collected(self, places: Sequence[Thing], year: int | None) -> Advice:
        names = tuple(place.name for place in places)
        roster, common = self._given("--roster", self._roster), self._standard(places)
        ledger = self._given("--ledger", self._ledger)
        of = f"{year}年" if year else ""
        checked = any(place.kind is Kind.CHECKED for place in places)
        reports = self._outputs(f"{of}汇总.xlsx", f"{of}结果.html")
        words = ("jieyue", "batch", *names, *roster, *ledger, *common, *reports)
        steps = [Step("看全部：排名、读不了的、谁没交、离目标还差几个", words)]
        steps += self._new_roster()
        forms = f"{of}的表" if of else "表"
        if not checked:
            steps += self._to_be_checked(names, roster, ledger, common, year)
            done = "，核查表也做好了：核查后填“核查情况”，填好放在这里。"
            ready = done if self._has(Kind.TO_CHECK, year) else "，还没有核查。"
            return Advice(f"{forms}收来了{ready}", tuple(steps[:3]))
        if not self._has(Kind.FEEDBACK, year):
            words = ("jieyue", "feedback", *names, *roster, *common, "-o", self._free(f"{of}反馈"))
            steps.append(Step("发回各单位：在原表上批注", words))
        else:
            words = ("jieyue", "letter", "公示", *names, *roster, *ledger, *common, "-o", self._free(f"{of}公示.docx"))
            steps.append(Step("公示认定名单", words))
        if roster and year:
            book = self._ledger.name if self._ledger else self._free("台账.jsonl")
            note = ("--note", f"{year}年核查结果") if self._ledger else ()
            record = ("jieyue", "ledger", "record", book, *names, *roster, "--year", str(year), *note, *common)
            steps.append(Step("核查完了就记入台账，以后各年以它为准", record))
        return Advice(f"{forms}有核查结果。", tuple(steps))

    def _to_be_checked(self, names: Words, roster: Words, ledger: Words, common: Words, year: int | None) -> list[Step]:
        evidence = Step("佐证材料：哪条得分没有材料", ("jieyue", "evidence", *names, *roster, *common))
        if self._has(Kind.TO_CHECK, year):
            return [evidence]
        if plan := self._first(Kind.PLAN):
            words = ("jieyue", "verify", "sheets", *names, "--plan", plan.name, *common, "-o", self._free("核查表"))
            return [Step("给要去核查的单位各做一份核查表", words), evidence]
        if not roster:
            return [evidence]
        drawn = (
            "jieyue",
            "verify",
            "plan",
            *names,
            *roster,
            *ledger,
            "--seed",
            f"{year}年核查" if year else "核查",
            *common,
        )
        words = (*drawn, *self._outputs("核查计划.xlsx"))
        return [evidence, Step("抽取要去核查的单位（种子换成公开定下的文字）", words)]

    def _recorded(self, ledger: Thing, places: Sequence[Thing]) -> Advice:
        book, last = ledger.name, max(ledger.years, default=None)
        steps = [Step("看历年进度", ("jieyue", "ledger", "show", book))]
        current = tuple(place.name for place in places if last in place.years)
        roster = self._given("--roster", self._roster)
        if current:
            words = (*current, *roster, "--ledger", book, *self._standard(places))
            steps.append(Step("离下一个目标还差几个、谁最近", ("jieyue", "plan", *words)))
        else:
            steps.append(Step("核对台账有没有改动", ("jieyue", "ledger", "verify", book)))
        if self._roster and last and last < _LAST_YEAR and not self._has(Kind.BLANK, last + 1):
            steps.append(self._forms_for(self._roster, last + 1))
        return Advice(f"{last} 年已记入台账。" if last else "这里有台账。", tuple(steps))

    def _inside(self, places: Sequence[Thing]) -> Advice:
        """A folder of returns itself, in which each agency has a folder: no report may be written into it."""
        words = ("jieyue", "batch", ".", *self._given("--roster", self._roster), *self._standard(places))
        leave = Step("到上一级文件夹，再运行 jieyue", ("cd", ".."))
        return Advice("这里像是交表的文件夹：每个单位一个文件夹。", (Step("看全部：排名、读不了的", words), leave))

    def _loose(self, forms: Sequence[Thing]) -> Advice:
        common, few = self._standard(forms), len(forms) <= _MOST_NAMED
        names = tuple(form.name for form in forms)
        scored = Step("看每份的得分和依据", ("jieyue", "score", *names, *common))
        first = Step("看一份的得分和依据", ("jieyue", "score", names[0], *common))
        places = names if few else (".",)
        ranked = Step("放在一起排名", ("jieyue", "batch", *places, *self._given("--roster", self._roster), *common))
        steps = (scored if few else first, *((ranked,) if len(forms) > 1 else ()))
        return Advice("表散放在这里；把交回的表放进一个文件夹（如“交表”），就能一起统计。", steps)

    def _sent(self) -> Advice:
        steps = [self._checked(self._roster)] if self._roster else self._new_roster() or [self._example()]
        if self._of(Kind.TO_CHECK):
            return Advice("核查表做好了；核查后填好“核查情况”，和交回的表放在这里。", tuple(steps))
        if self._roster and not any(thing.several for thing in self._of(Kind.BLANK)):
            steps.append(self._forms_for(self._roster, self._today))
        where = "空表做好了：发给各单位；交回来的放进一个文件夹（如“交表”），再在这里运行 jieyue。"
        return Advice(where, tuple(steps))

    def _listed(self, roster: Thing) -> Advice:
        return Advice("有名录，还没有表。", (self._checked(roster), self._forms_for(roster, self._today)))

    def _checked(self, roster: Thing) -> Step:
        return Step("检查名录读到了什么", ("jieyue", "roster", "check", roster.name, *self._own_standard()))

    def _new_roster(self) -> list[Step]:
        """Where there is none yet; one that is not filled in is there already."""
        if self._of(Kind.ROSTER, Kind.UNFILLED):
            return []
        return [Step("新建名录，它是认定率的分母", ("jieyue", "roster", "new", self._free("名录.xlsx")))]

    def _forms_for(self, roster: Thing, year: int | None) -> Step:
        asked = ("--year", str(year)) if year else ()
        target = self._free(f"{year}年空表" if year else "空表")
        words = ("jieyue", "template", "--roster", roster.name, *asked, *self._own_standard(), "-o", target)
        return Step(f"发表：给每个单位一份{f' {year} 年的' if year else ''}空表", words)

    def _beginning(self) -> Advice:
        own = self._rubrics[:1]
        steps = [Step("检查本地的评价标准", ("jieyue", "rubric", "check", rubric.name)) for rubric in own]
        form = ("jieyue", "template", *self._own_standard(), "-o", self._free("自评打分表.xlsx"))
        steps += [self._example(), *self._new_roster(), Step("只要一份空表", form)]
        where = "看到的文件里没有名录和表。" if self._cut else "这里还没有名录和表。"
        if own:
            where = "这里有评价标准，还没有名录和表。"
        if self._of(Kind.UNFILLED):
            where = "名录还没有填：用 Excel 或 WPS 打开，每个单位填一行，填好后再运行 jieyue。"
        return Advice(where, tuple(steps[:3]))

    def _example(self) -> Step:
        return Step("先看一遍：写出一个虚构的市两年的名录和表", ("jieyue", "demo", self._free("示例市")))

    def _of(self, *kinds: Kind) -> list[Thing]:
        return [thing for thing in self._things if thing.kind in kinds]

    def _has(self, kind: Kind, year: int | None) -> bool:
        """Whether something of a kind lies here that may be of a year."""
        return any(year is None or not thing.years or year in thing.years for thing in self._of(kind))

    def _first(self, kind: Kind) -> Thing | None:
        return next(iter(self._of(kind)), None)

    def _standard(self, forms: Iterable[Thing]) -> Words:
        """``--rubric``, where forms are of another standard than the shipped one and its file lies here."""
        ids = {form.standard for form in forms} - {"", DEFAULT}
        return next((("--rubric", own.name) for own in self._rubrics if own.standard in ids), ())

    def _own_standard(self) -> Words:
        """``--rubric``, where one standard lies here and no form says which one is used."""
        return ("--rubric", self._rubrics[0].name) if len(self._rubrics) == 1 else ()

    def _given(self, option: str, thing: Thing | None) -> Words:
        return (option, thing.name) if thing else ()

    def _outputs(self, *names: str) -> Words:
        return tuple(word for name in names for word in ("-o", self._free(name)))

    def _free(self, name: str) -> str:
        """A name that nothing here has: what a person may have edited is never written over."""
        return numbered(name, lambda wanted: wanted.lower() in self._names)
