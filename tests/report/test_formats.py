"""The table of formats: what is in it can be printed or written, and what is not is refused."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import NamedTuple

import pytest

from jieyue_cli.report.encoding import ResultEncoder
from jieyue_cli.report.findings import Findings
from jieyue_cli.report.formats import FORMATS, TEXT, Format, printed_by, written

from .builders import RUBRIC, varied

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
OF_RESULTS = [entry for entry in FORMATS if entry.suffix]


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
    assert len(written()) == len(OF_RESULTS)


def test_only_what_can_be_encoded_one_by_one_is_streamed() -> None:
    assert all(entry.encoded for entry in FORMATS if entry.streams)


def test_a_format_without_a_module_fails_loudly() -> None:
    with pytest.raises(ModuleNotFoundError):
        Format("yaml", module="yaml_that_nobody_wrote").render(varied())


def test_the_readme_names_every_format() -> None:
    for entry in FORMATS:
        assert entry.suffix in README
        assert entry.name in README
