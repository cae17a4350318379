"""The frozen program and the wheel of the same source, each built and installed as its user does."""

from __future__ import annotations

import hashlib
import shlex
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import jieyue_cli.demo.making
from jieyue_cli.report.letters.kinds import KINDS
from program import Ran, environment

ROOT = Path(__file__).parents[2]
_SOURCE = ("src", "rubric", "install", "pyproject.toml", "README.md", "LICENSE", "Makefile", "constraints.txt")
_SCRIPTS = "Scripts" if sys.platform == "win32" else "bin"
PINNED = {"SOURCE_DATE_EPOCH": "1640995200"}
FORM = "2020年/示例市财政局/示例市财政局.xlsx"
OTHER = "2021年核查/示例市交通运输局-核查表.xlsx"
_YEAR = "2021年 2021年核查 --roster 名录.xlsx --ledger 台账.jsonl"


def source(target: Path) -> Path:
    """What ``make program`` needs of the checkout, and a page for the office as ``make docs`` would leave it."""
    target.mkdir(parents=True)
    for name in _SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, target / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, target)
    page = target / "dist" / "文档" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("示例", encoding="utf-8")
    return target


def clean_environment() -> dict[str, str]:
    """Ours, in which no other Python package can be found than those installed."""
    return {name: value for name, value in environment().items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}


def succeed(*command: str | Path, cwd: Path) -> str:
    """Run a command that builds something."""
    done = subprocess.run(
        command, cwd=cwd, env=clean_environment(), capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(checkout: Path) -> Path:
    """The zip that ``make program`` makes there."""
    succeed("make", "program", f"PYTHON={sys.executable}", cwd=checkout)
    (packed,) = (checkout / "dist").glob("*.zip")
    return packed


def unpacked(packed: Path, target: Path) -> Path:
    """The program in the folder that unpacking makes; what may be run stays so, as ``unzip`` keeps it."""
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(target)
        for entry in archive.infolist():
            (target / entry.filename).chmod(entry.external_attr >> 16)
    return target / "jieyue" / ("jieyue.exe" if sys.platform == "win32" else "jieyue")


def from_wheel(checkout: Path, target: Path) -> Path:
    """The program of the wheel, in an environment of its own with the same versions."""
    succeed(sys.executable, "-m", "venv", target, cwd=checkout)
    pip: list[str | Path] = [target / _SCRIPTS / "python", "-m", "pip", "install", "--quiet"]
    succeed(*pip, "-c", checkout / "constraints.txt", checkout, cwd=checkout)
    return target / _SCRIPTS / "jieyue"


def run(program: Path, *arguments: str | Path, cwd: Path, **variables: str) -> Ran:
    """Run the program to its end."""
    done = subprocess.run(
        [program, *arguments],
        cwd=cwd,
        env={**clean_environment(), **PINNED, **variables},
        capture_output=True,
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def commands() -> Iterator[str]:
    """What is run in the folder of ``jieyue demo``: all that its guide says, and what the guide has no room for."""
    for line in jieyue_cli.demo.making.guide().splitlines():
        if line.startswith("  jieyue "):
            yield line.removeprefix("  jieyue ")
    yield from (f"score {FORM} {how}" for how in ("", "--detail", "--format json", "--format csv"))
    yield f"score {FORM} -o 计分.xlsx"
    yield f"score {OTHER} 没有.xlsx"
    yield "template --agency 示例市财政局 --category 行政机关 --year 2021 -o 空表.xlsx"
    yield f"template --from {FORM} --year 2021 -o 结转.xlsx"
    yield f"batch {_YEAR} " + " ".join(f"-o 全年.{suffix}" for suffix in ("html", "xlsx", "csv", "md", "json", "jsonl"))
    yield from (f"batch {_YEAR} --format {how}" for how in ("json", "jsonl", "csv", "markdown"))
    for kind in KINDS:
        place = f"{kind.name}{'' if kind.agencies else '.docx'}"
        yield f"letter {kind.name} {_YEAR} -o 函/{place}"
        yield f"letter template {kind.name} -o 模板/{kind.name}.docx"
        yield f"letter check 模板/{kind.name}.docx"
        yield f"letter {kind.name} {_YEAR} --template 模板/{kind.name}.docx -o 再写/{place}"
    yield from (f"plan {_YEAR} -o 途径.{suffix}" for suffix in ("xlsx", "csv", "json"))
    yield "evidence 2021年 --roster 名录.xlsx -o 佐证.xlsx -o 佐证.json"
    yield f"compare {FORM} {OTHER} -o 对照.json"
    yield "ledger show 台账.jsonl --format json"
    yield "roster new 新名录.xlsx"
    yield from ("rubric new 新标准.yaml", "rubric check 新标准.yaml", "rubric diff standard_2020 新标准.yaml")
    yield from (
        "rubric new 新标准.xlsx --from 新标准.yaml",
        "rubric check 新标准.xlsx",
        "rubric new 又.yaml --from 新标准.xlsx",
    )
    yield from ("rubric new 差别.yaml --extends standard_2020", "rubric check 差别.yaml", "rubric show 差别.yaml")
    yield from (
        "rubric show",
        "rubric show --format markdown",
        "rubric explain",
        "rubric schema",
        "rubric check 没有.yaml",
    )
    yield from (
        *(f"completion {shell}" for shell in ("bash", "zsh", "fish", "powershell")),
        "schema",
        *(f"schema {name}" for name in ("batch", "plan", "compare", "evidence")),
    )
    yield from ("", "--version", "--help", "没有这个命令", "score", f"score {FORM} --没有")


def outcomes(program: Path, folder: Path, lines: Iterable[str]) -> dict[str, Ran]:
    """How each command ends in the demo's folder, one after another, and what lies there in the end."""
    ran = {"demo": run(program, "demo", folder.name, cwd=folder.parent)}
    for line in lines:
        ran[line] = run(program, *shlex.split(line), cwd=folder)
    return ran


def digests(folder: Path) -> dict[str, str]:
    """The digest of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def processes(program: Path) -> dict[int, Sequence[int]]:
    """Every process of this program, with those that it has started (Linux)."""
    own: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and (entry / "exe").readlink() == program:
                own[int(entry.name)] = int((entry / "stat").read_text().rpartition(") ")[2].split()[1])
        except OSError:
            continue  # it has ended
    return {process: [child for child, parent in own.items() if parent == process] for process in own}


def workers(program: Path) -> list[int]:
    """The workers: what the fork server has started (Linux)."""
    for process, children in processes(program).items():
        try:
            if b"multiprocessing.forkserver" in Path(f"/proc/{process}/cmdline").read_bytes() and children:
                return list(children)
        except OSError:
            continue
    return []
