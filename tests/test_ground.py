"""What the project stands on: versions that are pinned and true, and tasks that exist under their names."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import jieyue_cli

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
README = (ROOT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github/workflows/check.yml").read_text(encoding="utf-8")

EXTRAS = {name: [Requirement(line) for line in lines] for name, lines in PROJECT["optional-dependencies"].items()}
TESTED = [Requirement(line) for line in PROJECT["dependencies"]] + EXTRAS["test"]
"""What the program and its tests import."""
DEVELOPED_WITH = TESTED + [requirement for requirement in EXTRAS["dev"] if requirement.name != "jieyue"]

SYSTEMS = [("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt")]
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
ENVIRONMENTS = [
    {
        "sys_platform": system,
        "platform_system": name,
        "os_name": kind,
        "python_version": python,
        "python_full_version": f"{python}.0",
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }
    for system, name, kind in SYSTEMS
    for python in PYTHONS
]


CALLED = re.compile(r"(?:^#? *|`|run: |entry: )make ([a-z]+)(?=$|`| +[A-Z#]|  )", re.MULTILINE)
"""Not the word in a sentence."""


def lines_of(file: str) -> list[str]:
    return (ROOT / file).read_text(encoding="utf-8").splitlines()


def pinned(file: str) -> dict[str, Version]:
    return {
        canonicalize_name(name): Version(version) for name, version in (line.split("==") for line in lines_of(file))
    }


def needed(requirements: list[Requirement], versions: dict[str, Version]) -> set[str]:
    """The names that these requirements lead to on any of the systems.

    What a package requires is known where it is installed in its pinned version.
    """
    reached: set[str] = set()
    followed = set()
    waiting = list(requirements)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        reached.add(name)
        if (name, *sorted(requirement.extras)) in followed:
            continue
        followed.add((name, *sorted(requirement.extras)))
        try:
            package = distribution(name)
        except PackageNotFoundError:  # needed on another system only, or not to run the tests
            continue
        if Version(package.version) == versions.get(name):
            inner = [Requirement(line) for line in package.requires or []]
            waiting += [required for required in inner if _is_needed_somewhere(required, requirement.extras)]
    return reached


def _is_needed_somewhere(requirement: Requirement, extras: set[str]) -> bool:
    return requirement.marker is None or any(
        requirement.marker.evaluate({**environment, "extra": extra})
        for environment in ENVIRONMENTS
        for extra in extras or {""}
    )


@pytest.mark.parametrize("file", ["constraints.txt", "constraints-oldest.txt"])
def test_constraints_are_names_and_exact_versions_and_no_addresses(file: str) -> None:
    assert [line for line in lines_of(file) if not re.fullmatch(r"[\w.-]+==[\w.]+", line)] == []


@pytest.mark.parametrize(
    ("file", "requirements"), [("constraints.txt", DEVELOPED_WITH), ("constraints-oldest.txt", TESTED)]
)
def test_every_dependency_is_pinned_on_every_system_and_python(file: str, requirements: list[Requirement]) -> None:
    versions = pinned(file)
    assert needed(requirements, versions) - set(versions) == set()


def test_the_pinned_versions_are_within_the_projects_bounds() -> None:
    versions = pinned("constraints.txt")
    assert [
        str(requirement)
        for requirement in DEVELOPED_WITH
        if versions[canonicalize_name(requirement.name)] not in requirement.specifier
    ] == []


def test_the_oldest_versions_are_the_lower_bounds() -> None:
    versions = pinned("constraints-oldest.txt")
    bounds = {
        canonicalize_name(requirement.name): Version(bound.version)
        for requirement in TESTED
        for bound in requirement.specifier
        if bound.operator == ">="
    }
    assert {name: versions[name] for name in bounds} == bounds
    assert len(bounds) == len({requirement.name for requirement in TESTED})


def test_each_command_of_the_readme_installs_the_pinned_versions() -> None:
    installing = re.findall(r"^python3 .*pip install.*$", README, re.MULTILINE)
    assert len(installing) == 2
    assert all("pip install -q -c constraints.txt " in command for command in installing)


def test_the_version_is_one_and_the_changes_say_so() -> None:
    assert PROJECT["version"] == jieyue_cli.__version__
    newest = re.search(r"^## (\d[\d.]*) - \d{4}-\d\d-\d\d$", "\n".join(lines_of("CHANGELOG.md")), re.MULTILINE)
    assert newest is not None
    assert newest[1] == PROJECT["version"]


def test_the_classifiers_name_the_pythons_that_are_tested() -> None:
    prefix = "Programming Language :: Python :: "
    assert [line.removeprefix(prefix) for line in PROJECT["classifiers"] if line.startswith(prefix)] == PYTHONS


def test_the_workflow_runs_on_every_system_and_python_with_pinned_oldest_and_newest_versions() -> None:
    matrix: dict[str, Any] = yaml.safe_load(WORKFLOW)["jobs"]["tests"]["strategy"]["matrix"]
    systems = ["ubuntu-latest", "windows-latest", "macos-latest"]
    assert (matrix["system"], matrix["python"], matrix["constraints"]) == (systems, PYTHONS, ["constraints.txt"])
    more = {(job["system"], job["python"], job["constraints"]) for job in matrix["include"]}
    assert more == {(system, "3.11", "constraints-oldest.txt") for system in systems} | {
        (system, "3.14", "") for system in systems
    }


def test_every_task_that_is_called_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    pages = ["README.md", "Makefile", ".ci/run", ".pre-commit-config.yaml", ".github/workflows/check.yml"]
    texts = ["\n".join(lines_of(page)) for page in [*pages, *(path.name for path in ROOT.glob("CONTRIBUTING.md"))]]
    called = {task for text in texts for task in CALLED.findall(text)}
    assert {"dev", "quick", "test", "all", "lint", "types", "constraints"} <= targets
    assert called - targets == set()


def test_the_hooks_are_local_and_need_no_network() -> None:
    configuration = yaml.safe_load("\n".join(lines_of(".pre-commit-config.yaml")))
    assert {repository["repo"] for repository in configuration["repos"]} == {"local"}
