"""For fish, which shows the help beside each word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from jieyue_cli.completion.tree import Node, Option, Values

_BEGINNING = """\
# jieyue 在 fish 中的补全：按 Tab 补全命令、选项和取值，并列出说明。
# 用法：存成下面的文件，新开的终端就有补全。
#   jieyue completion fish >~/.config/fish/completions/jieyue.fish
function __jieyue_at
    set -l at
    for word in (commandline -opc)[2..]
        switch "$at$word"
            case {paths}
                set at "$at$word "
        end
    end
    test "$at" = "$argv"
end
complete -c jieyue -e
"""


def script(nodes: Sequence[Node]) -> str:
    """The script for the program with these commands."""
    paths = " ".join(_quoted(node.path) for node in nodes if node.path)
    lines = [line for node in nodes for line in _node(node)]
    return _BEGINNING.format(paths=paths) + "\n".join(lines) + "\n"


def _node(node: Node) -> Iterator[str]:
    place = _quoted(f"{node.path} " if node.path else "")
    begin = f"complete -c jieyue -n {_quoted(f'__jieyue_at {place}')}"
    if not node.arguments.files:
        yield f"{begin} -f"
    for name, said in node.commands:
        yield f"{begin} -a {_quoted(name)} -d {_quoted(said)}"
    if node.arguments.words:
        yield f"{begin} -a {_quoted(' '.join(node.arguments.words))}"
    for option in node.options:
        yield f"{begin} {_option(option)} -d {_quoted(option.help)}"


def _option(option: Option) -> str:
    names = " ".join(f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names)
    return f"{names}{_follows(option.values)}"


def _follows(values: Values | None) -> str:
    if values is None:
        return ""
    words = f" -a {_quoted(' '.join(values.words))}" if values.words else ""
    return f" -r {'-F' if values.files else '-f'}{words}"


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
