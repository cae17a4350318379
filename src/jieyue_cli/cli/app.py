"""The program's commands and how a run ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from importlib import import_module
from types import ModuleType
from typing import Annotated

import typer
from typer._click import Command as AnyCommand
from typer._click.exceptions import NoArgsIsHelpError, UsageError

from jieyue_cli import __version__, interruption
from jieyue_cli.cli import options, usage
from jieyue_cli.terminal import console

_COMMANDS = (
    *("roster", "template", "score", "batch", "evidence", "verify", "feedback", "letter"),
    *("ledger", "plan", "compare", "demo", "doctor", "rubric", "schema", "completion"),
)
"""Each is a function of the module of its name, or a group of them that is called ``app`` there."""
_ELSEWHERE = {"schema": "rubric"}
"""Commands that stand in the module of another."""
_GROUPS = {
    "letter": "用 Word 写函：核查反馈、整改通知、自评报告草稿、公示和进度报告。",
    "verify": "核查：抽取现场核查和回头看的单位，做核查表。",
    "ledger": "台账：记录每年的认定结果，查看历年进度，检查有没有改动。",
    "roster": "新建和检查名录。",
    "rubric": "检查、查看、比较和新建评价标准。",
}
"""Groups of commands, and what the help pages say of them."""
_VERSION = "--version"


def _version(given: bool) -> None:
    if given:
        sys.stdout.write(f"jieyue {__version__}\n")
        raise typer.Exit


def _root(
    version: Annotated[bool, typer.Option(_VERSION, help="显示版本。", callback=_version, is_eager=True)] = False,
) -> None:
    """节约型机关评分工具：制作自评表，给交回的表计分并逐条说明，汇总全市进度。

    三步：jieyue template 制作空表；jieyue score 某单位.xlsx 看一份；jieyue batch 文件夹 看全部。

    只写 jieyue，按当前文件夹里有什么说明下一步；只写文件或文件夹，直接看结果。
    """


def whole() -> AnyCommand:
    """The program with all of its commands."""
    return typer.main.get_command(_program([], every=True))


def _program(arguments: list[str], *, every: bool = False) -> typer.Typer:
    """The program with the commands that this command line needs: every command registered costs start-up time."""
    app = typer.Typer(
        name="jieyue",
        cls=usage.Group,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    first = arguments[0] if arguments else ""
    if first != _VERSION:
        for name in [first] if first in _COMMANDS else _COMMANDS:
            if name in _GROUPS:
                group = _group(name) if every or name == first else typer.Typer()
                app.add_typer(group, name=name, help=_GROUPS[name], no_args_is_help=True, cls=usage.Group)
            else:
                _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    app.command(name, cls=usage.Command)(getattr(_module(name), name))


def _group(name: str) -> typer.Typer:
    group: typer.Typer = _module(name).app
    return group


def _module(command: str) -> ModuleType:
    return import_module(f"jieyue_cli.cli.{_ELSEWHERE.get(command, command)}")


def run(arguments: list[str]) -> int:
    """Run one command line; return its exit code (docs/contract.md, Programs, and 130 for Ctrl-C)."""
    console.survive_any_encoding()
    console.quiet(wanted=False)
    with interruption.watched():
        if arguments and (arguments[0] in _COMMANDS or arguments[0].startswith("-")):
            return _ended(lambda: _call(arguments))
        from jieyue_cli.cli import dropped
        from jieyue_cli.terminal import window

        if arguments and not dropped.is_path(arguments[0]):
            return _ended(lambda: _call(arguments))
        with window.kept(_told) as own:
            return _ended(lambda: _enter(arguments, own_window=own))


def _told(fault: Exception) -> int:
    """Tell what the installation or the system lacks, or show a fault of our own; returns the exit code."""
    from jieyue_cli.__main__ import explained

    if lacking := explained(fault):
        console.say(lacking)
        return options.WRONG_USAGE
    sys.excepthook(type(fault), fault, fault.__traceback__)
    return 1


def _enter(arguments: list[str], *, own_window: bool) -> int:
    """Run what has no command: nothing at all, or files and folders that were dropped on the program."""
    if not arguments:
        from jieyue_cli.cli.next_step import next_step

        return next_step(dropping=own_window)
    from jieyue_cli.cli.dropped import command_for

    meant = command_for(arguments)
    return options.WRONG_USAGE if meant is None else _call(meant)


def _call(arguments: list[str]) -> int:
    command = typer.main.get_command(_program(arguments))
    code = command(arguments, prog_name="jieyue", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _ended(called: Callable[[], int]) -> int:
    """What ``called`` returns, or the exit code for how it ended."""
    try:
        code = called()
        sys.stdout.flush()
    except UsageError as error:
        return _refused(error)
    except (typer.Abort, KeyboardInterrupt):
        return _interrupted()
    except (BrokenPipeError, SystemExit):
        # The reader of our output has closed it (… | head); rich and Typer raise SystemExit then.
        # What Python flushes at its end must go nowhere, or it would complain.
        console.silence()
        return 0
    except (OSError, UnicodeEncodeError) as error:
        told = _explained(error)
        if not told:
            raise
        console.say(told)
        return options.WRONG_USAGE
    except Exception as error:
        if not interruption.told_by(error):
            raise
        return _interrupted()
    if code == options.INTERRUPTED:
        console.say("已中断。")
    if code and not _is_somewhere():
        console.say("当前文件夹已经被删除或移走，请先进入另一个文件夹再运行。")
    return code


def _interrupted() -> int:
    console.say("已中断；没有做完的文件不会留下半份。")
    return options.INTERRUPTED


def _explained(error: OSError | UnicodeEncodeError) -> str:
    """What the system refused, for a person; nothing where the fault is our own."""
    from jieyue_cli.files.scratch import ScratchError
    from jieyue_cli.problems import Code

    if isinstance(error, UnicodeEncodeError):
        if error.encoding == sys.getfilesystemencoding() != "utf-8":
            return Code.OUTPUT_LOCALE.at().message
        return ""
    if isinstance(error, ScratchError):
        return Code.OUTPUT_NO_SCRATCH.at().message
    if error.errno in {errno.ENOSPC, errno.EIO, errno.EBADF}:
        console.silence()
        return "结果没有写完：磁盘已满，或输出的去处已经关闭。"
    return ""


def _is_somewhere() -> bool:
    """Whether the folder in which the program runs is still there."""
    try:
        return bool(os.getcwd())  # noqa: PTH109 -- the root needs no pathlib
    except OSError:
        return False


def _refused(error: UsageError) -> int:
    """Say what is wrong with the call; a group of commands that is called without one shows its help page."""
    if isinstance(error, NoArgsIsHelpError):
        sys.stdout.write(error.message + "\n")
    else:
        path = error.ctx.command_path if error.ctx else "jieyue"
        console.say(f"{usage.explain(error)}\n用法请看 {path} --help")
    return options.WRONG_USAGE
