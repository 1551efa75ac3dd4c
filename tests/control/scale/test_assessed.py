"""A whole theatre as one table: what the map says, and what its last reports say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from control.assessment.model import Status
from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.cli.main import app
from control.record.theatre import Theatre
from control.scale.assessed import compile_theatre
from control.scale.reports import last_reports
from control.scale.rule import LastReport
from tests.conftest import report

REPORTS = (
    report("2017-02-01", "captured", "Red Army", "Blue Front"),
    report("2017-03-01", "besieged", "Blue Front", "Red Army"),
    report("2017-03-10", "contested", "Blue Front", "Green Party"),
)


def test_a_place_in_rows(timeline_of: Callable[..., Timeline]) -> None:
    # Blue is named as the loser on 1 February, then Red has it, besieged by Blue from March and fought over from the 10th
    # for the thirty days of the policy; the other places are unknown throughout.
    found = [row for row in compile_theatre(timeline_of(*REPORTS).theatre).to_pylist() if row["place"] == "1"]
    assert [(str(r["start"]), r["status"], r["actor"], r["rivals"], r["besieger"], r["assumed"]) for r in found] == [
        ("2017-01-01", "controlled", "blue", None, None, False),
        ("2017-02-01", "controlled", "red", None, None, False),
        ("2017-03-01", "besieged", "red", None, "blue", False),
        ("2017-03-10", "contested", "red", "blue;green", None, False),
        ("2017-04-09", "besieged", "red", None, "blue", True),
    ]
    assert [row["start"] for row in found[1:]] + [date(2018, 1, 1)] == [row["end"] for row in found]


@pytest.mark.parametrize(("policy", "known_on"), [("balanced", None), ("strict", date(2016, 6, 1))])
def test_bundled_rows_are_the_answers_of_the_timeline(bundled: Theatre, policy: str, known_on: date | None) -> None:
    weights = load_policy(policy)
    timeline = Timeline(bundled, weights, known_on)
    expected = []
    alone = {place_id: resolution.intervals for place_id, resolution in timeline.resolutions.places.items()}
    of_quarters = {place_id for place_id in alone if alone[place_id] != timeline.intervals[place_id]}
    for place_id, intervals in sorted(timeline.intervals.items()):
        if place_id in of_quarters:
            continue  # columns judge each place by itself
        for i in intervals:
            held = i.holding
            named = held.actor if held.status is not Status.UNKNOWN else None
            sure = timeline.assess(place_id, i.start).probability
            expected.append((place_id, i.start, i.end, str(held.status), named, ";".join(held.rivals) or None, sure))
    columns = ("place", "start", "end", "status", "actor", "rivals", "probability")
    found = compile_theatre(bundled, weights, known_on)
    rows = [tuple(row[name] for name in columns) for row in found.to_pylist() if row["place"] not in of_quarters]
    assert rows == expected


def test_the_last_report_counts_until_it_fades(timeline_of: Callable[..., Timeline]) -> None:
    # The capture names Red on 1 February; the siege of 1 March names those inside, Red again; 50 days later nobody is known.
    found = last_reports(timeline_of(*REPORTS).theatre, LastReport(fade_days=50)).to_pylist()
    assert found == [{"place": "1", "start": date(2017, 2, 1), "end": date(2017, 4, 20), "side": "red", "rival": None}]


def test_the_commands_write_what_the_functions_return(bundled: Theatre, tmp_path: Path) -> None:
    for command, expected in (
        (["assess", "--known-on", "2016-01-01"], compile_theatre(bundled, known_on=date(2016, 1, 1))),
        (["last-report", "--fade-days", "90"], last_reports(bundled, LastReport(fade_days=90))),
    ):
        file = tmp_path / "out.parquet"
        ran = CliRunner().invoke(app, ["scale", *command, "--output", str(file)])
        assert ran.exit_code == 0, ran.output
        assert pq.read_table(file).to_pylist() == expected.to_pylist()
        assert f"{expected.num_rows:,} intervals" in ran.output


def test_only_parquet_and_csv_are_written(tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["scale", "assess", "--output", str(tmp_path / "out.xlsx")])
    assert ran.exit_code == 2
    assert not list(tmp_path.iterdir())
