"""Commands that say in Chinese how they were called wrongly.

Typer's messages are English and change between its releases, so none is shown or searched. An error is recognised by
its class and fields; where Typer has only a message, the commands here check the call before Typer does. Typer brings
its own click as ``typer._click``; a release that moves what is imported here fails at the import (docs/hazards.md, 31).
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer
from typer._click import Command as AnyCommand
from typer._click import Context, HelpFormatter, Parameter
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperCommand, TyperGroup, TyperOption

_DASHES = re.compile("[-‐‑‒–—―−﹣－]+")
"""What a Chinese keyboard or a word processor makes of ``--``."""


class _Chinese(AnyCommand):
    """What single commands and groups of commands have in common."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse; an error then always knows which command it is about."""
        try:
            self.refuse_dashes(ctx, args)
            return super().parse_args(ctx, args)
        except UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def refuse_dashes(self, ctx: Context, args: list[str]) -> None:
        """Raise UsageError for an option of this command that is typed with other dashes than ``-``."""
        known = {option for param in self.get_params(ctx) if isinstance(param, TyperOption) for option in param.opts}
        for argument in args[: args.index("--")] if "--" in args else args:
            dashes = _DASHES.match(argument)
            if dashes is None or not dashes[0].strip("-"):
                continue
            name = argument[dashes.end() :].partition("=")[0].lower()
            meant = f"--{name}" if len(name) > 1 else f"-{name}"
            if near := get_close_matches(meant, known, n=1, cutoff=0.8):
                ctx.fail(f"选项前面要用两个半角减号：请把 {_printable(argument)} 写成 {near[0]}。")

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the help page."""
        from jieyue_cli.cli.help import page

        formatter.write(page(self, ctx))


class Command(_Chinese, TyperCommand):
    """A command that does something."""

    allow_extra_args = True
    """They are refused here, where it can be said in Chinese."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse; raise UsageError for arguments that no parameter takes."""
        extra = super().parse_args(ctx, args)
        if extra:
            ctx.fail(f"多出了参数 {_printable(' '.join(extra))}。")
        _mend_paths(ctx)
        return extra


class Group(_Chinese, TyperGroup):
    """A group of commands, in the order they were added."""

    def refuse_dashes(self, ctx: Context, args: list[str]) -> None:
        """As above; what follows the first argument is for the command that it names."""
        super().refuse_dashes(ctx, args[:1])

    def invoke(self, ctx: Context) -> Any:
        """Run the command that was asked for; raise UsageError where there is none (``jieyue --``)."""
        if not ctx._protected_args:  # noqa: SLF001 - the name of the command, which has no public attribute
            ctx.fail("缺少命令。")
        return super().invoke(ctx)

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command; raise UsageError where there is none of this name."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None:
            self.parse_args(ctx, args)  # what looks like an option is refused as one
            near = get_close_matches(name, self.commands, n=1)
            ctx.fail(f"没有 {_printable(name)} 这个命令" + (f"，是不是想写 {near[0]}？" if near else "。"))
        return name, command, rest


def explain(error: UsageError) -> str:
    """Say what is wrong with how the program was called."""
    match error:
        case NoSuchOption(option_name=option):
            near = "、".join(error.possibilities or ())
            return f"没有 {_printable(option)} 这个选项" + (f"，是不是想写 {near}？" if near else "。")
        case BadOptionUsage(option_name=option):
            return f"选项 {option} " + ("后面不带取值。" if _is_flag(option, error.ctx) else "缺少取值。")
        case MissingParameter(param=Parameter() as param):
            return f"缺少{_name(param)}。"
        case typer.BadParameter(param=Parameter() as param):
            return f"{_name(param)} 的取值不对：{error.message}"
    return error.message


def _mend_paths(ctx: Context) -> None:
    """Put the paths that were meant where others were typed; raise UsageError where an option hangs on one."""
    from jieyue_cli.files.typed import SwallowedError, meant, several

    def single(text: str) -> tuple[str]:
        return (meant(text),)

    for param in ctx.command.get_params(ctx):
        value = ctx.params.get(param.name or "")
        try:
            if isinstance(value, Path):
                ctx.params[param.name] = Path(meant(str(value)))
            elif isinstance(value, list | tuple) and value and isinstance(value[0], Path):
                read = single if isinstance(param, TyperOption) else several
                ctx.params[param.name] = [Path(path) for typed in value for path in read(str(typed))]
        except SwallowedError as swallowed:
            path = _printable(str(swallowed))
            ctx.fail(f"路径“{path}”后面的引号和别的参数连在了一起：引号里的路径末尾不要写“\\”，请去掉它再试。")


def _is_flag(option: str, ctx: Context | None) -> bool:
    params = ctx.command.get_params(ctx) if ctx else []
    return any(option in param.opts and isinstance(param, TyperOption) and param.is_flag for param in params)


def _name(param: Parameter) -> str:
    return f"选项 {param.opts[-1]}" if isinstance(param, TyperOption) else f"参数 {param.metavar or param.name}"


def _printable(text: str) -> str:
    """Text from the command line, with control characters as Python escapes them."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)
