"""Figures as a table, read back by what its users read it with."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from control.assessment.timeline import Timeline
from control.export.records import FIGURE_COLUMNS, figures_to_dicts
from control.export.tables.statistics import figures_to_csv
from control.record.theatre import load_theatre
from control.territory.ground import Grounds
from control.territory.statistics import statistics
from tests.conftest import ACTORS, report

DAYS = [date(2017, 4, 1), date(2017, 4, 2)]


@pytest.fixture
def grounds(write_theatre: Callable[..., Path]) -> Grounds:
    actors = [{**ACTORS[0], "name": '=cmd|"/c"', "aliases": "Red Army"}, *ACTORS[1:]]
    reports = [report("2017-03-01", "captured", "Red Army"), report("2017-03-01", "holds", "Blue Front", place="Gamma")]
    return Grounds.of(Timeline(load_theatre(write_theatre(reports, actors=actors))))


def test_csv_reads_back(grounds: Grounds) -> None:
    """Two days of two actors; then what is contested, unknown, and beyond the reach of any place."""
    theatre = grounds.timeline.theatre
    days = list(statistics(grounds, DAYS))
    text = figures_to_csv(theatre, days)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == list(FIGURE_COLUMNS)
    assert [r["date"] for r in rows] == ["2017-04-01"] * 5 + ["2017-04-02"] * 5
    assert sorted(r["actor"] for r in rows if r["group"] == "actor") == ["blue", "blue", "red", "red"]
    assert [r["group"] for r in rows[2:5]] == ["contested", "unknown", "beyond"]
    assert [r["name"] for r in rows[2:5]] == ["", "", "farther than 25 km from any place"]
    assert {r["name"] for r in rows if r["actor"] == "red"} == {'\'=cmd|"/c"'}
    frame = pd.read_csv(io.StringIO(text), parse_dates=["date"])
    shared = frame[(frame.date == "2017-04-01") & (frame.group != "beyond")]
    assert shared.total_km2.sum() == pytest.approx(days[0].land_km2, abs=1)
    assert (frame.effective_km2_low.dropna() <= frame.effective_km2_high.dropna()).all()


def test_json_says_the_same_as_csv(grounds: Grounds) -> None:
    theatre = grounds.timeline.theatre
    (figures,) = statistics(grounds, DAYS[:1])
    rows = list(csv.DictReader(io.StringIO(figures_to_csv(theatre, [figures]))))
    records = list(figures_to_dicts(theatre, figures))
    for row, record in zip(rows, records, strict=True):
        assert {k: v for k, v in row.items() if v and k != "name"} == {
            k: str(v) for k, v in record.items() if v is not None and k != "name"
        }
