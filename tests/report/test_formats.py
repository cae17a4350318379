"""The table of formats: what is in it can be printed or written, and what is not is refused."""

from __future__ import annotations

import json
import pickle
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from jieyue_cli.problems import Code
from jieyue_cli.report.encoding import ResultEncoder
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.formats import FORMATS, TEXT, Format, printed_by, written_by
from program import run
from returns import hand_in

from .builders import RUBRIC, batch, result, varied

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
OF_RESULTS = [entry for entry in FORMATS if {"score", "batch"} & {*entry.writers}]


class Encoded(NamedTuple):
    """What a worker hands over."""

    file: str
    data: bytes


def names(entry: Format) -> str:
    return entry.name


@pytest.mark.parametrize("entry", OF_RESULTS, ids=names)
def test_what_is_written_to_a_file_is_the_same_every_time(entry: Format) -> None:
    assert entry.render(varied()) == entry.render(varied()) != b""


@pytest.mark.parametrize("entry", [entry for entry in OF_RESULTS if entry.encoded], ids=names)
def test_results_that_a_worker_has_encoded_give_the_same_report(entry: Format) -> None:
    findings = varied()
    encoder = ResultEncoder()
    results = [Encoded(result.file, encoder(result)) for result in findings.results]
    encoded = Findings(findings.rubric, results, findings.account)
    assert entry.render(encoded) == entry.render(findings)


def test_a_document_in_pieces_is_one_document_indented_as_a_whole() -> None:
    (entry,) = (entry for entry in OF_RESULTS if entry.name == "json")
    for findings in (varied(), batch([], roster=["示例市财政局"]), Findings(RUBRIC, varied().results)):
        pieces = list(entry.pieces(findings))
        assert len(pieces) > len(findings.results)
        whole = b"".join(pieces)
        assert whole == msgspec.json.format(whole, indent=2) + b"\n"
        msgspec.json.decode(whole)


def test_what_an_encoder_keeps_means_nothing_in_another_process() -> None:
    encoder = ResultEncoder()
    expected = [encoder(result) for result in varied().results]
    moved: ResultEncoder = pickle.loads(pickle.dumps(encoder))  # noqa: S301 -- our own bytes
    assert [moved(result) for result in varied().results] == expected


def test_a_standard_is_rendered_by_the_formats_that_print_it() -> None:
    others = [entry for entry in printed_by("rubric show").values() if entry is not TEXT]
    assert [entry.name for entry in others] == ["markdown"]
    assert all(entry.render(RUBRIC) for entry in others)


def test_every_name_and_every_suffix_has_one_meaning() -> None:
    for command in {command for entry in FORMATS for command in entry.commands}:
        assert len(printed_by(command)) == sum(command in entry.commands for entry in FORMATS)
        assert next(iter(printed_by(command))) == "text"
    for command in {command for entry in FORMATS for command in entry.writers}:
        assert len(written_by(command)) == sum(command in entry.writers for entry in FORMATS)


def test_a_workbook_is_feedback_from_a_score_and_results_from_a_batch() -> None:
    assert written_by("score")[".xlsx"].module == "workbook.feedback"
    assert written_by("batch")[".xlsx"].module == "workbook.book"
    same = [suffix for suffix, entry in written_by("score").items() if written_by("batch")[suffix] is entry]
    assert same == [".json", ".jsonl", ".csv", ".md"]


def test_only_what_can_be_encoded_one_by_one_is_streamed() -> None:
    assert all(entry.encoded for entry in FORMATS if entry.streams)


TOY = """
import sys, types
from jieyue_cli.report import formats
toy = types.ModuleType("jieyue_cli.report.names")
toy.render = lambda findings: "".join(f"{standing.name}\\n" for standing in findings.account.standings).encode()
sys.modules[toy.__name__] = toy
formats.FORMATS += (formats.Format("names", ("batch",), ".names", ("batch",), "names"),)
from jieyue_cli.cli.app import run
sys.exit(run(sys.argv[1:]))
"""
"""The program with one more format: a module with ``render``, and its line in the table."""


@pytest.mark.slow
def test_a_format_is_a_module_and_a_line_and_nothing_else(tmp_path: Path) -> None:
    hand_in(tmp_path / "交表", "示例市财政局", "示例市统计局")
    toy = (sys.executable, "-c", TOY)
    names = {"示例市统计局", "示例市财政局"}
    assert set(run("batch", "交表", "--format", "names", cwd=tmp_path, program=toy).out.splitlines()) == names
    assert run("batch", "交表", "-o", "a.names", "-o", "a.csv", cwd=tmp_path, program=toy).code == 0
    assert set((tmp_path / "a.names").read_text("utf-8").splitlines()) == names
    page = run("batch", "--help", cwd=tmp_path, program=toy).out
    assert "names" in page
    assert ".names" in page
    refused = run("score", "交表/示例市财政局.xlsx", "--format", "names", cwd=tmp_path, program=toy)
    assert (refused.code, "names 之一" in refused.err) == (2, False)


def test_a_format_without_a_module_fails_loudly() -> None:
    with pytest.raises(ModuleNotFoundError):
        Format("yaml", module="yaml_that_nobody_wrote").render(varied())


def test_the_readme_names_every_format() -> None:
    for entry in FORMATS:
        assert entry.suffix in README
        assert not entry.commands or entry.name in README


OBEYED = "".join(map(chr, [*range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A)]))


@pytest.mark.parametrize("entry", [entry for entry in OF_RESULTS if entry.encoded], ids=names)
def test_what_a_terminal_obeys_is_escaped_in_json_and_nothing_is_lost(entry: Format) -> None:
    name = f"示例市{OBEYED}·“局”…"
    form = result(name, {"1.1.1": name}, file=f"{name}.xlsx", problems=[Code.FILE_DAMAGED.at(detail=name)])
    text = entry.render(batch([form], roster=["示例市" + OBEYED])).decode("utf-8")
    assert not set(text) & set(OBEYED)
    first = json.loads(text if entry.name == "json" else text.splitlines()[0])
    row = first["results"][0] if entry.name == "json" else first
    assert (row["agency"]["name"], row["file"]) == (name, f"{name}.xlsx")
    assert name in row["problems"][0]["message"]
