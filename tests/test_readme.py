"""What the README says is true: its examples print what it shows, and its commands name real files."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```console\n\$ (.+)\n((?:.*\n)*?)```", README)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return where the examples write, one after the other: a later one may read what an earlier one wrote."""
    return tmp_path_factory.mktemp("out")


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_an_example_prints_what_the_readme_shows(command: str, shown: str, folder: Path) -> None:
    """A line `...` stands for any lines. Refresh the examples with `python tests/test_readme.py`."""
    printed = run(command, folder)
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown.splitlines())
    assert shown
    assert re.fullmatch(pattern, printed), printed


def test_every_command_is_shown() -> None:
    from control.cli.main import app

    commands = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert commands <= {shlex.split(command)[3] for command, _ in EXAMPLES}


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("http") or (ROOT / target).exists(), target


def run(command: str, folder: Path) -> str:
    """Run an example from the root of the checkout; files go to `folder`, but are shown as in the README."""
    arguments = shlex.split(command)
    assert arguments[0] == "python"
    arguments = [a.replace("out/", f"{folder}/", 1) if a.startswith("out/") else a for a in arguments[1:]]
    env = {**os.environ, "COLUMNS": "120"}
    ran = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    return (ran.stdout + ran.stderr).replace(f"{folder}/", "out/")


def refresh(longest: int = 12) -> None:
    """Write what the examples print into the README; a long answer is cut with `...`."""
    import tempfile

    text = README
    with tempfile.TemporaryDirectory() as folder:
        for command, shown in EXAMPLES:
            lines = run(command, Path(folder)).splitlines()
            if len(lines) > longest:
                lines = [*lines[: longest - 1], "..."]
            old = f"```console\n$ {command}\n{shown}```"
            text = text.replace(old, f"```console\n$ {command}\n" + "\n".join(lines) + "\n```")
    (ROOT / "README.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    refresh()
