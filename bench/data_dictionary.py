"""Write the columns of the exports into docs/data-dictionary.md, from the code that writes them.

python bench/data_dictionary.py
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "data-dictionary.md"
BLOCK = re.compile(r"(<!-- columns: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(layer: str) -> str:
    """Return the columns of a layer with type and meaning."""
    from control.export.columns import MEANINGS
    from control.export.frames import COLUMNS, NUMBERS, TRUTHS, WHOLE
    from control.export.intervals_csv import INTERVALS
    from control.snapshot import Layer

    columns = INTERVALS.columns if layer == "places" else COLUMNS[Layer(layer)]
    kinds = dict.fromkeys(WHOLE, "integer") | dict.fromkeys((*NUMBERS, "lon", "lat"), "number")
    kinds |= dict.fromkeys(TRUTHS, "true or false") | {"start": "date", "end": "date"}
    lines = [f"| `{column}` | {kinds.get(column, 'text')} | {MEANINGS[column]} |" for column in columns]
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
