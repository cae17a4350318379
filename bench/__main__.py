"""``python -m bench make | run | templates | results | standards``: see docs/performance.md."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    maker = commands.add_parser("make", help="make filled-in forms")
    maker.add_argument("folder", type=Path)
    maker.add_argument("count", type=int)
    maker.add_argument("--seed", type=int, default=2020)
    maker.add_argument("--damaged", type=float, default=0, metavar="SHARE", help="share of damaged files, 0 to 1")
    maker.add_argument("--jobs", type=int)
    runner = commands.add_parser("run", help="measure reading and cold starts")
    runner.add_argument("--sizes", type=_sizes, default=[1, 100, 1000, 10000, 130000])
    runner.add_argument("--repeat", type=int, default=3)
    runner.add_argument("--forms", type=Path, help="a folder that `make` has filled; otherwise forms are made")
    runner.add_argument("--budget", type=float, default=60, help="seconds that a slow contestant may take at one size")
    runner.add_argument("--json-most", type=int, default=10000, help="most forms for --format json and the bar")
    writer = commands.add_parser("templates", help="measure the making of blank forms")
    writer.add_argument("--count", type=int, default=1000)
    writer.add_argument("--repeat", type=int, default=3)
    book = commands.add_parser("results", help="measure the workbook of a batch's results")
    book.add_argument("--count", type=int, default=10000)
    book.add_argument("--repeat", type=int, default=3)
    book.add_argument(
        "--forms", type=Path, help="a folder that `make` has filled with so many; otherwise they are made"
    )
    loader = commands.add_parser("standards", help="measure the check of a long standard in both forms")
    loader.add_argument("--criteria", type=int, default=600)
    loader.add_argument("--repeat", type=int, default=5)
    for measuring in (runner, writer, book, loader):
        measuring.add_argument("--docs", type=Path, default=DOCS, help="folder of performance.md, .json and .svg")
    arguments = parser.parse_args()
    if arguments.command == "make":
        from bench.make import make

        make(arguments.folder, arguments.count, arguments.seed, arguments.damaged, arguments.jobs)
        return
    from bench import report

    if arguments.command == "run":
        from bench.run import run

        forms = arguments.forms.resolve() if arguments.forms else None
        raw = run(arguments.sizes, arguments.repeat, forms, arguments.budget, arguments.json_most, _say)
    elif arguments.command == "results":
        from bench import results

        forms = arguments.forms.resolve() if arguments.forms else None
        raw = results.run(arguments.count, arguments.repeat, forms, _say)
    elif arguments.command == "standards":
        from bench import standards

        raw = standards.run(arguments.criteria, arguments.repeat, _say)
    else:
        from bench import templates

        raw = templates.run(arguments.count, arguments.repeat, _say)
    report.publish(arguments.docs, arguments.command, raw)


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
