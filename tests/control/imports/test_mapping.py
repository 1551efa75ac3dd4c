"""Tables of the user: every fault is told with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from control.imports.mapping import Party, Standing, read_parties, read_readings, read_standings
from control.record.tables import TableError
from control.record.theatre import Theatre


def test_names_are_folded_and_may_mean_nobody(theatre: Theatre, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text("name,actor,state\nRED  Army,red,yes\nCivilians,,\n", encoding="utf-8")
    assert read_parties(path, theatre) == {"red army": Party("red", True), "civilians": Party(None)}


def test_statuses_may_be_contested_or_no_information(theatre: Theatre, tmp_path: Path) -> None:
    path = tmp_path / "map.csv"
    path.write_text(
        "name,actor,event\nUA,red,\nC,,contested\nC of blue,blue,contested\n?,,unknown\n,,unknown\n", encoding="utf-8"
    )
    found = read_standings(path, theatre)
    assert found == {
        "ua": Standing("red"),
        "c": Standing(None, True),
        "c of blue": Standing("blue", True),
        "?": Standing(None),
        "": Standing(None),
    }


@pytest.mark.parametrize(
    ("read", "text", "faults"),
    [
        (read_parties, "name,actor\nX,pink\nY,rde\n", ["map.csv:2: actor 'pink'", "map.csv:3: actor 'rde'"]),
        (read_parties, "name,actor\nX,red\nx ,blue\n", ["map.csv:3: 'x' again"]),
        (read_parties, "name,actor\n,red\nX\n", ["map.csv:2: empty name", "map.csv:3: wrong number of cells"]),
        (read_parties, "name,actor,state\nX,red,maybe\n", ["map.csv:2: state 'maybe'"]),
        (read_parties, "name,actor,side\nX,red,a\n", ["map.csv:1: unknown column 'side'"]),
        (read_parties, "name\nX\n", ["map.csv:1: no column actor"]),
        (read_standings, "name,actor,event\nX,,\n", ["map.csv:2: neither actor nor event"]),
        (read_standings, "name,actor,event\nX,,holds\n", ["map.csv:2: holds without an actor"]),
        (read_standings, "name,actor,event\nX,red,unknown\n", ["map.csv:2: unknown, and an actor"]),
        (read_standings, "name,actor,event\nX,red,captured\n", ["map.csv:2: event 'captured'"]),
        (read_readings, "category,event,actor,loser\nX,took,,\n", ["map.csv:2: event 'took'"]),
        (read_readings, "category,event,actor,loser\nX,captured,,\n", ["map.csv:2: captured without an actor"]),
        (read_readings, "category,event,actor,loser\nX,lost,,\n", ["map.csv:2: lost without a loser"]),
        (
            read_readings,
            "category,event,actor,loser\nX,captured,red,red\n",
            ["map.csv:2: actor and loser are the same"],
        ),
        (read_readings, "category,event,credibility\nX,contested,9\n", ["map.csv:2: credibility '9'"]),
    ],
)
def test_faults_are_told(
    theatre: Theatre, tmp_path: Path, read: Callable[..., Any], text: str, faults: list[str]
) -> None:
    path = tmp_path / "map.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError) as raised:
        read(path, theatre)
    said = str(raised.value).split("\n")
    assert len(said) == len(faults)
    for line, fault in zip(said, faults, strict=True):
        assert line.startswith(fault)
        assert "; expected " in line
