"""The theatre that is meant when none is named: a file beside the bundled ones says which."""

from __future__ import annotations

from pathlib import Path

SEEDS = Path("seeds")
FILE = "default.txt"


def default_theatre() -> Path:
    """Return the folder that `seeds/default.txt` names: in the working folder, or else in the checkout of the program."""
    seeds = SEEDS if (SEEDS / FILE).is_file() else Path(__file__).parents[2] / SEEDS
    try:
        return seeds / (seeds / FILE).read_text(encoding="utf-8").strip()
    except OSError:
        return seeds
