"""The files of a comparison, in a folder."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from control.assessors.comparison import Comparison
from control.assessors.geojson import differences_to_geojson
from control.assessors.record import comparison_to_dict
from control.assessors.tables import (
    agreement_to_csv,
    changes_to_csv,
    confusion_to_csv,
    kappa_to_csv,
    lags_to_csv,
)
from control.export.geodata.geojson import dump_geojson
from control.record.tables import TableError
from control.record.theatre import Theatre
from control.storage.atomic_file import is_new, write_together
from control.storage.csv_text import csv_file

FILES = {
    "agreement.csv": "observed agreement over time",
    "kappa.csv": "Cohen's kappa of each pair, Krippendorff's alpha of all, with their intervals",
    "confusion.csv": "who says what while the other says what",
    "lags.csv": "who is later, in figures",
    "changes.csv": "each change of hands, as each dates it",
    "differences.geojson": "who says what of each place on one date, and how often they differ",
    "differences.html": "the same as a map with a date slider",
    "comparison.json": "all figures, and what they were made from",
}


def write_comparison(theatre: Theatre, comparison: Comparison, folder: Path, day: date) -> list[str]:
    """Write all files, and return what was written, a line a file. The same comparison gives the same bytes.

    Parameters
    ----------
    folder
        New, empty, or with an earlier comparison, whose files are replaced.
    day
        For `differences.geojson`, and what the page shows first.

    Raises
    ------
    TableError
        When the folder has something else in it.
    """
    from control.assessors.page import differences_page  # slow to import: folium

    if not is_new(folder) and not (folder / "comparison.json").exists():
        raise TableError(
            f"{folder} is neither new, nor empty, nor an earlier comparison; expected one of them; choose another folder"
        )
    texts = {
        "agreement.csv": agreement_to_csv(comparison),
        "kappa.csv": kappa_to_csv(comparison),
        "confusion.csv": confusion_to_csv(comparison),
        "lags.csv": lags_to_csv(comparison),
        "changes.csv": changes_to_csv(theatre, comparison),
        "differences.geojson": dump_geojson(differences_to_geojson(theatre, comparison, day)),
        "differences.html": differences_page(theatre, comparison, day),
        "comparison.json": _json(theatre, comparison),
    }
    contents = {name: csv_file(text) if name.endswith(".csv") else text for name, text in texts.items()}
    write_together({folder / name: content for name, content in contents.items()})
    return [f"{folder / name}: {about}" for name, about in FILES.items()]


def _json(theatre: Theatre, comparison: Comparison) -> str:
    record = comparison_to_dict(theatre, comparison)
    return json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
