"""What the system gives to every program: language, home folder, long paths, clock, processes."""

from __future__ import annotations

import datetime as dt
import locale
import os
import sys
from pathlib import Path
from typing import NamedTuple

from jieyue_cli import clock
from jieyue_cli.doctor.finding import Finding, good, remark, wrong
from jieyue_cli.terminal.console import encodes

_LATEST = 2050
"""A year after which no computer has this version of the program."""
_STANDARD = dt.date(2020, 8, 3)
"""The day on which the first standard was issued: no form is older."""
_PATIENCE = 20
"""Seconds for a worker process to start and end."""

SET_LOCALE = "请设置支持中文的语言区域，例如先运行 export LC_ALL=C.UTF-8。"
NO_MATTER = "程序不用它，可以不管；其他软件可能需要。"
ALLOW_LONG_PATHS = "文件夹不要套得太深；或请管理员在组策略中启用“Win32 长路径”。"
SET_CLOCK = "请改正电脑的日期和时间：核查期限、函的落款和台账都用它。"
UNPIN = "不是有意固定时间的，请删除环境变量 SOURCE_DATE_EPOCH。"
ALLOW_PROCESSES = "仍能用，只是较慢；要快些请放宽内存、进程数或文件数的限制，或看杀毒软件是否拦截了新进程。"


class Locale(NamedTuple):
    """The language of the system as far as names of files are concerned."""

    chosen: str
    """What the environment asks for."""
    known: bool
    """Whether the system has it."""
    names: str
    """How names of files are encoded."""


def look_at_locale() -> Locale:
    """As Python found it at its start."""
    chosen = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_CTYPE", "LANG"))), "")
    try:
        locale.setlocale(locale.LC_CTYPE, "")
    except locale.Error:
        return Locale(chosen, known=False, names=sys.getfilesystemencoding())
    return Locale(chosen, known=True, names=sys.getfilesystemencoding())


def judge_locale(seen: Locale) -> Finding:
    """Files can have Chinese names."""
    chosen = seen.chosen or "没有设置"
    if not encodes("名录", seen.names):
        return wrong(f"{chosen}：文件名用 {seen.names}，写不了中文文件名", SET_LOCALE)
    if not seen.known:
        return remark(f"{chosen}：系统没有这个语言区域", SET_LOCALE)
    return good(f"{chosen}，文件名用 {seen.names}")


def look_at_home() -> str | None:
    """The home folder; None where there is none."""
    try:
        home = Path.home()
        return str(home) if home.is_dir() else None
    except (OSError, RuntimeError):
        return None


def judge_home(seen: str | None) -> Finding:
    """The program keeps nothing there."""
    return good(seen) if seen else remark("没有，或不存在", NO_MATTER)


def look_at_long_paths() -> bool | None:
    """Whether paths may have more than 260 characters; None where there is no such limit."""
    if sys.platform == "win32":
        import winreg

        place = r"SYSTEM\CurrentControlSet\Control\FileSystem"
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, place) as key:
                return bool(winreg.QueryValueEx(key, "LongPathsEnabled")[0])
        except OSError:
            return False
    return None


def judge_long_paths(seen: bool | None) -> Finding:  # noqa: FBT001 -- what was seen
    """Folders within folders with long Chinese names reach the limit."""
    if seen is False:
        return remark("Windows 限制路径在 260 个字以内", ALLOW_LONG_PATHS)
    return good("Windows 已放开 260 个字的限制" if seen else "这个系统没有 260 个字的限制")


class Clock(NamedTuple):
    """The time, as the program and as the system see it."""

    now: dt.datetime
    """In China."""
    offset: dt.timedelta
    """Of the system's zone."""
    pinned: str | None = None


def look_at_clock() -> Clock:
    """The system's time, whatever pins that of a run."""
    now = dt.datetime.now(clock.ZONE)
    return Clock(now, now.astimezone().utcoffset() or dt.timedelta(), os.environ.get(clock.PINNED))


def judge_clock(seen: Clock) -> Finding:
    """It can be the time of a form."""
    shown = f"{seen.now:%Y-%m-%d %H:%M}"
    if seen.now.date() < _STANDARD:
        return wrong(f"{shown}，早于标准印发的 {_STANDARD}", SET_CLOCK)
    if seen.now.year > _LATEST:
        return wrong(f"{shown}，远在以后", SET_CLOCK)
    if seen.pinned:
        return remark(f"被环境变量固定为 {seen.pinned}（实际 {shown}）", UNPIN)
    hours = seen.offset / dt.timedelta(hours=1)
    other = "" if seen.offset == dt.timedelta(hours=8) else f"（系统时区 UTC{hours:+g}，程序一律按北京时间）"
    return good(shown + other)


class Workers(NamedTuple):
    """Processes that read forms side by side."""

    wanted: int
    allowed: int
    """0 where none can live."""


def look_at_workers() -> Workers:
    """Start one, and see how many the limits let live."""
    from jieyue_cli.processes import NO_RESOURCES, affordable, context, default_jobs

    wanted = default_jobs()
    try:
        allowed = affordable(wanted)
        worker = context().Process(target=os.getpid)
        worker.start()
        worker.join(_PATIENCE)
        ended = worker.exitcode == 0
        worker.kill()
    except NO_RESOURCES:
        return Workers(wanted, 0)
    return Workers(wanted, allowed if ended else 0)


def judge_workers(seen: Workers) -> Finding:
    """One process does everything where there can be no others."""
    if not seen.allowed:
        return remark("开不了新进程，只能一份一份地读", ALLOW_PROCESSES)
    if seen.allowed < seen.wanted:
        return remark(f"有 {seen.wanted} 个处理器，系统只许开 {seen.allowed} 个进程", ALLOW_PROCESSES)
    return good(f"能同时开 {seen.allowed} 个进程")
