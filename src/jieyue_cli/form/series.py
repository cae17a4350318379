"""Blank forms for a whole roster, on all processors; each is what ``blank_form`` makes alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from jieyue_cli import output
from jieyue_cli.form.template import Prefill, blank_form
from jieyue_cli.problems import Problem
from jieyue_cli.processes import context, default_jobs
from jieyue_cli.rubric.model import Rubric

_WORTH_WORKERS = 40
"""Fewer forms are made sooner than workers are started."""
_BUNDLE = 16


def write_forms(rubric: Rubric, forms: Sequence[tuple[Path, Prefill]]) -> Iterator[Problem | None]:
    """Write each form to its path; yields, in order, None or why it could not be written."""
    write = partial(_write, rubric)
    if len(forms) < _WORTH_WORKERS:
        yield from map(write, forms)
        return
    with ProcessPoolExecutor(default_jobs(), mp_context=context(__name__)) as pool:
        try:
            yield from pool.map(write, forms, chunksize=_BUNDLE)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _write(rubric: Rubric, form: tuple[Path, Prefill]) -> Problem | None:
    path, prefill = form
    return output.write(path, blank_form(rubric, prefill))
