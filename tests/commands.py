"""The commands that the README and the pages name: in blocks of a shell, in indented blocks, and within sentences."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
_FENCED = re.compile(r"```(?P<kind>\w*)\n(?P<body>(?:.*\n)*?)```")
_INDENTED = re.compile(r"^    (?P<command>(?:.*\\\n)*.+)$", re.MULTILINE)
_INLINE = re.compile(r"`(?P<command>[^`]+)`")
_PROGRAM = re.compile(r"(?:python3?|pip|control|streamlit)\s")


@dataclass(frozen=True, slots=True)
class Command:
    """A command as a page has it.

    Attributes
    ----------
    page
        Its page, from the root of the checkout.
    words
        The program and its arguments.
    kind
        `console` (with what it prints), `sh`, `indented`, or `inline` (within a sentence, where it may be a mere mention).
    """

    page: str
    words: tuple[str, ...]
    kind: str

    @property
    def text(self) -> str:
        return shlex.join(self.words)

    def __str__(self) -> str:
        return f"{self.page}: {self.text}"


def commands() -> list[Command]:
    """Return every command of every page, in order."""
    return [command for page in PAGES for command in commands_of(page)]


def commands_of(page: Path) -> Iterator[Command]:
    name, text = page.relative_to(ROOT).as_posix(), page.read_text(encoding="utf-8")
    for block in _FENCED.finditer(text):
        for line in block["body"].replace("\\\n", " ").splitlines():
            if block["kind"] in {"sh", "bash"} and line.strip():
                for part in line.split(" && "):
                    yield Command(name, tuple(shlex.split(part, comments=True)), "sh")
            elif line.startswith("$ "):
                yield Command(name, tuple(shlex.split(line[2:])), "console")
    rest = _FENCED.sub("", text)
    for kind, pattern in (("indented", _INDENTED), ("inline", _INLINE)):
        for found in pattern.finditer(rest):
            line = " ".join(found["command"].replace("\\\n", " ").split())
            if _PROGRAM.match(line):
                yield Command(name, tuple(shlex.split(line, comments=True)), kind)
