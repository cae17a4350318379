"""Sum the 自评得分 column of every form in a folder with openpyxl.

python sum_openpyxl.py FOLDER [--read-only]
"""

import sys
from pathlib import Path
from typing import Any

import openpyxl


def main() -> None:
    """Print each file with its sum."""
    folder, read_only = Path(sys.argv[1]), "--read-only" in sys.argv
    for path in sorted(folder.rglob("*.xlsx")):
        book = openpyxl.load_workbook(path, data_only=True, read_only=read_only)
        column, total = None, 0.0
        row: Any
        for row in book["自评打分表"].iter_rows(values_only=True):
            if column is None:
                if row[0] == "编号":
                    column = row.index("自评得分")
            elif row[0] and isinstance(row[column], int | float):
                total += row[column]
        book.close()
        print(path.name, total, flush=True)


if __name__ == "__main__":
    main()
