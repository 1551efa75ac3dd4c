"""The maps that folium offers for a history: rebuilt for a day, or with a slider of their own."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import folium
import shapely
from folium.plugins import Timeline, TimelineSlider, TimeSliderChoropleth

from bench.scrub.history import BOX, COLOURS, START, History

OPACITY = 0.6
WEST, SOUTH, EAST, NORTH = BOX


def empty_map() -> folium.Map:
    """Return a map of the box without a background."""
    stock = folium.Map(location=((SOUTH + NORTH) / 2, (WEST + EAST) / 2), zoom_start=6, tiles=None)
    stock.fit_bounds([[SOUTH, WEST], [NORTH, EAST]])
    return stock


def areas(history: History, day: int, *, dissolved: bool) -> folium.GeoJson:
    """Return the ground of a day: one feature an actor, or one a cell."""
    if dissolved:
        ground = list(history.dissolved(day).items())
    else:
        ground = list(zip(history.holders(day).tolist(), history.polygons.tolist(), strict=True))
    features = [
        {"type": "Feature", "id": str(n), "properties": {"actor": actor}, "geometry": shapely.geometry.mapping(shape)}
        for n, (actor, shape) in enumerate(ground)
    ]

    def style(feature: dict[str, Any]) -> dict[str, Any]:
        colour = COLOURS[feature["properties"]["actor"]]
        return {"color": colour, "weight": 0.5, "fillColor": colour, "fillOpacity": OPACITY}

    return folium.GeoJson({"type": "FeatureCollection", "features": features}, style_function=style)


def choropleth_page(history: History) -> str:
    """Return a page with `TimeSliderChoropleth`, a style only where a cell changes.

    With these sparse steps it is right only when played forward day by day: a jump leaves the colours of the day it came
    from. A style for every cell and day would be right, but 33,000 cells by 1,700 days of it fill gigabytes.
    """
    styles = {
        str(cell): {str(_seconds(day)): {"color": COLOURS[actor], "opacity": OPACITY} for day, actor in rows}
        for cell, rows in enumerate(history.rows())
    }
    stock = empty_map()
    TimeSliderChoropleth(json.dumps(_cells(history)), styles).add_to(stock)
    return str(stock.get_root().render())


def timeline_page(history: History) -> str:
    """Return a page with `Timeline`: a feature for every stretch in which a cell has one holder."""
    features = []
    for cell, (shape, rows) in enumerate(zip(_cells(history)["features"], history.rows(), strict=True)):
        ends = [day for day, _ in rows[1:]] + [history.days]
        for (start, actor), end in zip(rows, ends, strict=True):
            when = {"start": _seconds(start) * 1000, "end": _seconds(end) * 1000 - 1, "actor": actor}
            features.append({**shape, "id": f"{cell}-{start}", "properties": when})
    stock = empty_map()
    colours = json.dumps(COLOURS)
    style = folium.JsCode(
        "function (f) { const c = " + colours + "[f.properties.actor];"
        f" return {{color: c, weight: 0.5, fillColor: c, fillOpacity: {OPACITY}}}; }}"
    )
    timeline = Timeline({"type": "FeatureCollection", "features": features}, style=style).add_to(stock)
    slider = TimelineSlider(auto_play=False, show_ticks=False, enable_keyboard_controls=True, steps=history.days)
    slider.add_timelines(timeline).add_to(stock)
    return str(stock.get_root().render())


def polygons_page(history: History, base: str) -> str:
    """Return a page that keeps one Leaflet polygon a cell on a canvas, as one would write it by hand."""
    data = {
        "cells": [[[round(y, 5), round(x, 5)] for x, y in shape.exterior.coords] for shape in history.polygons],
        "first": history.first.tolist(),
        "changes": history.changes.tolist(),
        "days": history.days,
        "colours": COLOURS,
        "opacity": OPACITY,
        "bounds": [[SOUTH, WEST], [NORTH, EAST]],
    }
    page = (Path(__file__).parent / "polygons.html").read_text(encoding="utf-8")
    return page.replace("$BASE", base).replace("$DATA", json.dumps(data, separators=(",", ":")))


def _cells(history: History) -> dict[str, Any]:
    features = [
        {"type": "Feature", "id": str(cell), "properties": {}, "geometry": shapely.geometry.mapping(shape)}
        for cell, shape in enumerate(history.polygons)
    ]
    return {"type": "FeatureCollection", "features": features}


def _seconds(day: int) -> int:
    """Return a day as seconds since 1970."""
    start = datetime(START.year, START.month, START.day, tzinfo=UTC)
    return int((start + timedelta(days=day)).timestamp())
