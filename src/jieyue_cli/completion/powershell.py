"""For PowerShell 5 and later, on every system; it changes no setting and needs no right to run scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jieyue_cli.completion.tree import Node

_SCRIPT = """\
# jieyue 在 PowerShell 中的补全：按 Tab 补全命令、选项和取值，Ctrl+空格 列出全部和说明。
# 用法：把下面一行加进 $PROFILE 所指的文件，重新打开窗口；只在当前窗口用就直接运行这一行。
#   jieyue completion powershell | Out-String | Invoke-Expression
# 它不改系统的任何设置。系统不许运行 $PROFILE 时，每次打开窗口后运行这一行也可以。
Register-ArgumentCompleter -Native -CommandName @('jieyue', 'jieyue.exe') -ScriptBlock {{
    param($wordToComplete, $commandAst, $cursorPosition)
    $tree = @{{
{nodes}
    }}
    $typed = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object {{ $_.Extent.EndOffset -lt $cursorPosition }} |
        ForEach-Object {{ $_.ToString().Trim([char[]]@([char]34, [char]39)) }})
    $at = ''
    foreach ($word in $typed) {{
        $further = ($at + ' ' + $word).Trim()
        if ($tree.ContainsKey($further)) {{ $at = $further }}
    }}
    $node = $tree[$at]
    $before = if ($typed.Count) {{ $typed[-1] }} else {{ '' }}
    $offered = if ($node.after.ContainsKey($before)) {{ $node.after[$before] }}
        elseif ($wordToComplete.StartsWith('-')) {{ $node.options }}
        else {{ $node.words }}
    # where nothing is returned, PowerShell completes names of files
    foreach ($entry in $offered) {{
        $word, $help = $entry -split ' ', 2
        if ($word.StartsWith($wordToComplete)) {{
            [System.Management.Automation.CompletionResult]::new($word, $word, 'ParameterValue', $help)
        }}
    }}
}}
"""
_SINGLE_QUOTES = "'‘’‚‛"
"""All of these end a string in single quotation marks."""


def script(nodes: Sequence[Node]) -> str:
    """The script for the program with these commands."""
    return _SCRIPT.format(nodes="\n".join(map(_node, nodes)))


def _node(node: Node) -> str:
    words = [*node.commands, *((word, word) for word in node.arguments.words)]
    values = "; ".join(
        f"{_quoted(name)} = {_entries((word, word) for word in option.values.words)}"
        for option in node.options
        if option.values is not None
        for name in option.names
    )
    parts = (f"words = {_entries(words)}", f"options = {_entries(node.described)}", f"after = @{{{values}}}")
    return f"        {_quoted(node.path)} = @{{ {'; '.join(parts)} }}"


def _entries(described: Iterable[tuple[str, str]]) -> str:
    """Each word with its help, parted by the first blank: an array of one array would be one array."""
    return f"@({', '.join(_quoted(f'{word} {said or word}') for word, said in described)})"


def _quoted(text: str) -> str:
    return "'" + "".join(char * 2 if char in _SINGLE_QUOTES else char for char in text) + "'"
