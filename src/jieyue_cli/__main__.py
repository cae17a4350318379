"""Where the program starts: ``jieyue`` and ``python -m jieyue_cli``."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    # what starting makes lives to the end: there is no garbage in it to look for
    gc.set_threshold(100_000)
    # pydantic would look through every installed package for plugins, and none of them has a say in a verdict
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from jieyue_cli import interruption

    interruption.watch()
    try:
        from jieyue_cli.cli.app import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = interruption.EXIT_CODE
    interruption.finished()
    # what is left goes with the process: looking for garbage in it once more would take longer than some commands
    gc.freeze()
    sys.exit(code)


if __name__ == "__main__":
    main()
