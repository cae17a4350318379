"""Do with the progress bar what a batch of so many forms in so many seconds does with it, and nothing else.

python bar_alone.py COUNT SECONDS
"""

from __future__ import annotations

import sys
from time import sleep

from jieyue_cli.terminal.console import counting

_PAUSES = 200


def main() -> None:
    """Count."""
    count, seconds = int(sys.argv[1]), float(sys.argv[2])
    between = max(1, count // _PAUSES)
    with counting("读取", count) as advance:
        for done in range(count):
            advance()
            if not done % between:
                sleep(seconds * between / count)


main()
