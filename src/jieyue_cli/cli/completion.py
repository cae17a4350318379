"""``jieyue completion``: a script that completes the command line in a shell."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from jieyue_cli.terminal import console

if TYPE_CHECKING:
    from typer._click import Command, Context, Parameter
    from typer.core import TyperOption

    from jieyue_cli.completion.tree import Node, Option, Values

SHELLS = ("bash", "zsh", "fish", "powershell")
"""Each is a module of ``completion``."""
_SHELL = "|".join(SHELLS)
_FILES = ("文件", "ZIP", "旧表", "台账", "名录", "甲", "乙")
"""What a parameter is called that takes files or folders."""


def completion(
    shell: Annotated[str, typer.Argument(metavar=_SHELL, help=f"哪种命令行：{'、'.join(SHELLS)}。")],
) -> None:
    """输出命令补全脚本：按 Tab 补全命令、选项和取值。脚本开头写着放在哪里；不改系统的任何设置。"""
    if shell not in SHELLS:
        raise typer.BadParameter(f"没有“{shell}”这种命令行，应为 {'、'.join(SHELLS)} 之一。")
    script: str = import_module(f"jieyue_cli.completion.{shell}").script(list(_nodes()))
    console.emit(script.encode(console.encoding(), "replace"))


def _nodes() -> Iterator[Node]:
    from jieyue_cli.cli.app import whole

    command = whole()
    context = command.make_context("jieyue", [], resilient_parsing=True)
    yield from _below(command, context, "")


def _below(command: Command, context: Context, path: str) -> Iterator[Node]:
    from typer.core import TyperArgument, TyperGroup, TyperOption

    from jieyue_cli.completion.tree import Node, Values

    params = command.get_params(context)
    members = command.commands if isinstance(command, TyperGroup) else {}
    arguments = [_values(param, path) for param in params if isinstance(param, TyperArgument)]
    files = not path or any(taken.files for taken in arguments)  # files may be given without a command
    yield Node(
        path,
        _brief(command),
        tuple(_option(param, path) for param in params if isinstance(param, TyperOption)),
        tuple((name, _brief(member)) for name, member in members.items()),
        Values(tuple(word for taken in arguments for word in taken.words), files),
    )
    for name, member in members.items():
        yield from _below(member, context, f"{path} {name}".strip())


def _brief(command: Command) -> str:
    """The first sentence of its help: a line beside a word."""
    return (command.short_help or command.help or "").split("\n")[0].strip()


def _option(param: TyperOption, path: str) -> Option:
    from jieyue_cli.completion.tree import Option

    said = "显示说明。" if param.name == "help" else param.help or ""
    return Option(tuple(param.opts), said, None if param.is_flag else _values(param, path))


def _values(param: Parameter, path: str) -> Values:
    """What may stand for a parameter."""
    from jieyue_cli.completion.tree import Values
    from jieyue_cli.report.formats import printed_by
    from jieyue_cli.report.letters.kinds import KINDS
    from jieyue_cli.report.office.schema import MODULES, SCORING
    from jieyue_cli.rubric.catalogue import shipped

    metavar, said = param.metavar or "", getattr(param, "help", None) or ""
    match path, param.name:
        case _, "format":
            return Values(tuple(printed_by(path)))
        case "letter template", "kind":
            return Values(tuple(kind.name for kind in KINDS))
        case "schema", _:
            return Values(tuple(sorted({command.partition(" ")[0] for command in (*SCORING, *MODULES)})))
        case "completion", _:
            return Values(SHELLS)
    if "名称|文件" in metavar or "内置名称" in said:
        return Values(tuple(shipped()), files=True)
    return Values(files=any(word in metavar for word in _FILES))
