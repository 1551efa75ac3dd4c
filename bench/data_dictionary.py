"""Write the columns of the exports into docs/data-dictionary.md, from the code that writes them.

python bench/data_dictionary.py
"""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "data-dictionary.md"
BLOCK = re.compile(r"(<!-- columns: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(layer: str) -> str:
    """Return the columns of a layer with type and meaning."""
    from control.export.geodata.layer_frames import COLUMNS
    from control.export.tables.columns import MEANINGS, TYPES
    from control.export.tables.intervals_csv import INTERVALS
    from control.snapshot import Layer

    columns = INTERVALS.columns if layer == "places" else COLUMNS[Layer(layer)]
    named = {int: "integer", float: "number", bool: "true or false", date: "date", str: "text"}
    lines = [f"| `{column}` | {named[TYPES.get(column, str)]} | {MEANINGS[column]} |" for column in columns]
    return "\n".join(["| name | type | meaning |", "|---|---|---|", *lines]) + "\n"


def refreshed(text: str) -> str:
    """Return the page with its blocks made anew."""
    return BLOCK.sub(lambda found: found[1] + table(found[2]) + found[3], text)


def main() -> None:
    """Refresh the page."""
    PAGE.write_text(refreshed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
