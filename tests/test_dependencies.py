"""What is imported is declared, with a lower bound that one place names and that the pinned versions keep to."""

from __future__ import annotations

import ast
import re
import runpy
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
OURS = {"geo", "control", "tests", "bench", "seeds"}
UNDECLARED = {"pyspark", "py4j"}
"""An engine of several hundred megabytes that wants Java: docs/scale.md says how one adds it."""
LOWEST = runpy.run_path(str(ROOT / "bench" / "lowest.py"))


def named(requirements: list[str]) -> set[str]:
    return {normal(re.split(r"[\[><=!~ ]", requirement)[0]) for requirement in requirements}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


CORE = named(PROJECT["dependencies"])
OPTIONAL = {name: named(requirements) for name, requirements in EXTRAS.items()}
ANY = CORE.union(*OPTIONAL.values())


def third_party(folder: str) -> dict[str, Path]:
    """Return the names that files import from outside, each with a file that does."""
    path = ROOT / folder
    files = [path] if path.suffix == ".py" else sorted(path.rglob("*.py"))
    beside = {file.stem for file in files}
    return {
        name: file
        for file in files
        for name in imports_of(ast.parse(file.read_text(encoding="utf-8")))
        if name not in sys.stdlib_module_names and name not in OURS | beside
    }


def imports_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


@cache
def distributions() -> dict[str, set[str]]:
    return {module: {normal(name) for name in names} for module, names in packages_distributions().items()}


@pytest.mark.parametrize(
    ("folder", "declared"),
    [
        ("geo", CORE | OPTIONAL["build"]),
        ("control", CORE | OPTIONAL["video"] | OPTIONAL["scale"]),
        ("streamlit_app.py", CORE),
        ("bench", ANY),
        ("docs", OPTIONAL["docs"]),
        ("seeds/build", CORE | OPTIONAL["build"]),
        ("tests", CORE | OPTIONAL["test"]),
    ],
)
def test_what_is_imported_is_declared(folder: str, declared: set[str]) -> None:
    found = third_party(folder)
    assert found
    missing = {
        name: str(file.relative_to(ROOT))
        for name, file in found.items()
        if name not in UNDECLARED and not distributions().get(name, {normal(name)}) & declared
    }
    assert missing == {}


def test_every_dependency_has_one_lower_bound() -> None:
    lines = LOWEST["lowest"](tools=True)
    assert {line.split("==")[0] for line in lines} >= {"typer", "branca", "pyogrio", "duckdb", "pytest"}
    assert len(lines) == len({normal(line.split("==")[0]) for line in lines}) == len(ANY)


def test_the_pinned_versions_keep_to_the_bounds() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {normal(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}
    for line in LOWEST["lowest"](tools=True):
        name, version = line.split("==")
        assert numbers(pinned[normal(name)]) >= numbers(version), line


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))
