"""A comparison as one JSON object: the figures, and what they were made from."""

from __future__ import annotations

from typing import Any

from control import __version__
from control.assessors.bootstrap import LEVEL, SEED, Spread
from control.assessors.comparison import Comparison, PairResult
from control.assessors.series import Series
from control.assessors.tables import cells_of, lag_figures, rounded
from control.record.theatre import Theatre


def comparison_to_dict(theatre: Theatre, comparison: Comparison) -> dict[str, Any]:
    """Describe a comparison as JSON; what is not defined is null."""
    return {
        "theatre": theatre.settings.id,
        "title": theatre.settings.title,
        "data": theatre.data_hash,
        "code": __version__,
        "unknown": "counted" if comparison.unknown else "left out",
        "bootstrap": {"seed": SEED, "level": LEVEL, "unit": "place"},
        "assessors": [_series(one) for one in comparison.series],
        "pairs": [_pair(pair, comparison.window) for pair in comparison.pairs],
        "all": {
            "places": comparison.places,
            "place_days": comparison.place_days,
            "agreement": rounded(comparison.agreement),
            "alpha": rounded(comparison.alpha),
            **_spread(comparison.spread),
        },
        "most_disputed": [
            {
                "place_id": d.place_id,
                "name": theatre.gazetteer.place(d.place_id).name,
                "days": d.days,
                "days_differing": d.differing,
                "share_differing": rounded(d.share_differing),
            }
            for d in comparison.differences[:20]
            if d.differing
        ],
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "name": series.name,
        "read_from": dict(series.read_from),
        "places": len(series.places),
        "place_days": series.days,
        "first_day": series.first_day.isoformat() if series.first_day else None,
        "last_day": series.last_day.isoformat() if series.last_day else None,
        "words": list(series.words),
        "account": list(series.account),
    }


def _pair(pair: PairResult, window: int) -> dict[str, Any]:
    return {
        "first": pair.first,
        "second": pair.second,
        "places": pair.places,
        "place_days": pair.place_days,
        "agreement": rounded(pair.agreement),
        "kappa": rounded(pair.kappa),
        **_spread(pair.spread),
        "lags": lag_figures(pair, window),
        "confusion": [{"first_says": a, "second_says": b, "place_days": days} for a, b, days in cells_of(pair)],
    }


def _spread(spread: Spread | None) -> dict[str, Any]:
    return {
        "low": rounded(spread.low) if spread else None,
        "high": rounded(spread.high) if spread else None,
        "draws": spread.draws if spread else None,
    }
