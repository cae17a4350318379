"""What Tab offers, in the shells themselves; PowerShell is in no package of this system, so its script is read only."""

from __future__ import annotations

import inspect
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from jieyue_cli.cli import completion as command
from jieyue_cli.completion import bash, fish, powershell, zsh
from jieyue_cli.completion.tree import Node, Values
from jieyue_cli.report.formats import printed_by
from jieyue_cli.report.letters.kinds import KINDS
from program import Call

if sys.platform == "win32":
    pytest.skip("bash, zsh and fish of Windows are other programs", allow_module_level=True)

NODES = list(command._nodes())
"""The tree that every script is made of."""
BATCH = " ".join(printed_by("batch"))
LETTERS = " ".join(kind.name for kind in KINDS)
OFFERED = [
    # what is typed → the words that Tab offers
    ("jieyue sc", "schema score"),
    ("jieyue rubric ", "check diff explain new schema show"),
    ("jieyue rubric s", "schema show"),
    ("jieyue letter ", f"check template {LETTERS}"),
    ("jieyue letter 公", "公示"),
    ("jieyue letter template ", LETTERS),
    ("jieyue batch --format ", BATCH),
    ("jieyue batch 交表 --format js", "json jsonl"),
    ("jieyue batch --format=zz", ""),
    ("jieyue score a.xlsx --det", "--detail"),
    ("jieyue verify plan --see", "--seed"),
    ("jieyue completion ", "bash fish powershell zsh"),
    ("jieyue schema pl", "plan"),
    ("jieyue score batch --ro", ""),
    ("jieyue template --rubric sta", "standard_2020"),
    ("jieyue --ver", "--version"),
]
FILES = [
    ("jieyue score 交", "交表/"),
    ("jieyue batch 交表 --roster 名", "名录.csv"),
    ("jieyue letter 公示 交", "交表/"),
    ("jieyue rubric show 本", "本市.yaml"),
    ("jieyue 交", "交表/"),
]


def lacking(shell: str) -> bool:
    return shutil.which(shell) is None and not os.environ.get("JIEYUE_REQUIRE_SHELLS")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "交表").mkdir()
    for name in ("名录.csv", "本市.yaml"):
        (tmp_path / name).touch()
    return tmp_path


def said(folder: Path, *program: str, lines: str = "") -> list[str]:
    terminal = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(program, cwd=folder, input=lines.encode(), capture_output=True, check=False, env=terminal)
    assert done.stderr == b"", done.stderr.decode()
    return done.stdout.decode().splitlines()


@pytest.mark.skipif(lacking("bash"), reason="bash is not installed")
def test_bash_offers(folder: Path) -> None:
    asked = "\n".join(_bash_asks(line) for line, _ in OFFERED)
    answers = said(folder, "bash", "--norc", lines=f"{bash.script(NODES)}\n{asked}")
    assert [sorted(answer.split()) for answer in answers] == [sorted(words.split()) for _, words in OFFERED]


def _bash_asks(line: str) -> str:
    """Ask as readline does: ``=`` parts words."""
    words = re.sub("=", " = ", line).split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    return f'COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _jieyue 2>/dev/null; echo "${{COMPREPLY[*]}}"'


@pytest.mark.skipif(lacking("fish"), reason="fish is not installed")
def test_fish_offers_words_with_their_help_and_files(folder: Path) -> None:
    asked = "\n".join(f'complete -C "{line}"; echo ===' for line, _ in (*OFFERED, *FILES))
    script = folder.parent / "jieyue.fish"
    script.write_text(f"{fish.script(NODES)}\n{asked}\n", encoding="utf-8")
    text = "".join(f"{line}\n" for line in said(folder, "fish", "--no-config", str(script)))
    answers = [[row.partition("\t")[0] for row in answer.split("\n") if row] for answer in text.split("===\n")]
    for (line, words), answer in zip((*OFFERED, *FILES), answers, strict=False):
        wanted = [f"--format={word}" if "--format=" in line else word for word in words.split()]
        assert sorted(answer) == sorted(wanted), line
    assert "score\t给一份或几份自评表计分，说明每一分的依据和所在单元格。" in text


class Terminal:
    """A shell at a terminal of its own."""

    def __init__(self, folder: Path, *program: str) -> None:
        import pty

        self._process, self._terminal = pty.fork()
        if self._process == 0:  # pragma: no cover - another process
            os.chdir(folder)
            os.execvpe(  # noqa: S606 - it is a shell
                program[0], program, {**os.environ, "TERM": "dumb", "LC_ALL": "C.UTF-8", "HISTFILE": ""}
            )

    def after(self, typed: str, until: str) -> str:
        """What is on the screen after something was typed, until this stands there."""
        import select

        os.write(self._terminal, typed.encode())
        seen = b""
        while until.encode() not in seen and select.select([self._terminal], [], [], 10)[0]:
            seen += os.read(self._terminal, 65536)
        return seen.decode(errors="replace")

    def close(self) -> None:
        """End the shell."""
        import signal

        os.close(self._terminal)
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)


TYPED = [
    ("jieyue sco\t", "jieyue score "),
    ("jieyue letter 公\t", "jieyue letter 公示 "),
    ("jieyue score --det\t", "jieyue score --detail "),
    ("jieyue score --format=mark\t", "jieyue score --format=markdown "),
    ("jieyue batch 交\t", "jieyue batch 交表/"),
    ("jieyue 交\t", "jieyue 交表/"),
    ("jieyue batch 交表 --roster 名\t", "--roster 名录.csv "),
]


@pytest.mark.parametrize(
    ("shell", "plain", "before"),
    [("bash", "--norc", ""), ("zsh", "-f", "autoload -Uz compinit; compinit -u -D; ")],
)
def test_a_person_presses_tab(shell: str, plain: str, before: str, folder: Path) -> None:
    if lacking(shell):
        pytest.skip(f"{shell} is not installed")
    script = folder.parent / f"jieyue.{shell}"
    script.write_text({"bash": bash, "zsh": zsh}[shell].script(NODES), encoding="utf-8")
    terminal = Terminal(folder, shell, plain, "-i")
    try:
        terminal.after(f"{before}PS1='> '; source '{script}'; echo rea''dy\n", "ready")
        for typed, completed in TYPED:
            assert completed in terminal.after(typed, completed)
            terminal.after("\x15echo do''ne\n", "done")
    finally:
        terminal.close()


@pytest.mark.skipif(lacking("zsh"), reason="zsh is not installed")
def test_zsh_shows_the_help(folder: Path) -> None:
    script = folder.parent / "jieyue.zsh"
    script.write_text(zsh.script(NODES), encoding="utf-8")
    terminal = Terminal(folder, "zsh", "-f", "-i")
    try:
        terminal.after(f"autoload -Uz compinit; compinit -u -D; source '{script}'; echo rea''dy\n", "ready")
        assert "公示      -- 认定名单公示" in terminal.after("jieyue letter \t", "认定名单公示")
    finally:
        terminal.close()


def test_powershell_is_told_the_same_words() -> None:
    """Its strings are well formed, each command and option is in it, and it changes nothing."""
    text = powershell.script(NODES)
    assert text.isprintable() or set(filter(lambda char: not char.isprintable(), text)) == {"\n"}
    code = re.sub(r"'(?:[^'‘’‚‛]|'')*'", "''", "\n".join(line.partition("#")[0] for line in text.splitlines()))
    assert "'" not in code.replace("''", "")
    for opening, closing in ("()", "{}", "[]"):
        assert code.count(opening) == code.count(closing)
    for node in NODES:
        for name in (
            *(name for name, _ in node.described),
            *(name for name, _ in node.commands),
            *node.arguments.words,
        ):
            assert re.search(f"^        '{node.path}' = .*'{name} ", text, re.MULTILINE), (node.path, name)
    assert "Set-" not in text
    assert "ExecutionPolicy" not in text


@pytest.mark.parametrize("shell", command.SHELLS)
def test_the_command_prints_the_script_that_says_where_it_goes(shell: str, call: Call) -> None:
    ran = call("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == {"bash": bash, "zsh": zsh, "fish": fish, "powershell": powershell}[shell].script(NODES)
    assert f"jieyue completion {shell}" in "\n".join(ran.out.splitlines()[:6])


def test_whatever_takes_a_path_is_completed_with_files() -> None:
    from importlib import import_module

    from jieyue_cli.cli.app import _ELSEWHERE

    nodes: dict[str, Node] = {node.path: node for node in NODES}
    for path in ("template", "score", "batch", "evidence", "feedback", "plan", "compare", "demo"):
        function = getattr(import_module(f"jieyue_cli.cli.{_ELSEWHERE.get(path, path)}"), path)
        hints = get_type_hints(function)
        for name in inspect.signature(function).parameters:
            kinds = {hints[name], *get_args(hints[name])}
            given = [option for option in nodes[path].options if f"--{name}" in option.names]
            if given and kinds & {Path, list[Path]}:
                assert given[0].values == Values(files=True), (path, name)
    assert all(nodes[path].arguments.files for path in ("score", "batch", "compare", "ledger show", "letter check"))
