"""Write the output of the benchmarks into the docs, below the comment that names the command.

    python bench/refresh_docs.py docs/gazetteer.md

`<!-- table: bench/x.py --option -->` must be followed by a fenced block, which is replaced.
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
_BLOCK = re.compile(r"(<!-- table: (?P<command>.+?) -->\n```)\n.*?(```)", re.DOTALL)


def main() -> None:
    """Refresh the files named on the command line."""
    for name in sys.argv[1:]:
        path = Path(name)

        def run(match: re.Match[str]) -> str:
            command = [sys.executable, *shlex.split(match["command"])]
            printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
            told = printed.strip("\n")  # blanks stay: they put the head over its columns
            return f"{match[1]}\n{told}\n{match[3]}"

        path.write_text(_BLOCK.sub(run, path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
