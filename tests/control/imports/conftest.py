"""Fixtures: a theatre of three towns, files as the data sets publish them, and the command line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from control.record.theatre import Theatre, load_theatre

WriteCsv = Callable[..., Path]


@pytest.fixture
def theatre(folder: Path) -> Theatre:
    return load_theatre(folder)


@pytest.fixture
def write_csv(tmp_path: Path) -> WriteCsv:
    """Write rows under the columns of the first one, or those given."""

    def write(name: str, rows: Sequence[dict[str, Any]], columns: Sequence[str] = ()) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns or list(rows[0]), restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return path

    return write
