"""Help pages and usage errors in Chinese: Typer's own words are English and cannot all be translated."""

from __future__ import annotations

from typing import Any
from unicodedata import east_asian_width

import typer
from typer.core import TyperCommand, TyperGroup

WrongCall: type[Exception] = next(base for base in typer.BadParameter.__mro__ if base.__name__ == "ClickException")
"""Typer's own base of everything that is wrong with a call; it carries an unnamed click (docs/hazards.md, 31)."""

WIDTH = 80
_HEAD = 26


class Command(TyperCommand):
    """A command whose help page is Chinese."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse; an error then always knows which command it is about."""
        try:
            return super().parse_args(ctx, args)
        except WrongCall as error:
            vars(error)["ctx"] = vars(error).get("ctx") or ctx
            raise

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(_page(self, ctx))


class Group(TyperGroup):
    """A group of commands, in the order they were added, whose help page is Chinese."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page."""
        formatter.write(_page(self, ctx))


def explain(error: Exception) -> str:
    """Say what is wrong with how the program was called."""
    kind = type(error).__name__
    fields = vars(error)
    option = fields.get("option_name")
    if kind == "NoSuchOption":
        near = "、".join(fields.get("possibilities") or ())
        return f"没有 {option} 这个选项" + (f"，是不是想写 {near}？" if near else "。")
    message = str(fields.get("message", error))
    if kind == "BadOptionUsage":
        return f"选项 {option} " + ("后面不带取值。" if "does not take a value" in message else "缺少取值。")
    param = fields.get("param")
    if param is None:
        return _said(message)
    name = _name(param)
    return f"缺少{name}。" if kind == "MissingParameter" else f"{name} 的取值不对：{_value(message)}"


def _said(message: str) -> str:
    """Say in Chinese what Typer says in a sentence of its own; what is Chinese already is ours."""
    if message.startswith("No such command"):
        wrong, *close = message.split("'")[1::2]
        return f"没有 {wrong} 这个命令" + (f"，是不是想写 {close[0]}？" if close else "。")
    if message.startswith("Got unexpected extra argument"):
        return f"多出了参数 {message.partition(' (')[2].rpartition(')')[0]}。"
    if message.startswith("Missing command"):
        return "缺少命令。"
    return message


def _value(message: str) -> str:
    """Say in Chinese what Typer says about a value."""
    last = message.rsplit(" ", 1)[-1].strip(".")
    if " one of " in message:
        allowed = message.rpartition(" one of ")[2].split("'")[1::2]
        return f"应为 {'、'.join(allowed)} 之一。"
    if "greater than or equal to" in message:
        return f"不能小于 {last}。"
    if "less than or equal to" in message:
        return f"不能大于 {last}。"
    if "integer" in message:
        return "应为整数。"
    return message


def _name(param: Any) -> str:
    if param.param_type_name == "option":
        return f"选项 {param.opts[-1]}"
    return f"参数 {param.metavar or param.name}"


def _page(command: Any, ctx: Any) -> str:
    lines = [f"用法：{ctx.command_path} [选项]{_asked(command, ctx)}", ""]
    for paragraph in (command.help or "").split("\n\n"):
        lines += [*(_wrap(" ".join(paragraph.split()), "  ")), ""]
    arguments, options = [], []
    for param in command.get_params(ctx):
        if param.param_type_name == "argument":
            arguments.append((param.metavar or param.name or "", param.help or ""))
        elif not getattr(param, "hidden", False):
            options.append(_option(param))
    commands = [
        (name, found.short_help or (found.help or "").split("\n")[0]) for name, found in _commands(command, ctx)
    ]
    for title, rows in (("参数", arguments), ("选项", options), ("命令", commands)):
        if rows:
            lines += [f"{title}：", *(line for head, text in rows for line in _row(head, text)), ""]
    if ctx.parent is None:
        lines += [
            "退出码：",
            "  0  全部读取并计分（不论是否达标）",
            "  1  有文件未能计分或有错误",
            "  2  用法、评价标准或名录有误，没有开始",
            "  130  被 Ctrl-C 中断",
            "",
        ]
    return "\n".join(lines)


def _asked(command: Any, ctx: Any) -> str:
    if hasattr(command, "list_commands"):
        return " 命令 …"
    params = (param for param in command.get_params(ctx) if param.param_type_name == "argument")
    return "".join(f" {param.metavar or param.name}" for param in params)


def _commands(command: Any, ctx: Any) -> list[tuple[str, Any]]:
    listed = command.list_commands(ctx) if hasattr(command, "list_commands") else []
    return [(name, command.get_command(ctx, name)) for name in listed]


def _option(param: Any) -> tuple[str, str]:
    if param.name == "help":
        return "--help", "显示这页说明。"
    head = ", ".join(sorted(param.opts, key=len))
    if not param.is_flag:
        head += f" {param.metavar or ''}"
    return head.rstrip(), param.help or ""


def _row(head: str, text: str) -> list[str]:
    wrapped = _wrap(text, " " * (_HEAD + 2)) or [""]
    if _cells(head) >= _HEAD - 1:
        return [f"  {head}", *wrapped]
    first = "  " + head + " " * (_HEAD - _cells(head)) + wrapped[0].strip()
    return [first, *wrapped[1:]]


def _wrap(text: str, indent: str) -> list[str]:
    """Break at 80 cells; Chinese may break anywhere but before closing punctuation."""
    lines, line = [], indent
    for word in _words(text):
        if _cells(line + word) > WIDTH and line.strip():
            lines.append(line.rstrip())
            line = indent
        line += word if line.strip() else word.lstrip()
    return [*lines, line.rstrip()] if line.strip() else lines


def _words(text: str) -> list[str]:
    words = [""]
    for char in text:
        glued = words[-1] and (
            char in "，。；：！？、）”》" or (char.isascii() and char != " " and words[-1][-1].isascii())
        )
        if glued:
            words[-1] += char
        else:
            words.append(char)
    return words


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
