"""For zsh, which shows the help beside each word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jieyue_cli.completion.tree import Node, Values, placed

_SCRIPT = """\
#compdef jieyue
# jieyue 在 zsh 中的补全：按 Tab 补全命令、选项和取值，并列出说明。
# 用法：把下面两行加进 ~/.zshrc，重新打开终端。
#   autoload -Uz compinit && compinit
#   eval "$(jieyue completion zsh)"
_jieyue() {{
    local at="" word option="${{words[CURRENT-1]}}"
    local -a entries
    integer i
    for ((i = 2; i < CURRENT; i++)); do
        word="${{at:+$at }}${{words[i]}}"
        case "$word" in
            ({paths}) at="$word" ;;
        esac
    done
    if [[ "${{words[CURRENT]}}" == --*=* ]]; then
        option="${{words[CURRENT]%%=*}}"
        compset -P '*='
    fi
    case "$at:$option" in
{values}
    esac
    if [[ "${{words[CURRENT]}}" == -* ]]; then
        case "$at" in
{options}
        esac
        _describe -o 选项 entries
        return
    fi
    case "$at" in
{words}
    esac
}}
if [[ "${{funcstack[1]}}" == _jieyue ]]; then
    _jieyue "$@"
else
    compdef _jieyue jieyue
fi
"""


def script(nodes: Sequence[Node]) -> str:
    """The script for the program with these commands."""
    listed = (f"        ({_quoted(node.path)}) {' || '.join(_listed(node))} ;;" for node in nodes)
    options = (f"            ({_quoted(node.path)}) entries=({_entries(node.described)}) ;;" for node in nodes)
    return _SCRIPT.format(
        paths="|".join(_quoted(node.path) for node in nodes if node.path),
        values="\n".join(_values(nodes)),
        options="\n".join(options),
        words="\n".join(listed),
    )


def _values(nodes: Sequence[Node]) -> Iterator[str]:
    for path, option, values in placed(nodes):
        places = "|".join(_quoted(f"{path}:{name}") for name in option.names)
        said = " || ".join(_offered(values)) or f"_message {_quoted(option.help)}"
        yield f"        ({places}) {said}; return ;;"


def _listed(node: Node) -> Iterator[str]:
    if node.commands:
        yield f"{{ entries=({_entries(node.commands)}); _describe 命令 entries; }}"
    yield from _offered(node.arguments)


def _offered(values: Values) -> Iterator[str]:
    """What is tried in turn: files only where no word fits."""
    if values.words:
        yield f"compadd -- {' '.join(map(_quoted, values.words))}"
    if values.files:
        yield "_files"


def _entries(described: Iterable[tuple[str, str]]) -> str:
    return " ".join(_quoted(f"{name}:{said}") for name, said in described)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
