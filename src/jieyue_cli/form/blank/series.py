"""Blank forms for a whole roster, on all processors; each is what ``blank_form`` makes alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from jieyue_cli.files import output
from jieyue_cli.form.blank.template import FormKind, Prefill, Template
from jieyue_cli.problems import Problem
from jieyue_cli.processes import NO_RESOURCES, affordable, attend, context, default_jobs

if TYPE_CHECKING:
    from concurrent.futures import Future

    from jieyue_cli.rubric.model import Rubric

_WORTH_WORKERS = 1000
"""Fewer forms are made sooner than workers are started."""
_BUNDLE = 16
"""Forms handed over together."""

_Form = tuple[Path, Prefill]
_Write = Callable[[_Form], Problem | None]


def write_forms(
    rubric: Rubric, forms: Sequence[tuple[Path, Prefill]], stopped: Callable[[], bool] = lambda: False
) -> Iterator[Problem | None]:
    """Write each form to its path; yields, in order, None or why it could not be written.

    It ends soon after ``stopped`` says so: for every form that is written by then there was a yield.
    """
    write = _writer(rubric, forms)
    done = 0
    if len(forms) >= _WORTH_WORKERS:
        with suppress(*NO_RESOURCES):  # whatever was not told is written here
            for problem in _in_workers(write, forms, stopped):
                done += 1
                yield problem
    for form in forms[done:]:
        if stopped():
            return
        yield write(form)


def _in_workers(write: _Write, forms: Sequence[_Form], stopped: Callable[[], bool]) -> Iterator[Problem | None]:
    """Write with workers on all processors; raises one of ``NO_RESOURCES`` where the system lets none live."""
    from concurrent.futures import ProcessPoolExecutor

    workers = affordable(default_jobs())
    bundles = (forms[start : start + _BUNDLE] for start in range(0, len(forms), _BUNDLE))
    with ProcessPoolExecutor(workers, context(__name__), attend) as pool:
        waiting: deque[Future[list[Problem | None]]] = deque()
        try:
            while True:
                for bundle in islice(bundles, 0 if stopped() else workers * 2 - len(waiting)):
                    waiting.append(pool.submit(_write_all, write, bundle))
                if not waiting:
                    return
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _write_all(write: _Write, forms: Sequence[_Form]) -> list[Problem | None]:
    return [write(form) for form in forms]


def _writer(rubric: Rubric, forms: Sequence[tuple[Path, Prefill]]) -> partial[Problem | None]:
    """What writes one of these forms, with everything drawn that they need."""
    return partial(_write, {kind: Template(rubric, kind) for kind in {prefill.kind for _, prefill in forms}})


def _write(templates: Mapping[FormKind, Template], form: tuple[Path, Prefill]) -> Problem | None:
    path, prefill = form
    return output.write(path, templates[prefill.kind].form(prefill))
