"""The help page of a command: its usage, what it does, its arguments, options and commands, at most 80 cells wide."""

from __future__ import annotations

from itertools import pairwise

from typer._click import Command, Context, Parameter
from typer.core import TyperArgument, TyperGroup, TyperOption

from jieyue_cli.terminal import console
from jieyue_cli.text.typesetting import cells, cells_of_old_console, line_starts

_WIDTH, _LEAST = 80, 20
_NARROW = 60
"""On a narrower terminal what is said of an option stands below it."""
_HEAD = 26
"""Cells of the column of options and commands."""
_STEP = 4
"""Cells before what stands below."""
_EXIT_CODES = """\
退出码：
  0  全部读取并计分（不论是否达标）
  1  有文件未能计分或有错误
  2  用法、评价标准、名录或台账有误，没有开始；或结果没能写入
  130  被 Ctrl-C 中断
"""


def page(command: Command, ctx: Context) -> str:
    """The whole page; the exit codes stand on that of the program only."""
    width = max(_LEAST, min(_WIDTH, console.columns()))
    params = command.get_params(ctx)
    arguments = [(_argument(param), param.help or "") for param in params if isinstance(param, TyperArgument)]
    options = [_option(param) for param in params if isinstance(param, TyperOption)]
    commands = list(command.commands.items()) if isinstance(command, TyperGroup) else []
    asked = " 命令 …" if commands else "".join(f" {name}" for name, _ in arguments)
    lines = [f"用法：{ctx.command_path} [选项]{asked}", ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [*_wrapped(" ".join(paragraph.split()), "  ", width), ""]
    described = [(name, member.short_help or (member.help or "").split("\n")[0]) for name, member in commands]
    for title, rows in (("参数", arguments), ("选项", options), ("命令", described)):
        if rows:
            lines += [f"{title}：", *(line for head, text in rows for line in _row(head, text, width)), ""]
    if ctx.parent is None:
        lines.append(_EXIT_CODES)
    return "\n".join(lines)


def _argument(param: Parameter) -> str:
    return param.metavar or param.name or ""


def _option(param: TyperOption) -> tuple[str, str]:
    if param.name == "help":
        return "--help", "显示这页说明。"
    head = ", ".join(sorted(param.opts, key=len))
    if not param.is_flag:
        head += f" {param.metavar}"
    return head, param.help or ""


def _row(head: str, text: str, width: int) -> list[str]:
    narrow = width < _NARROW
    lines = _wrapped(text, " " * (_STEP if narrow else _HEAD + 2), width)
    if narrow or cells(head) >= _HEAD - 1:
        return [f"  {head}", *lines]
    first = "  " + head + " " * (_HEAD - cells(head)) + lines[0].strip()
    return [first, *lines[1:]]


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    starts = [0, *line_starts(text, width - len(indent), cells_of_old_console), len(text)]
    return [indent + text[start:end].strip() for start, end in pairwise(starts)]
