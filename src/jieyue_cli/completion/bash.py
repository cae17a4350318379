"""For bash 3.2 and later, which knows no help beside a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jieyue_cli.completion.tree import Node, placed

_SCRIPT = """\
# jieyue 在 bash 中的补全：按 Tab 补全命令、选项和取值。
# 用法：把下面一行加进 ~/.bashrc，重新打开终端。
#   eval "$(jieyue completion bash)"
_jieyue() {{
    local cur="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" at="" words="" i
    COMPREPLY=()
    # --format=json is three words to bash
    if [ "$cur" = "=" ]; then
        cur=""
    elif [ "$before" = "=" ]; then
        before="${{COMP_WORDS[COMP_CWORD-2]}}"
    fi
    for ((i = 1; i < COMP_CWORD; i++)); do
        case "${{at:+$at }}${{COMP_WORDS[i]}}" in
            {paths}) at="${{at:+$at }}${{COMP_WORDS[i]}}" ;;
        esac
    done
    case "$at:$before" in
{values}
        *)
            case "$at" in
{words}
            esac
            ;;
    esac
    # where nothing is listed, bash completes names of files (complete -o default)
    while IFS= read -r i; do
        COMPREPLY+=("$i")
    done < <(compgen -W "$words" -- "$cur")
}}
complete -o bashdefault -o default -F _jieyue jieyue
"""


def script(nodes: Sequence[Node]) -> str:
    """The script for the program with these commands."""
    paths = "|".join(f'"{node.path}"' for node in nodes if node.path)
    return _SCRIPT.format(paths=paths, values="\n".join(_values(nodes)), words="\n".join(_words(nodes)))


def _values(nodes: Sequence[Node]) -> Iterator[str]:
    for path, option, values in placed(nodes):
        places = "|".join(f'"{path}:{name}"' for name in option.names)
        if values.words:
            yield f"        {places}) words={_quoted(values.words)} ;;"
        elif values.files:
            yield f"        {places}) ;;"
        else:
            yield f"        {places}) compopt +o default +o bashdefault 2>/dev/null ;;"


def _words(nodes: Sequence[Node]) -> Iterator[str]:
    for node in nodes:
        options = _quoted(name for name, _ in node.described)
        others = _quoted([*(name for name, _ in node.commands), *node.arguments.words])
        yield f'                "{node.path}") case "$cur" in -*) words={options} ;; *) words={others} ;; esac ;;'


def _quoted(words: Iterable[str]) -> str:
    return f'"{" ".join(words)}"'
