"""Makes the offline documentation: ``make docs``. Markdown pages become HTML, two of them Word documents to be sent.

The pages lie in several folders, and Sphinx reads one: they are gathered there first. A link to a file that is no page
leads nowhere without the repository, so it becomes plain text.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from making import printing
from making.joining import in_prose, joined

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
TARGET = ROOT / "dist" / "文档"
BESIDE = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "examples/README.md")
"""Pages outside the folder."""
TO_PRINT = {"office/quick-start.md": "快速上手.docx", "office/filling-in.md": "填报指南.docx"}
"""Pages that are made as Word documents too."""
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
_SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
Places = dict[Path, Path]


def places() -> Places:
    """Where each page stands among the gathered ones."""
    inside = {page: page.relative_to(DOCS) for page in DOCS.rglob("*.md")}
    return inside | {ROOT / name: Path("project", name.replace("/", "-")) for name in BESIDE}


def gather(folder: Path) -> None:
    """Put all pages and pictures below ``folder``, with links that lead from page to page."""
    known = places()
    for page, place in known.items():
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        text = relinked(page, known)
        target.write_text(f"{text}\n{''.join(_contents(text))}" if place.name == "index.md" else text, "utf-8")
    for picture in DOCS.rglob("*"):
        if picture.suffix in {".svg", ".png"}:
            target = folder / picture.relative_to(DOCS)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(picture, target)


def relinked(page: Path, known: Places) -> str:
    """The text of a page with each link as it has to be where the page will stand."""
    here = known[page].parent

    def link(match: re.Match[str]) -> str:
        target, _, anchor = match["target"].partition("#")
        if not target or re.match(r"[a-z]+:", target):
            return match[0]
        meant = (page.parent / target).resolve()
        place = known.get(meant) or (meant.relative_to(DOCS) if match["image"] and meant.is_relative_to(DOCS) else None)
        if place:
            there = os.path.relpath(place, here)
            return f"{match['image']}[{match['text']}]({Path(there).as_posix()}{'#' * bool(anchor)}{anchor})"
        return match["text"]

    return joined(in_prose(page.read_text("utf-8"), lambda prose: _LINK.sub(link, prose)))


def _contents(index: str) -> Iterator[str]:
    """The lists of the index once more, as what Sphinx makes its navigation of."""
    _, *sections = _SECTION.split(index)
    for title, text in zip(sections[::2], sections[1::2], strict=True):
        pages = [match["target"] for match in _LINK.finditer(text) if match["target"].endswith(".md")]
        yield "```{toctree}\n:hidden:\n:caption: " + title + "\n\n" + "\n".join(pages) + "\n```\n\n"
    yield "```{toctree}\n:hidden:\n:caption: Decisions\n:glob:\n\nadr/*\n```\n"


def build(source: Path, target: Path) -> int:
    """Make the HTML pages; any warning of Sphinx ends it."""
    from sphinx.cmd.build import build_main

    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")  # no page says when it was made
    doctrees = source.parent / "doctrees"
    return build_main(
        ["-q", "-W", "--keep-going", "-b", "html", "-c", str(DOCS), "-d", str(doctrees), str(source), str(target)]
    )


def main(target: Path) -> int:
    """Make the documentation anew in a folder."""
    with tempfile.TemporaryDirectory() as temporary:
        made = Path(temporary, "made")
        gather(Path(temporary, "pages"))
        code = build(Path(temporary, "pages"), made)
        if code:
            return code
        for name in (
            ".buildinfo",
            "objects.inv",
        ):  # for another run of Sphinx, and for other projects that refer to ours
            (made / name).unlink()
        (made / "_sources").rmdir()  # left empty, for pages without their sources
        for page, document in TO_PRINT.items():
            (made / document).write_bytes(printing.document(DOCS / page))
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(made, target)
    print(f"{target}: {sum(path.stat().st_size for path in target.rglob('*') if path.is_file()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET))
