"""The page on assessors says what is so: its examples print what it shows, and its tables name every column.

Refresh the page with `python -m tests.control.assessors.test_assessors_documented`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

import pytest
from typer.testing import CliRunner

from control.assessors.geojson import PROPERTIES
from control.assessors.tables import AGREEMENT, CHANGES, CONFUSION, KAPPA, LAGS
from control.assessors.write import FILES
from control.cli.main import app
from tests.conftest import ROOT

PAGE = ROOT / "docs" / "assessors.md"
TEXT = PAGE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", TEXT)
TABLES: dict[str, Mapping[str, str]] = {
    "AGREEMENT": AGREEMENT, "KAPPA": KAPPA, "CONFUSION": CONFUSION, "LAGS": LAGS, "CHANGES": CHANGES,
    "PROPERTIES": PROPERTIES,
}  # fmt: skip


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command[-40:] for command, _ in EXAMPLES])
def test_an_example_prints_what_the_page_shows(command: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line `...` stands for any lines."""
    monkeypatch.chdir(ROOT)
    assert shown
    assert is_shown(printed(command), shown)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_has_its_line(name: str) -> None:
    assert f"<!-- columns: {name} -->\n\n{listed(TABLES[name])}\n" in TEXT


def test_every_file_is_named() -> None:
    assert all(f"**{name}**" in TEXT for name in FILES)


def printed(command: str) -> str:
    ran = CliRunner().invoke(app, shlex.split(command)[3:])
    assert ran.exit_code == 0, ran.exception
    return ran.stdout


def is_shown(text: str, shown: str) -> bool:
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown.splitlines())
    return re.fullmatch(pattern, text) is not None


def listed(columns: Mapping[str, str]) -> str:
    lines = [f"| `{column}` | {meaning} |" for column, meaning in columns.items()]
    return "\n".join(["| column | meaning |", "|---|---|", *lines])


def refresh() -> None:
    """Write tables into the page, and examples that are no longer right; cut them anew by hand."""
    text = TEXT
    for command, shown in EXAMPLES:
        if shown and is_shown(printed(command), shown):
            continue
        text = text.replace(f"```console\n$ {command}\n{shown}```", f"```console\n$ {command}\n{printed(command)}```")
    for name, columns in TABLES.items():
        pattern = rf"(<!-- columns: {name} -->\n)(?:\n\|(?:.*\n)*?(?=\n))?"
        text = re.sub(pattern, lambda match, columns=columns: f"{match[1]}\n{listed(columns)}\n", text)
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    refresh()
