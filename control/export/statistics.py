"""Figures as CSV and as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from typing import Any

from control.markup import csv_cell
from control.statistics import DayFigures, Range, Rest
from control.theatre import Theatre

MEASURES = ("total_km2", "effective_km2", "places", "population")
COLUMNS = (
    "date", "group", "actor", "name", *(m + end for m in MEASURES for end in ("_low", "", "_high")), "population_unknown",
)  # fmt: skip
"""One row an actor and day; then `contested` and `unknown`, which complete the land; `beyond` is how much of all this lies
beyond the reach of any place."""


def figures_to_csv(theatre: Theatre, days: Sequence[DayFigures]) -> str:
    """Write figures as CSV; areas in square kilometres, `group` tells actors from what is no actor's for sure."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for figures in days:
        for record in figures_to_dicts(theatre, figures):
            writer.writerow({key: csv_cell(value) for key, value in record.items()})
    return file.getvalue()


def figures_to_dicts(theatre: Theatre, figures: DayFigures) -> Iterator[dict[str, Any]]:
    """Describe the figures of a day as JSON, one record an actor; then what is contested, unknown, and beyond any reach."""
    day = figures.day.isoformat()
    for found in figures.actors:
        record: dict[str, Any] = {"date": day, "group": "actor", "actor": found.actor}
        record["name"] = theatre.actors[found.actor].name
        for measure in MEASURES:
            record |= _range(measure, getattr(found, measure))
        share = found.population_unknown
        yield {**record, "population_unknown": None if share is None else round(share, 4)}
    for group, rest in (("contested", figures.contested), ("unknown", figures.unknown)):
        yield {"date": day, "group": group, **_rest(rest)}
    yield {"date": day, "group": "beyond", "total_km2": round(figures.beyond_km2, 1)}


def _range(measure: str, figure: Range) -> dict[str, Any]:
    decimals = 1 if measure.endswith("km2") else None
    return {
        f"{measure}_low": round(figure.low, decimals),
        measure: round(figure.best, decimals),
        f"{measure}_high": round(figure.high, decimals),
    }


def _rest(rest: Rest) -> dict[str, Any]:
    return {
        "total_km2": round(rest.total_km2, 1),
        "effective_km2": round(rest.effective_km2, 1),
        "places": rest.places,
    }
