"""Charts of a figure by actor over time, in the actors' colours, with a line at the date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import altair as alt

from control.app.widgets.colours import GREY, safe_colour
from control.map.palette import SERIES

BAND = 0.1
"""Opacity of a band: nine of them lie over each other."""

HEIGHT = 340
"""Pixels; the width is that of the panel."""

SHARE_HEIGHT = 200


@dataclass(frozen=True)
class Line:
    """One actor's figure over time: `low`, `best` and `high` have a value a day of the chart."""

    name: str
    colour: str
    low: Sequence[float]
    best: Sequence[float]
    high: Sequence[float]


def control_chart(days: Sequence[date], lines: Sequence[Line], day: date) -> alt.LayerChart:
    """Draw lines over time with a thin band from low to high, and a rule at a date.

    Parameters
    ----------
    days : sequence of date, length n
        In order of time.
    lines : sequence of Line
        Each with n values; names are plain text. Lines that are nothing throughout are left out.
    day : date
        Where the rule stands.

    Raises
    ------
    ValueError
        When a line is not as long as the days.
    """
    for line in lines:
        if not len(line.low) == len(line.best) == len(line.high) == len(days):
            raise ValueError(f"{line.name}: {len(line.best)} values for {len(days)} days; give one a day")
    drawn = [line for line in lines if max(line.high, default=0) > 0]
    rows: list[dict[str, Any]] = [
        {
            "day": f"{at.isoformat()}T00:00:00",
            "actor": line.name,
            "low": round(low),
            "best": round(best),
            "high": round(high),
        }
        for line in drawn
        for at, low, best, high in zip(days, line.low, line.best, line.high, strict=True)
    ]
    scale = alt.Scale(domain=[line.name for line in drawn], range=[safe_colour(line.colour) for line in drawn])
    chosen = alt.selection_point(fields=["actor"], bind="legend")
    time = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    legend = alt.Legend(orient="bottom", columns=3, labelLimit=110, symbolType="square", symbolOpacity=1, rowPadding=4)
    colour = alt.Color("actor:N", scale=scale, title=None, legend=legend)
    base = alt.Chart(alt.InlineData(values=rows), height=HEIGHT)
    value = alt.Axis(format="~s", title=None, tickCount=5)
    band = base.mark_area(interpolate="step-after").encode(
        time, alt.Y("low:Q", axis=value), alt.Y2("high"), colour,
        opacity=alt.condition(chosen, alt.value(BAND), alt.value(0)),
    )  # fmt: skip
    said = [
        alt.Tooltip("actor:N", title="Actor"),
        alt.Tooltip("day:T", title="Date", format="%d %B %Y"),
        *(alt.Tooltip(f"{name}:Q", title=name.capitalize(), format=",.0f") for name in ("best", "low", "high")),
    ]
    best = (
        base.mark_line(strokeWidth=2, interpolate="step-after")
        .encode(
            time, alt.Y("best:Q", axis=value), colour, tooltip=said,
            opacity=alt.condition(chosen, alt.value(1), alt.value(0.2)),
        )
        .add_params(chosen)
    )  # fmt: skip
    cursor = alt.Chart(alt.InlineData(values=[{"day": f"{day.isoformat()}T00:00:00"}]))
    rule = cursor.mark_rule(color=GREY, strokeWidth=1.5, strokeDash=[4, 3]).encode(alt.X("day:T"))
    chart: alt.LayerChart = alt.layer(band, best, rule).resolve_scale(color="shared")
    return chart


def chart_words(days: Sequence[date], lines: Sequence[Line], day: date, title: str) -> str:
    """Say what a chart shows: the figure of every actor on `day`, which is one of its days.

    Raises
    ------
    ValueError
        When it is none of them: a figure of another day would be taken for that day's.
    """
    if day not in days:
        raise ValueError(f"no figures of {day}; put them into the series, see `Series.with_day`")
    index = list(days).index(day)
    told = {line.name: line.best[index] for line in lines if line.best[index] > 0}
    ranked = sorted(told.items(), key=lambda item: (-item[1], item[0]))
    return f"{title} by actor over time. On {day}: " + ("; ".join(f"{n} {v:,.0f}" for n, v in ranked) or "nobody") + "."


def to_lines(series: Mapping[str, Sequence[Any]], names: Mapping[str, tuple[str, str]]) -> list[Line]:
    """Turn ranges (with `low`, `best`, `high`) by actor id into lines.

    Parameters
    ----------
    series
        Actor id -> one range a day.
    names
        Actor id -> its name and its colour.
    """
    return [
        Line(*names[actor], [r.low for r in ranges], [r.best for r in ranges], [r.high for r in ranges])
        for actor, ranges in series.items()
    ]


def agreement_chart(steps: Mapping[str, Sequence[tuple[date, float | None]]], day: date) -> alt.LayerChart:
    """Draw shares over time, a line for each name, with a rule at a date.

    Parameters
    ----------
    steps
        Plain text -> (first day of a step, share 0-1); a step without a share leaves a gap.
    """
    rows = [
        {"day": f"{at.isoformat()}T00:00:00", "name": name, "share": share}
        for name, its in steps.items()
        for at, share in its
    ]
    names = list(steps)
    legend = alt.Legend(orient="bottom", columns=2, labelLimit=150, symbolType="stroke")
    time = alt.X("day:T", title=None, axis=alt.Axis(format="%Y", tickCount="year", grid=False))
    share = alt.Y("share:Q", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", title=None, tickCount=5))
    palette = [SERIES[n % len(SERIES)] for n in range(len(names))]
    dashes = [[1, 0], [6, 3], [2, 2], [8, 3, 2, 3]]
    colour = alt.Color("name:N", scale=alt.Scale(domain=names, range=palette), title=None, legend=legend)
    dash = alt.StrokeDash(
        "name:N", scale=alt.Scale(domain=names, range=[dashes[n % len(dashes)] for n in range(len(names))]), title=None
    )
    said = [
        alt.Tooltip("name:N", title="With"),
        alt.Tooltip("day:T", title="From", format="%d %B %Y"),
        alt.Tooltip("share:Q", title="Agree", format=".1%"),
    ]
    lines = alt.Chart(alt.InlineData(values=rows), height=SHARE_HEIGHT).mark_line(
        strokeWidth=2, interpolate="step-after"
    )
    cursor = alt.Chart(alt.InlineData(values=[{"day": f"{day.isoformat()}T00:00:00"}]))
    rule = cursor.mark_rule(color=GREY, strokeWidth=1.5, strokeDash=[4, 3]).encode(alt.X("day:T"))
    chart: alt.LayerChart = alt.layer(lines.encode(time, share, colour, dash, tooltip=said), rule).resolve_scale(
        color="shared"
    )
    return chart
