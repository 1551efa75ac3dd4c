"""The command line of imports, as its users type it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner, Result

from control.cli.imports import imports
from control.record.dates import DateError
from control.record.tables import TableError
from control.record.theatre import load_theatre
from tests.conftest import ROOT

HERE = Path(__file__).parents[1] / "imports" / "data"


def run(*args: object) -> Result:
    return CliRunner().invoke(imports, [str(arg) for arg in args])


@pytest.fixture
def common(folder: Path) -> list[object]:
    return ["--theatre", folder]


def test_acled_to_the_theatre(folder: Path, common: list[object]) -> None:
    ran = run("acled", HERE / "acled.csv", *common, "--actors", HERE / "actors.csv", "--output", folder)
    assert ran.exit_code == 0
    assert ran.stdout.splitlines()[:4] == [
        "6 rows read: 4 used, 1 of them say what another row says",
        "  1 set aside: geo_precision 3: the coordinate stands for a region, not for a place (row 5)",
        "  1 set aside: sub-event type that says nothing of who holds a place (row 6)",
        "3 reports",
    ]
    theatre = load_theatre(folder)
    assert not theatre.faults
    assert [(c.place_id, str(c.event), c.actor, c.loser) for c in theatre.claims] == [
        ("1", "contested", "blue", "red"),
        ("1", "recaptured", "red", "blue"),
        ("2", "handover", "blue", None),
    ]
    assert "Radio" not in (folder / "reports.csv").read_text(encoding="utf-8")


def test_ucdp_as_a_table_of_its_own(tmp_path: Path, common: list[object]) -> None:
    ran = run(
        "ucdp", HERE / "ged.csv", *common, "--actors", HERE / "actors.csv", "--output", tmp_path / "r.csv", "--json"
    )
    assert ran.exit_code == 0
    record = json.loads(ran.stdout)
    assert (record["rows"], record["used"], record["reports"]) == (3, 1, 1)
    assert sum(record["set_aside"].values()) == 2


@pytest.mark.parametrize("text", ["9999~", "0001?", "0000", "2017~/9999~"])
def test_a_date_of_publication_beyond_the_calendar_is_a_sentence(common: list[object], text: str) -> None:
    ran = run("acled", HERE / "acled.csv", *common, "--actors", HERE / "actors.csv", "--published", text)
    assert isinstance(ran.exception, DateError)
    assert "beyond the years 0001 to 9999" in str(ran.exception)


def test_without_output_nothing_is_written(folder: Path, common: list[object]) -> None:
    before = sorted(folder.iterdir())
    ran = run("acled", HERE / "acled.csv", *common, "--actors", HERE / "actors.csv")
    assert ran.stdout.splitlines()[-1] == "nothing was written; give --output"
    assert sorted(folder.iterdir()) == before


NAMED = ["--title", "The Monitor", "--reference", "https://monitor.example"]


def test_status_table(folder: Path, common: list[object]) -> None:
    ran = run(
        "status-table", HERE / "control_latest_2017.csv", *common, "--statuses", HERE / "statuses.csv", *NAMED,
        "--grade", "B", "--output", folder, "--same-day",
    )  # fmt: skip
    assert ran.exit_code == 0, ran.exception
    theatre = load_theatre(folder)
    assert not theatre.faults
    assert {(s.id, s.grade) for s in theatre.sources.values() if s.family == "the-monitor"} == {("the-monitor", "B")}
    assert [(c.place_id, str(c.event), c.actor) for c in theatre.claims] == [
        ("1", "holds", "red"), ("2", "holds", "red"), ("1", "holds", "red"), ("1", "captured", "blue"),
        ("2", "holds", "red"),
    ]  # fmt: skip


def test_polygons_and_events(folder: Path, common: list[object]) -> None:
    ran = run(
        "polygons", HERE / "polygons.geojson", *common, "--statuses", HERE / "statuses.csv", *NAMED, "--output", folder
    )
    assert ran.exit_code == 0, ran.exception
    ran = run(
        "events", HERE / "feed.csv", *common, "--categories", HERE / "categories.csv", "--title", "Feed", "--reference", "x",
        "--output", folder,
    )  # fmt: skip
    assert ran.exit_code == 0, ran.exception
    theatre = load_theatre(folder)
    assert not theatre.faults
    assert {(c.source.id, c.place_id, str(c.event)) for c in theatre.claims} == {
        ("the-monitor", "1", "holds"),
        ("feed", "1", "contested"),
    }


def test_the_commands_of_the_documentation_exist() -> None:
    text = (ROOT / "docs" / "imports.md").read_text(encoding="utf-8").replace("\\\n", " ")
    commands = re.findall(r"^    python -m control import (\S+) (.+)$", text, re.MULTILINE)
    assert {name for name, _ in commands} == {"acled", "ucdp", "status-table", "polygons", "events"}
    for name, rest in commands:
        known = {option for p in get_command(imports).commands[name].params for option in p.opts}  # type: ignore[attr-defined]
        assert set(re.findall(r"--[a-z-]+", rest)) <= known


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--grade", "Z"], "grade 'Z'; expected an Admiralty grade"),
        (["--source-id", "No Slug"], "source id 'No Slug'; expected lower-case"),
        (["--actors", HERE / "statuses.csv"], "unknown column 'event'"),
        (["--output", HERE], "neither a theatre, nor new"),
    ],
)
def test_faults_are_told(common: list[object], more: list[Any], message: str) -> None:
    ran = run("acled", HERE / "acled.csv", *common, "--actors", HERE / "actors.csv", *more)
    assert isinstance(ran.exception, TableError)
    assert message in str(ran.exception)
