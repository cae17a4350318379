"""What the commands import: start-up time is imports, and a heavy one creeps in unseen.

The time itself is measured by ``python -m bench run`` (docs/performance.md), where noise can be told from change.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import jieyue_cli.rubric.rules
from jieyue_cli.form.blank.template import blank_form
from jieyue_cli.rubric.model import Rubric
from returns import returned

_DUMP = """
import json, sys
before = set(sys.modules)
from jieyue_cli.__main__ import main
sys.argv = ["jieyue", *sys.argv[2:]]
target = sys.orig_argv[-len(sys.argv)]
try:
    main()
finally:
    with open(target, "w", encoding="utf-8") as stream:
        json.dump(sorted(set(sys.modules) - before), stream)
"""

_OWN = "jieyue_cli"

HEAVY = {
    "asyncio",
    "defusedxml",
    "hypothesis",
    "msgspec",
    "multiprocessing",
    "openpyxl",
    "pebble",
    "pydantic",
    "python_calamine",
    "rapidfuzz",
    "rich",
    "xlsxwriter",
    "yaml",
}
"""None of these may be imported to say which version this is, or how it is used."""


def _listed(names: str) -> set[str]:
    return set(names.split())


OWN_ALWAYS = _listed(
    """
    __main__ cli cli.app cli.options cli.usage cli.values interruption parts report report.formats rubric
    rubric.catalogue terminal terminal.console
    """
)
OWN_AT = {
    "--version": OWN_ALWAYS,
    "--help": OWN_ALWAYS
    | _listed("cli.batch cli.compare cli.completion cli.demo cli.doctor cli.evidence cli.feedback cli.help cli.plan")
    | _listed("cli.rubric cli.running cli.score cli.template processes text text.typesetting"),
}
OTHERS_AT_HELP = {"annotated_doc", "shellingham", "typer"}

OWN_AT_SCORE = _listed(
    """
    assessment batch batch.discover batch.evidence batch.run cli.score files files.names files.output files.reaching
    files.source files.typed form form.absent form.agency form.answers form.head form.hidden form.layout form.recognise
    form.returned form.returned.cases form.returned.columns form.returned.evidence form.returned.reader
    form.returned.standard form.returned.table form.returned.verification muting problems remembering report.amounts
    report.findings rubric.calendar rubric.criterion rubric.defaults rubric.faults rubric.fields rubric.inheritance
    rubric.inputs rubric.limits rubric.model rubric.must rubric.references rubric.rules rubric.soundness
    rubric.soundness.criteria rubric.soundness.dates rubric.soundness.inputs rubric.soundness.limits
    rubric.soundness.marks rubric.soundness.minimums rubric.soundness.names rubric.soundness.nodes rubric.soundness.sums
    rubric.source rubric.totals rubric.tree scoring scoring.cases scoring.counted scoring.forfeit scoring.lines
    scoring.reasons scoring.requirements scoring.scorecard scoring.scoring submission text text.decoding text.folding
    text.listing text.numbers workbook workbook.calamine workbook.cells workbook.containers workbook.containers.compound
    workbook.containers.xmlpart workbook.containers.zipped workbook.headers workbook.limits workbook.reader
    workbook.refusal workbook.sniff workbook.survey workbook.xlsx workbook.xlsx.calendar workbook.xlsx.dialect
    workbook.xlsx.package workbook.xlsx.reader workbook.xlsx.scan workbook.xlsx.styles writing writing.container
    """
)
RULES = Path(jieyue_cli.rubric.rules.__file__).parent
OWN_AT_SCORE |= {f"rubric.rules.{path.stem}" for path in RULES.glob("*.py") if path.stem != "__init__"}
OTHERS_AT_SCORE = _listed(
    """
    annotated_types cython_runtime defusedxml pydantic pydantic_core python_calamine typing_extensions
    typing_inspection yaml
    """
)
OWN_AT_SCORE_AS = {
    "text": {
        "agencies",
        "agencies.remarks",
        "report.console",
        "report.console.look",
        "report.console.problems",
        "report.console.score",
        "report.phrases",
        "report.ranking",
        "scoring.advice",
        "scoring.mending",
        "text.cleaning",
        "text.typesetting",
    },
    "json": {"report.batch_contract", "report.contract", "report.encoding", "report.json", "text.cleaning"},
}
OTHERS_AT_SCORE_AS = {
    "text": {"msgspec", "rich"},
    "json": {"msgspec"},
}


def imported(tmp_path: Path, *arguments: str, code: int = 0) -> set[str]:
    """Every module that the command line loads beyond what Python itself does."""
    target = tmp_path / "modules.json"
    command = [sys.executable, "-c", _DUMP, str(target), *arguments]
    done = subprocess.run(command, capture_output=True, check=False, cwd=tmp_path)
    assert done.returncode == code, done.stderr.decode(errors="replace")
    return set(json.loads(target.read_text(encoding="utf-8")))


def own(modules: set[str]) -> set[str]:
    """The project's own modules, without the package's name."""
    return {name.removeprefix(f"{_OWN}.") for name in modules if name.startswith(f"{_OWN}.")}


def others(modules: set[str]) -> set[str]:
    """Top-level modules of neither the project nor Python; what starts with an underscore is a part of another."""
    top = {name.partition(".")[0] for name in modules} - {_OWN, "sitecustomize"}
    return {name for name in top if name not in sys.stdlib_module_names and not name.startswith("_")}


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_import_nothing_heavy(tmp_path: Path, option: str) -> None:
    modules = imported(tmp_path, option)
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert own(modules) == OWN_AT[option]
    assert others(modules) <= OTHERS_AT_HELP


def test_what_comes_next_is_said_without_anything_heavy(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(returned("示例市财政局"))
    modules = imported(tmp_path)
    assert {name.partition(".")[0] for name in modules} & HEAVY == set()
    assert others(modules) <= OTHERS_AT_HELP


@pytest.mark.parametrize("how", ["text", "json"])
def test_score_imports_what_one_form_needs(tmp_path: Path, rubric: Rubric, how: str) -> None:
    form = tmp_path / "form.xlsx"
    form.write_bytes(blank_form(rubric))
    modules = imported(tmp_path, "score", str(form), "--format", how, code=1)
    assert others(modules) & {"openpyxl", "xlsxwriter", "pebble", "et_xmlfile"} == set()
    assert "multiprocessing" not in modules
    assert own(modules) == OWN_ALWAYS | OWN_AT_SCORE | OWN_AT_SCORE_AS[how]
    assert others(modules) <= OTHERS_AT_HELP | OTHERS_AT_SCORE | OTHERS_AT_SCORE_AS[how]
