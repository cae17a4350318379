"""Prints the lower bounds of pyproject.toml as constraints, for ``make constraints``."""

import re
import tomllib
from pathlib import Path

project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
for requirement in project["dependencies"] + project["optional-dependencies"]["test"]:
    print(re.sub(r"^([\w-]+)>=([\d.]+).*$", r"\1==\2", requirement))
