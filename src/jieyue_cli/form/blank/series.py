"""Blank forms for a whole roster, on all processors; each is what ``blank_form`` makes alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jieyue_cli.files import output
from jieyue_cli.form.blank.template import FormKind, Prefill, Template
from jieyue_cli.problems import Problem
from jieyue_cli.processes import NO_RESOURCES, affordable, context, default_jobs

if TYPE_CHECKING:
    from jieyue_cli.rubric.model import Rubric

_WORTH_WORKERS = 1000
"""Fewer forms are made sooner than workers are started."""
_BUNDLE = 64
"""Forms handed over together."""


def write_forms(rubric: Rubric, forms: Sequence[tuple[Path, Prefill]]) -> Iterator[Problem | None]:
    """Write each form to its path; yields, in order, None or why it could not be written."""
    write = _writer(rubric, forms)
    done = 0
    if len(forms) >= _WORTH_WORKERS:
        with suppress(*NO_RESOURCES):  # whatever was not told is written here
            for problem in _in_workers(write, forms):
                done += 1
                yield problem
    yield from map(write, forms[done:])


def _in_workers(
    write: Callable[[tuple[Path, Prefill]], Problem | None], forms: Sequence[tuple[Path, Prefill]]
) -> Iterator[Problem | None]:
    """Write with workers on all processors; raises one of ``NO_RESOURCES`` where the system lets none live."""
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(affordable(default_jobs()), mp_context=context(__name__)) as pool:
        try:
            yield from pool.map(write, forms, chunksize=_BUNDLE)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _writer(rubric: Rubric, forms: Sequence[tuple[Path, Prefill]]) -> partial[Problem | None]:
    """What writes one of these forms, with everything drawn that they need."""
    return partial(_write, {kind: Template(rubric, kind) for kind in {prefill.kind for _, prefill in forms}})


def _write(templates: Mapping[FormKind, Template], form: tuple[Path, Prefill]) -> Problem | None:
    path, prefill = form
    return output.write(path, templates[prefill.kind].form(prefill))
