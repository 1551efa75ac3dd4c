"""Pages that are true: their files are written, their commands and examples run, and the answers compared.

A page is a list of steps in the order of the text:

- ```` ```console ```` with `$ python ...`: the command is run; what follows is what it prints, `...` for any lines;
- `<!-- file: NAME -->` and a block: the block is written to the file;
- `<!-- edit: NAME: OLD -> NEW -->`: one word of a file is replaced;
- `<!-- line: NAME -->` and a block `key = value`: the line of that key in a file is replaced;
- ```` ```python ```` with ```` ```text ```` after it: the code is run, with the names of the blocks before it.

`python tests/pages.py docs/PAGE.md ...` writes what the commands and examples print into the pages.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tests.conftest import write_mini  # noqa: E402

STEP = re.compile(
    r"```console\n\$ (?P<command>.+)\n(?P<shown>(?:.*\n)*?)```"
    r"|<!-- file: (?P<file>\S+) -->\n```\w*\n(?P<content>(?:.*\n)*?)```"
    r"|<!-- edit: (?P<edited>\S+): (?P<old>.+?) -> (?P<new>.+?) -->"
    r"|<!-- line: (?P<lined>\S+) -->\n```\w*\n(?P<key>\S+)(?P<rest>.*)\n```"
    r"|```python\n(?P<code>(?:.*\n)*?)```\n(?:\n```text\n(?P<printed>(?:.*\n)*?)```)?"
)


@dataclass
class Page:
    """A page that is walked through in a folder of its own.

    In it are `seeds` as in the checkout, and, invented, a small theatre `aland` and `download.csv` in the format of ACLED.
    """

    file: Path
    folder: Path
    names: dict[str, Any] = field(default_factory=lambda: {"__name__": "page"})
    answers: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "seeds").symlink_to(ROOT / "seeds")
        (self.folder / "download.csv").symlink_to(ROOT / "tests" / "control" / "imports" / "data" / "acled.csv")
        write_mini(self.folder / "aland")

    @property
    def text(self) -> str:
        return self.file.read_text(encoding="utf-8")

    def steps(self) -> list[re.Match[str]]:
        return list(STEP.finditer(self.text))

    def walk(self, step: re.Match[str]) -> tuple[str, str] | None:
        """Take a step; return what the page shows and what was printed, where the page shows anything."""
        if step["command"]:
            return step["shown"], self.run(step["command"])
        if step["file"]:
            path = self.folder / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["content"], encoding="utf-8")
        elif step["edited"]:
            self._replace(step["edited"], re.escape(step["old"]), step["new"])
        elif step["lined"]:
            self._replace(step["lined"], rf"(?m)^{re.escape(step['key'])} .*$", step["key"] + step["rest"])
        else:
            printed = self.execute(step["code"])
            return (step["printed"], printed) if step["printed"] is not None else None
        return None

    def check(self) -> None:
        """Walk through the page and compare every answer."""
        for step in self.steps():
            said = self.walk(step)
            if said is not None:
                assert said[0], "the page shows nothing"
                assert matches(*said), f"shown:\n{said[0]}\nprinted:\n{said[1]}"

    def run(self, command: str) -> str:
        program, *arguments = shlex.split(command)
        assert program == "python", command
        env = {**os.environ, "COLUMNS": "120", "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}
        ran = subprocess.run(
            [sys.executable, *arguments], cwd=self.folder, env=env, capture_output=True, text=True, check=False
        )
        return ran.stdout + ran.stderr

    def execute(self, code: str) -> str:
        printed = io.StringIO()
        with contextlib.chdir(self.folder), contextlib.redirect_stdout(printed):
            exec(compile(code, str(self.file), "exec"), self.names)  # noqa: S102  our own page
        return printed.getvalue()

    def _replace(self, name: str, pattern: str, new: str) -> None:
        path = self.folder / name
        text, count = re.subn(pattern, lambda _: new, path.read_text(encoding="utf-8"))
        assert count == 1, f"{pattern} stands {count} times in {name}"
        path.write_text(text, encoding="utf-8")


def matches(shown: str, printed: str) -> bool:
    """Whether an answer is as shown; a line `...` stands for any lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in shown.splitlines())
    return re.fullmatch(pattern, printed) is not None


def refresh(file: Path, longest: int = 12) -> None:
    """Write into a page what its commands and examples print; a long answer is cut with `...`."""
    with tempfile.TemporaryDirectory() as folder:
        page = Page(file, Path(folder))
        text, at, parts = page.text, 0, []
        for step in page.steps():
            said = page.walk(step)
            if said is None:
                continue
            lines = said[1].splitlines()
            if len(lines) > longest:
                lines = [*lines[: longest - 1], "..."]
            group = "shown" if step["command"] else "printed"
            parts += [text[at : step.start(group)], "".join(f"{line}\n" for line in lines)]
            at = step.end(group)
        file.write_text("".join([*parts, text[at:]]), encoding="utf-8")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        refresh(Path(name))
