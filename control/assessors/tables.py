"""A comparison as tables of CSV, and what their columns mean."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from control.assessors.agreement import Step
from control.assessors.comparison import Comparison, PairResult
from control.markup import csv_cell
from control.record.theatre import Theatre

Cells = Mapping[str, Any]

AGREEMENT = {
    "first": "name of one assessor; empty in the rows of all at once",
    "second": "name of the other",
    "start": "first day of the step",
    "end": "first day that is no longer part of it",
    "place_days": "number of (place, day) of which both, or at least two of all, say something",
    "agreeing": "on how many of them all who say something say the same",
    "agreement": "agreeing / place_days, 0-1; empty where nothing can be compared",
}
KAPPA = {
    "first": "name of one assessor; empty in the row of all at once",
    "second": "name of the other",
    "coefficient": "kappa (Cohen) for two, alpha (Krippendorff) for all",
    "places": "number of places it rests on",
    "place_days": "number of (place, day) it rests on",
    "agreement": "observed agreement, 0-1",
    "value": "the coefficient, at most 1; empty where it is not defined",
    "low": "lower end of its 95 % interval, drawn from places",
    "high": "upper end",
    "draws": "samples in which it was defined",
}
CONFUSION = {
    "first": "name of one assessor",
    "second": "name of the other",
    "first_says": "id of an actor, contested or unknown",
    "second_says": "the same for the other",
    "place_days": "number of (place, day) on which they say so",
}
LAGS = {
    "first": "name of one assessor",
    "second": "name of the other",
    "window_days": "changes of hands further apart are not the same",
    "matched": "number of changes that both have",
    "only_first": "changes that only the first has",
    "only_second": "changes that only the second has",
    "median_days": "median of the days by which the first is later; negative: earlier",
    "lower_days": "lower quartile",
    "upper_days": "upper quartile",
    "within_1": "share of the matched changes that are dated at most a day apart, 0-1",
    "within_7": "at most 7 days apart",
}
CHANGES = {
    "first": "name of one assessor",
    "second": "name of the other",
    "place_id": "id of the place",
    "name": "its main name",
    "lon": "longitude, degrees east, WGS84",
    "lat": "latitude, degrees north, WGS84",
    "before": "id of the holder before; of the first assessor where both have the change",
    "after": "id of the new holder",
    "first_date": "day from which the first assessor names it; empty: it has no such change",
    "second_date": "the same for the second",
    "lag_days": "first_date - second_date",
}


def agreement_to_csv(comparison: Comparison) -> str:
    """Write the agreement over time: all at once, then each pair."""
    rows = [*_steps("", "", comparison.steps)]
    for pair in comparison.pairs:
        rows += _steps(pair.first, pair.second, pair.steps)
    return _csv(AGREEMENT, rows)


def kappa_to_csv(comparison: Comparison) -> str:
    """Write the coefficients: each pair, then all at once."""
    rows = [*map(_kappa, comparison.pairs)]
    spread = comparison.spread
    rows.append(
        {
            "coefficient": "alpha",
            "places": comparison.places,
            "place_days": comparison.place_days,
            "agreement": rounded(comparison.agreement),
            "value": rounded(comparison.alpha),
            "low": rounded(spread.low) if spread else None,
            "high": rounded(spread.high) if spread else None,
            "draws": spread.draws if spread else None,
        }
    )
    return _csv(KAPPA, rows)


def confusion_to_csv(comparison: Comparison) -> str:
    """Write who says what while the other says what; pairs of words that never meet are left out."""
    return _csv(
        CONFUSION,
        (
            {"first": pair.first, "second": pair.second, "first_says": a, "second_says": b, "place_days": days}
            for pair in comparison.pairs
            for a, b, days in cells_of(pair)
        ),
    )


def lags_to_csv(comparison: Comparison) -> str:
    """Write the lags of each pair in figures."""
    return _csv(
        LAGS, ({"first": p.first, "second": p.second, **lag_figures(p, comparison.window)} for p in comparison.pairs)
    )


def changes_to_csv(theatre: Theatre, comparison: Comparison) -> str:
    """Write every change of hands that one or both of a pair have."""
    return _csv(CHANGES, (cells for pair in comparison.pairs for cells in _changes(theatre, pair)))


def lag_figures(pair: PairResult, window: int) -> dict[str, Any]:
    """Return the figures of the lags of a pair by the names of their columns."""
    lags = pair.lags
    return {
        "window_days": window,
        "matched": lags.matched,
        "only_first": lags.only_first,
        "only_second": lags.only_second,
        "median_days": lags.median,
        "lower_days": lags.lower,
        "upper_days": lags.upper,
        "within_1": rounded(lags.within_1),
        "within_7": rounded(lags.within_7),
    }


def cells_of(pair: PairResult) -> Iterator[tuple[str, str, int]]:
    """Yield (what the first says, what the second says, days of places) where there are any."""
    for a, row in zip(pair.words, pair.table.tolist(), strict=True):
        for b, days in zip(pair.words, row, strict=True):
            if days:
                yield a, b, days


def rounded(value: float | None) -> float | None:
    """Round a share or a coefficient to four places; `None` stays."""
    return None if value is None else round(value, 4)


def _steps(first: str, second: str, steps: Iterable[Step]) -> Iterator[Cells]:
    for step in steps:
        yield {
            "first": first, "second": second, "start": step.start, "end": step.end, "place_days": step.place_days,
            "agreeing": step.agreeing, "agreement": rounded(step.agreement),
        }  # fmt: skip


def _kappa(pair: PairResult) -> Cells:
    spread = pair.spread
    return {
        "first": pair.first,
        "second": pair.second,
        "coefficient": "kappa",
        "places": pair.places,
        "place_days": pair.place_days,
        "agreement": rounded(pair.agreement),
        "value": rounded(pair.kappa),
        "low": rounded(spread.low) if spread else None,
        "high": rounded(spread.high) if spread else None,
        "draws": spread.draws if spread else None,
    }


def _changes(theatre: Theatre, pair: PairResult) -> Iterator[Cells]:
    for turn in pair.lags.turns:
        place = theatre.gazetteer.place(turn.place_id)
        yield {
            "first": pair.first, "second": pair.second, "place_id": place.id, "name": place.name,
            "lon": place.position.lon, "lat": place.position.lat, "before": turn.before, "after": turn.after,
            "first_date": _day(turn.first), "second_date": _day(turn.second), "lag_days": turn.lag,
        }  # fmt: skip


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)


def _csv(columns: Mapping[str, str], rows: Iterable[Cells]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([csv_cell(row.get(column)) for column in columns] for row in rows)
    return file.getvalue()
