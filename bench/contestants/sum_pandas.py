"""Sum the 自评得分 column of every form in a folder with pandas.

python sum_pandas.py FOLDER openpyxl|calamine HEADER

HEADER is the row of the table's header, counted from 1.
"""

import sys
from pathlib import Path
from typing import Any

import pandas as pd


def main() -> None:
    """Print each file with its sum."""
    folder, engine, header = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    options: dict[str, Any] = {"engine": engine}
    for path in sorted(folder.rglob("*.xlsx")):
        table = pd.read_excel(path, sheet_name="自评打分表", header=header - 1, **options)
        print(path.name, table.loc[table["编号"].notna(), "自评得分"].sum(), flush=True)


if __name__ == "__main__":
    main()
