"""What a newcomer finds is true: tasks and hooks call what is there, and the forms and the citation fit the project."""

from __future__ import annotations

import re
import shlex
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

import control
from tests.conftest import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
JUSTFILE = (ROOT / "justfile").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TASKS = {
    name: body.strip().splitlines()
    for name, body in re.findall(r"^([a-z-]+)(?: \*\w+)?:\n((?:    .+\n)+)", JUSTFILE, flags=re.MULTILINE)
}
PROGRAMS = {"just", "lint-imports", "node", "npm", ".ci/run", "ruff", "mypy", "python"}
LINES = sorted({line.strip() for name, lines in TASKS.items() if name != "default" for line in lines})
ENTRIES = re.findall(r"^ +entry: (.+)$", HOOKS, flags=re.MULTILINE)


def check_line(line: str) -> None:
    """Check that what a line calls is there: its program, the module after `-m`, and the files of the checkout."""
    words = shlex.split(line)
    assert words[0] in PROGRAMS, line
    if words[:2] == ["python", "-m"]:
        assert find_spec(words[2]), line
    for word in words[1:]:
        if re.fullmatch(r"[\w.-]+(?:/[\w.-]+)*(?:\.py|\.md|\.txt|/)", word):
            assert (ROOT / word).exists(), line


@pytest.mark.parametrize("line", [*LINES, *ENTRIES])
def test_a_task_or_a_hook_calls_what_is_there(line: str) -> None:
    check_line(line)


@pytest.mark.parametrize("line", ["make all", "python -m nosuchmodule", "python bench/no_such_file.py"])
def test_a_call_of_what_is_not_there_would_be_noticed(line: str) -> None:
    with pytest.raises(AssertionError):
        check_line(line)


def test_the_tasks_are_described() -> None:
    assert len(TASKS) > 8
    for name in set(TASKS) - {"default"}:
        assert re.search(rf"^# .+\n{name}\b", JUSTFILE, flags=re.MULTILINE), name


def test_contributing_names_tasks_and_files_that_are_there() -> None:
    named = re.findall(r"`just ([a-z-]+)", CONTRIBUTING)
    assert len(named) > 4
    assert set(named) <= set(TASKS)
    for path in re.findall(r"`([\w.-]+/[\w./-]*)`", CONTRIBUTING):
        assert (ROOT / path).exists() or path == "out/site", path
    for target in re.findall(r"\]\(([^)#]+)[)#]", CONTRIBUTING):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_hooks_fetch_nothing() -> None:
    assert len(ENTRIES) >= 3
    assert re.findall(r"repo: (.+)", HOOKS) == ["local"]
    assert set(re.findall(r"language: (.+)", HOOKS)) == {"system"}


def test_the_citation_is_of_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {control.__version__}\n" in citation
    assert f"\nlicense: {PROJECT['project']['license']}\n" in citation


@pytest.mark.parametrize("package", ["geo", "control"])
def test_types_go_along_with_the_package(package: str) -> None:
    """Without the mark `py.typed`, a type checker passes over the annotations."""
    assert (ROOT / package / "py.typed").is_file()
    assert "py.typed" in PROJECT["tool"]["setuptools"]["package-data"][package]


def test_every_folder_is_a_package_of_the_distribution() -> None:
    folders = {
        ".".join(file.parent.relative_to(ROOT).parts)
        for top in ("geo", "control")
        for file in (ROOT / top).rglob("__init__.py")
    }
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == folders


@pytest.mark.parametrize(
    "form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.name
)
def test_a_form_asks_for_something(form: Path) -> None:
    text = form.read_text(encoding="utf-8")
    assert re.search(r"^name: .+\ndescription: .+\n", text)
    assert "required: true" in text
    ids = re.findall(r"^    id: (.+)$", text, flags=re.MULTILINE)
    assert len(ids) == len(set(ids)) == text.count("- type: ")
