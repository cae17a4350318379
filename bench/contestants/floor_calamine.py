"""The floor: every sheet of every form in a folder through python-calamine, and nothing made of it.

python floor_calamine.py FOLDER PROCESSES
"""

import os
import sys
from io import BytesIO
from multiprocessing import get_context

from python_calamine import load_workbook

CHUNK = 32


def load(path: str) -> int:
    """Read one file's bytes into rows; returns their number."""
    with open(path, "rb") as stream:  # noqa: PTH123 -- as lean as it can be
        book = load_workbook(BytesIO(stream.read()))
    return sum(len(book.get_sheet_by_index(n).to_python(skip_empty_area=False)) for n in range(len(book.sheet_names)))


def main() -> None:
    """Print how many rows there are in all."""
    folder, processes = sys.argv[1], int(sys.argv[2])
    paths = [os.path.join(where, name) for where, _, names in os.walk(folder) for name in names]  # noqa: PTH118
    with get_context("fork").Pool(min(processes, len(paths))) as pool:
        print(sum(pool.imap_unordered(load, paths, chunksize=CHUNK)))


if __name__ == "__main__":
    main()
