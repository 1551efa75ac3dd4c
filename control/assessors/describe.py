"""A comparison in lines of text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from control.assessors.bootstrap import Spread
from control.assessors.comparison import Comparison, PairResult
from control.assessors.series import Series
from control.record.theatre import Theatre

MOST_PLACES = 5
"""So many of the most disputed places are named."""


def describe_comparison(theatre: Theatre, comparison: Comparison) -> list[str]:
    """Say it in lines."""
    lines = [f"{theatre.settings.title}: {len(comparison.series)} assessors"]
    lines += [line for series in comparison.series for line in _series(series)]
    unknown = "counts as an answer" if comparison.unknown else "is left out"
    lines += ["", f"Agreement on places and days of which both say something; `unknown` {unknown}:"]
    lines += _table(
        ["", "places", "place-days", "agree", "kappa", "95 %"],
        [
            [
                f"{p.first} / {p.second}",
                *_counts(p.places, p.place_days, p.agreement),
                _figure(p.kappa),
                _range(p.spread),
            ]
            for p in comparison.pairs
        ],
    )
    alpha = f"alpha {_figure(comparison.alpha)}, 95 % {_range(comparison.spread)}"
    places, days, agree = _counts(comparison.places, comparison.place_days, comparison.agreement)
    lines.append(f"all at once: {places} places, {days} place-days, {agree} agree; {alpha}")
    lines += ["", f"Changes of hands, the same within {comparison.window} days; days by which the first is later:"]
    head = ["", "both", "first only", "second only", "median", "quartiles", "within 1 d", "within 7 d"]
    lines += _table(head, [_lags(pair) for pair in comparison.pairs])
    disputed = [d for d in comparison.differences if d.differing][:MOST_PLACES]
    if disputed:
        lines += ["", "Most disputed, by days on which they name different holders:"]
        lines += [
            f"  {theatre.gazetteer.place(d.place_id).name}: {d.differing} of {d.days} days ({_share(d.share_differing)})"
            for d in disputed
        ]
    return lines


def _series(series: Series) -> Iterator[str]:
    span = f", {series.first_day} to {series.last_day}" if series.first_day else ""
    yield f"  {series.name}: {len(series.places)} places{span}"
    for line in series.account:
        yield f"    {line}"


def _counts(places: int, days: int, agreement: float | None) -> list[str]:
    return [str(places), f"{days:,}", "-" if agreement is None else _share(agreement)]


def _lags(pair: PairResult) -> list[str]:
    lags = pair.lags
    figures = [f"{pair.first} / {pair.second}", str(lags.matched), str(lags.only_first), str(lags.only_second)]
    if lags.median is None or lags.lower is None or lags.upper is None:
        return [*figures, "-", "-", "-", "-"]
    quartiles = f"{_days(lags.lower)} to {_days(lags.upper)}"
    return [*figures, _days(lags.median), quartiles, _share(lags.within_1 or 0.0), _share(lags.within_7 or 0.0)]


def _days(value: float) -> str:
    return f"{value:+g}" if value else "0"


def _figure(value: float | None) -> str:
    """Return two digits; what is not full agreement is never rounded up to it."""
    if value is None:
        return "not defined"
    return "over 0.99" if 0.995 <= value < 1 else f"{value:.2f}"


def _share(value: float) -> str:
    """Return per cent; what is not all is never rounded up to all, nor what is something down to nothing."""
    if 0.999 < value < 1:
        return "over 99.9 %"
    return "under 0.1 %" if 0 < value < 0.001 else f"{100 * value:.1f} %"


def _range(spread: Spread | None) -> str:
    return f"{_figure(spread.low)} to {_figure(spread.high)}" if spread else "-"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    return [
        (
            "  "
            + row[0].ljust(widths[0])
            + "".join("  " + c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True))
        ).rstrip()
        for row in (head, *rows)
    ]
