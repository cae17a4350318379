"""Sum the 自评得分 column of every form in a folder with pandas.

python sum_pandas.py FOLDER openpyxl|calamine
"""

import sys
from pathlib import Path
from typing import Any

import pandas as pd

HEADER = 5
"""The table's header stands in the sixth row of the form."""


def main() -> None:
    """Print each file with its sum."""
    folder, engine = Path(sys.argv[1]), sys.argv[2]
    options: dict[str, Any] = {"engine": engine}
    for path in sorted(folder.rglob("*.xlsx")):
        table = pd.read_excel(path, sheet_name="自评打分表", header=HEADER, **options)
        print(path.name, table.loc[table["编号"].notna(), "自评得分"].sum(), flush=True)


if __name__ == "__main__":
    main()
