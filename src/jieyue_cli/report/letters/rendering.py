"""Fills templates in, in worker processes under limits of time and memory: a template is somebody else's program.

What a template may do is looked through before (``expressions``); the limits hold for what nobody thought of.
"""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import TimeoutError as OutOfTime
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from io import BytesIO
from typing import Any, NamedTuple, TypeVar

from defusedxml.ElementTree import fromstring
from docxtpl import DocxTemplate
from jinja2 import Environment
from pebble import ProcessExpired, ProcessPool

from jieyue_cli import interruption
from jieyue_cli.problems import Code, Problem
from jieyue_cli.processes import NO_RESOURCES, affordable, confine, context
from jieyue_cli.report.letters.kinds import Kind
from jieyue_cli.report.letters.placeholders import Facts
from jieyue_cli.report.letters.template import LIMITS, NOTES, environment, looked_through, opened, parts
from jieyue_cli.writing.container import deflated, pack

T = TypeVar("T")

_SECONDS = 20
"""For one letter, or for looking through one template."""
_PATIENCE = 0.2
"""Seconds between two looks at whether somebody wants to stop."""
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""What a zip can hold: python-docx stamps the time of day on every part."""


class Examined(NamedTuple):
    """A template that was looked through."""

    template: bytes | None
    """To fill in; None where it is none."""
    problems: Mapping[str, Sequence[Problem]]
    """Name of each kind of letter → what is wrong with the template for it."""


def examine(data: bytes, kinds: Sequence[Kind]) -> Examined:
    """Look a template through for letters of these kinds."""
    (found,) = _limited(_examined, [(data, tuple(kinds))], 1)
    if isinstance(found, Problem):
        return Examined(None, {kind.name: [found] for kind in kinds})
    return found


def render(template: bytes, letters: Sequence[Facts], jobs: int) -> Iterator[bytes | Problem]:
    """Every letter as the bytes of a .docx file, in order, each as soon as it is ready; or why it could not be made."""
    return _limited(_filled, [(template, facts) for facts in letters], jobs)


def _limited(function: Callable[..., T], calls: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[T | Problem]:
    """Make these calls under limits; where the system allows no process, in this one."""
    done = 0
    try:
        for outcome in _in_workers(function, calls, jobs):
            done += 1
            yield outcome
    except NO_RESOURCES:  # a pool that broke is among them (docs/hazards.md, 40)
        yield from (function(*call) for call in calls[done:])


def _in_workers(function: Callable[..., T], calls: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[T | Problem]:
    workers = affordable(max(1, min(jobs, len(calls))))
    pool = ProcessPool(
        max_workers=workers, initializer=confine, initargs=(LIMITS.memory_bytes,), context=context(__name__)
    )
    try:
        futures = [pool.schedule(function, args=call, timeout=_SECONDS) for call in calls]
        for future in futures:
            while not wait([future], _PATIENCE).done:  # waiting without end would not notice Ctrl-C on Windows
                pass
            fault = future.exception()
            if isinstance(fault, BrokenProcessPool):
                raise fault
            if isinstance(fault, ImportError):  # a part of the program is missing
                raise fault
            if fault and interruption.asked():  # what interrupts the run may have ended its workers too
                return
            yield _explained(fault) if fault else future.result()
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble types only what returns something
        pool.join()


def _explained(fault: BaseException) -> Problem:
    if isinstance(fault, OutOfTime):
        return Code.LETTER_FAILED.at(why=f"{_SECONDS} 秒还没有做完")
    if isinstance(fault, ProcessExpired | MemoryError):
        return Code.LETTER_FAILED.at(why="内存不够或异常中断")
    return Code.LETTER_FAILED.at(why=f"出错（{type(fault).__name__}）")


# -- in the worker -------------------------------------------------------------------------------------------


def _examined(data: bytes, kinds: Sequence[Kind]) -> Examined:
    template, refused = opened(data)
    if template is None:
        return Examined(None, {kind.name: [refused] if refused else [] for kind in kinds})
    return Examined(template, {kind.name: looked_through(template, kind.placeholders) for kind in kinds})


def _filled(template: bytes, facts: Facts) -> bytes | Problem:
    if not _FIRST_YEAR <= time.localtime().tm_year <= _LAST_YEAR:
        return Code.LETTER_CLOCK.at()
    document = _Document(BytesIO(template))
    stream = BytesIO()
    try:
        document.render(facts, environment())
    except SyntaxError:
        return Code.LETTER_BROKEN.at()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:  # without that time
        return pack(deflated(name, archive.read(name)) for name in archive.namelist())


class _Document(DocxTemplate):  # type: ignore[misc]  # it ships no types
    """A template of ours or of an office."""

    def render_properties(self, *_: object) -> None:
        """Leave the document's properties as they are: nobody looks for placeholders there."""

    def render_footnotes(self, context: Facts, jinja_env: Environment) -> None:
        """Fill in notes, once; docxtpl does it once a section, and the second time takes names for templates."""
        for part in {part for place, part in parts(self.docx) if place in NOTES}:
            xml = self.patch_xml(part.blob.decode())
            part._blob = self.render_xml_part(xml, part, context, jinja_env).encode()  # noqa: SLF001 - as docxtpl does

    def render_xml_part(self, src_xml: str, _: object, context: Facts, jinja_env: Environment) -> str:
        """Fill in and no more: docxtpl then changes marks such as ``{_{``, also where they are part of a name."""
        return jinja_env.from_string(src_xml).render(context)

    def fix_tables(self, xml: str) -> Any:
        """As docxtpl does, which on its own goes on with half a document where tags do not match."""
        fromstring(xml)
        return super().fix_tables(xml)
