"""The page itself: the summary in plain HTML, the data packed, and the renderer, in one file that asks for nothing."""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from fractions import Fraction
from html import escape
from pathlib import Path
from string import Template

from jieyue_cli import parts
from jieyue_cli.agencies.progress import Progress
from jieyue_cli.assessment import Result
from jieyue_cli.report.amounts import percent
from jieyue_cli.report.encoding import encode
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.page.data import data
from jieyue_cli.report.page.year import tables
from jieyue_cli.report.progress import Fact, corrections, facts
from jieyue_cli.text.cleaning import clean
from jieyue_cli.text.numbers import plain

_HERE = Path(__file__).parent
SCRIPTS = ("dom", "data", "pictures", "columns", "table", "choice", "print", "list", "problems", "detail", "main")
"""The renderer's modules, each behind those that it imports."""
_MODULE_WORDS = re.compile(r"^(?:import .*\n|export )", re.MULTILINE)


def render(findings: Findings[Result]) -> bytes:
    """The whole page of a batch; the same findings always give the same bytes."""
    account, rubric = findings.account, findings.rubric
    if account is None:
        raise ValueError("only a batch has a page")
    style, script = _part("style.css"), script_of(*SCRIPTS)
    year = f"{account.progress.year} 年度" if account.progress.year else ""
    page = Template(_part("template.html")).substitute(
        title=f"{year}节约型机关评价结果",
        standard=escape(f"{clean(rubric.title)}（{clean(rubric.document)}）"),
        mark=plain(rubric.pass_mark),
        policy=f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; connect-src 'none'; "
        "base-uri 'none'; form-action 'none'",
        verdict=_verdict(account.progress),
        facts="\n".join(map(_fact, (*facts(account.progress), *corrections(account.progress)))),
        year=tables(account.progress),
        style=style,
        data=b64encode(gzip.compress(encode(data(findings, account)), mtime=0)).decode(),
        script=script,
    )
    return page.encode()


def script_of(*modules: str) -> str:
    """Modules as one script: they share a scope, so that nothing has to be fetched."""
    return "\n" + "\n".join(_MODULE_WORDS.sub("", _part(f"{module}.js")) for module in modules)


def _part(name: str) -> str:
    return parts.text(_HERE / name)


def _digest(text: str) -> str:
    """What the policy lets through: this text and no other."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _verdict(progress: Progress) -> str:
    """The one sentence that the page opens with."""
    if progress.required is None:
        return "这一年没有年度目标" if progress.year else "没有读到评价年度"
    if progress.gap:
        return f"距年度目标还差 {progress.gap} 个机关"
    return "已完成年度目标" if progress.agencies else "没有机关"


def _fact(fact: Fact) -> str:
    value = percent(fact.value) if isinstance(fact.value, Fraction) else "-" if fact.value is None else fact.value
    return f"<div><dt>{escape(fact.label)}</dt><dd>{value}<small>{escape(fact.note)}</small></dd></div>"
