"""ACLED: what each kind of row becomes. Columns and codes as in the codebook of 2025."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.imports.account import Imported
from control.imports.acled import import_acled
from control.imports.mapping import Party, key
from control.record.tables import TableError
from control.record.theatre import Theatre

ARMY, REBELS, GUARD, ALLIES = (
    "Military Forces of Aland (2010-)",
    "BF: Blue Front",
    "Blue Guard",
    "Military Forces of Beland",
)
PARTIES = {
    key(ARMY): Party("red"),
    key(REBELS): Party("blue"),
    key(GUARD): Party("blue-guard"),
    key(ALLIES): Party("green"),
    key("Civilians (Aland)"): Party(None),
}


def event(**cells: Any) -> dict[str, Any]:
    """One row of an export; by default rebels and army clash in Alpha on 2 March 2017."""
    return {
        "event_id_cnty": "AAA1",
        "event_date": "2017-03-02",
        "year": 2017,
        "time_precision": 1,
        "disorder_type": "Political violence",
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "actor1": ARMY,
        "assoc_actor_1": "",
        "inter1": "State forces",
        "actor2": REBELS,
        "assoc_actor_2": "",
        "inter2": "Rebel group",
        "interaction": "State forces-Rebel group",
        "civilian_targeting": "",
        "iso": 999,
        "region": "Nowhere",
        "country": "Aland",
        "admin1": "",
        "admin2": "",
        "admin3": "",
        "location": "Alpha",
        "latitude": 50.0,
        "longitude": 10.0,
        "geo_precision": 1,
        "source": "Radio",
        "source_scale": "National",
        "notes": "SECRET TEXT of the row",
        "fatalities": 0,
        "tags": "",
        "timestamp": "",
    } | cells


REGAINS = {"sub_event_type": "Government regains territory"}
OVERTAKES = {"sub_event_type": "Non-state actor overtakes territory"}
TRANSFER = {
    "event_type": "Strategic developments",
    "sub_event_type": "Non-violent transfer of territory",
    "actor1": REBELS,
    "inter1": "Rebel group",
    "actor2": "",
    "inter2": "",
}
SWAPPED = {"actor1": REBELS, "inter1": "Rebel group", "actor2": ARMY, "inter2": "State forces"}


@pytest.fixture
def run(theatre: Theatre, write_csv: Any) -> Any:
    def read(*rows: dict[str, Any], **options: Any) -> Imported:
        return import_acled(write_csv("acled.csv", rows), theatre, PARTIES, **options)

    return read


def told(imported: Imported) -> list[tuple[str, str, str, str, str]]:
    return [(r.event_date.text, r.place, str(r.event), r.actor, r.loser) for r in imported.reports]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, ("2017-03-02", "Alpha", "contested", "blue", "red")),
        (SWAPPED, ("2017-03-02", "Alpha", "contested", "blue", "red")),
        (REGAINS, ("2017-03-02", "Alpha", "recaptured", "red", "blue")),
        (REGAINS | SWAPPED, ("2017-03-02", "Alpha", "recaptured", "red", "blue")),
        (REGAINS | {"inter1": 1, "inter2": 2}, ("2017-03-02", "Alpha", "recaptured", "red", "blue")),
        (OVERTAKES, ("2017-03-02", "Alpha", "captured", "blue", "red")),
        (OVERTAKES | SWAPPED, ("2017-03-02", "Alpha", "captured", "blue", "red")),
        (OVERTAKES | {"actor2": ALLIES, "inter2": 8}, ("2017-03-02", "Alpha", "captured", "green", "red")),
        (OVERTAKES | {"actor1": "Militia nobody mapped"}, ("2017-03-02", "Alpha", "captured", "blue", "")),
        (TRANSFER, ("2017-03-02", "Alpha", "handover", "blue", "")),
        ({"event_date": "02 March 2017"}, ("2017-03-02", "Alpha", "contested", "blue", "red")),
        ({"time_precision": 2}, ("2017-02-27/2017-03-05", "Alpha", "contested", "blue", "red")),
        ({"time_precision": 3}, ("2017-03-01/2017-03-31", "Alpha", "contested", "blue", "red")),
        ({"location": "Alpha - Old Town"}, ("2017-03-02", "Alpha", "contested", "blue", "red")),
        ({"location": "Unheard of", "longitude": 10.02}, ("2017-03-02", "Alpha", "contested", "blue", "red")),
        ({"location": "Beta", "longitude": 10.45}, ("2017-03-02", "Beta", "contested", "blue", "red")),
    ],
)
def test_a_row_becomes_a_report(run: Any, cells: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert told(run(event(**cells))) == [expected]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("precision", [1, 2, 3])
def test_a_day_at_the_edge_of_the_calendar_costs_its_own_row_only(run: Any, day: str, precision: int) -> None:
    made = run(event(event_date=day, time_precision=precision), event())
    assert ("2017-03-02", "Alpha", "contested", "blue", "red") in told(made)


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"sub_event_type": "Air/drone strike", "event_type": "Explosions/Remote violence"}, "sub-event type"),
        (REGAINS | {"geo_precision": 3}, "geo_precision 3"),
        ({"geo_precision": 3}, "geo_precision 3"),
        ({"geo_precision": "near"}, "geo_precision is none of 1, 2, 3"),
        (TRANSFER | {"time_precision": 3}, "time_precision 3"),
        (TRANSFER | {"actor2": ARMY, "inter2": 1}, "order has no meaning"),
        (TRANSFER | {"actor1": "Nobody mapped"}, "not in the mapping table"),
        (REGAINS | {"actor1": "Nobody mapped"}, "not in the mapping table"),
        (OVERTAKES | {"actor2": "Civilians (Aland)"}, "no actor of the theatre"),
        ({"actor1": "A", "actor2": "B"}, "neither side is in the mapping table"),
        ({"actor1": GUARD, "inter1": 3}, "hold ground for the same actor"),
        ({"event_date": "03/04/2017"}, "impossible date"),
        ({"event_date": "2017-02-30"}, "impossible date"),
        ({"event_date": "2016-12-31"}, "outside the span"),
        ({"latitude": "north"}, "no position"),
        ({"latitude": "nan"}, "no position"),
        ({"location": "Elsewhere", "latitude": 51.9}, "no place of the theatre within 5 km"),
        ({"location": "Alpha", "latitude": 51.9}, "no place of the theatre within 5 km"),
    ],
)
def test_a_row_is_set_aside_with_a_reason(run: Any, cells: dict[str, Any], reason: str) -> None:
    imported = run(event(), event(**cells))
    assert [r.origin.line for r in imported.reports] == [2]
    ((said, tally),) = imported.account.set_aside.items()
    assert reason in said
    assert (tally.count, tally.rows) == (1, (3,))


@pytest.mark.parametrize(
    "cells",
    [
        REGAINS | {"time_precision": 3},
        OVERTAKES | {"time_precision": 3},
        OVERTAKES | {"actor1": ALLIES, "inter1": 3},
        REGAINS | {"inter2": 1},
        REGAINS | {"inter1": 8},
    ],
)
def test_what_does_not_tell_who_took_it_counts_as_fighting(run: Any, cells: dict[str, Any]) -> None:
    imported = run(event(**cells))
    assert [str(r.event) for r in imported.reports] == ["contested"]
    assert [tally.rows for tally in imported.account.lessened.values()] == [(2,)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from([{}, REGAINS, OVERTAKES, TRANSFER]),
    where=st.sampled_from([1, 2, 3]),
    when=st.sampled_from([1, 2, 3]),
    inters=st.tuples(st.sampled_from("012345678"), st.sampled_from("012345678")),
)
def test_rows_of_precision_3_never_flip_a_place(
    theatre: Theatre, tmp_path: Path, kind: dict[str, Any], where: int, when: int, inters: tuple[str, str]
) -> None:
    row = event(**kind | {"geo_precision": where, "time_precision": when}) | {"inter1": inters[0], "inter2": inters[1]}
    path = tmp_path / "acled.csv"
    path.write_text(",".join(row) + "\n" + ",".join(f'"{cell}"' for cell in row.values()) + "\n", encoding="utf-8")
    events = {str(r.event) for r in import_acled(path, theatre, PARTIES).reports}
    assert 3 not in (where, when) or events <= {"contested"}


def test_near_the_place_is_less_credible(run: Any) -> None:
    exact, near = (run(event(**REGAINS, geo_precision=p)).reports[0].credibility for p in (1, 2))
    assert (exact, near) == (2, 4)


def test_the_table_may_say_who_fights_for_a_government(theatre: Theatre, write_csv: Any) -> None:
    militia = "Pro-Government Militia"
    path = write_csv("acled.csv", [event(**REGAINS | {"actor1": militia, "inter1": 3})])
    parties = PARTIES | {key(militia): Party("red", state=True)}
    assert told(import_acled(path, theatre, parties)) == [("2017-03-02", "Alpha", "recaptured", "red", "blue")]


def test_alike_rows_become_one_report_whatever_their_order(run: Any) -> None:
    rows = [event(event_id_cnty="AAA2"), event(event_id_cnty="AAA1", geo_precision=2), event(event_id_cnty="AAA3")]
    one, other = run(*rows), run(*rows[::-1])
    assert [(r.note, r.credibility) for r in one.reports] == [("armed clash (ACLED event AAA2)", 2)]
    assert [(r.note, r.credibility) for r in other.reports] == [("armed clash (ACLED event AAA2)", 2)]
    assert (one.account.used, one.account.merged) == (3, 2)


def test_nothing_of_the_text_is_passed_on(run: Any) -> None:
    imported = run(event(event_id_cnty="=cmd|' /C calc'!A0"))
    said = repr(imported.reports) + repr(imported.source)
    assert "SECRET" not in said
    assert ARMY not in said
    assert imported.reports[0].note == "armed clash (ACLED event cmdCcalcA0)"


def test_a_row_is_known_from_the_day_of_its_timestamp(run: Any) -> None:
    known = run(event(timestamp=1_500_000_000), event(event_date="2017-10-01"))
    assert [r.published.text if r.published else None for r in known.reports] == ["2017-07-14", None]
    assert known.source.published.text == "2017-10-01"
    assert known.source.title == "Armed Conflict Location & Event Data"


def test_unmapped_names_are_counted(run: Any) -> None:
    imported = run(event(actor1="Gang"), event(actor1="Gang"), event(actor1="Band"))
    assert imported.account.unmapped == {"Gang": 2, "Band": 1}
    assert "  2 names are not in the mapping table:" in imported.account.lines()
    assert "  1 name is not in the mapping table:" in run(event(actor1="Gang")).account.lines()
    assert told(imported) == [("2017-03-02", "Alpha", "contested", "blue", "")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"acled.csv:1: no column names; expected event_id_cnty, .*; the file is empty"),
        ("a,b\n1,2\n", r"acled.csv:1: none of the columns that are needed; expected .*; found a, b; export"),
        ("event_date,b\n1,2\n", r"acled.csv:1: no column event_id_cnty, .*; expected .*; found event_date, b; export"),
    ],
)
def test_another_file_is_refused(theatre: Theatre, tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TableError, match=message):
        import_acled(path, theatre, PARTIES)


def test_a_file_without_line_breaks_is_refused_before_it_is_read(theatre: Theatre, tmp_path: Path) -> None:
    path = tmp_path / "acled.csv"
    path.write_text(",".join(event()) + "\n" + "x" * 3_000_000, encoding="utf-8")
    with pytest.raises(TableError, match=r"acled\.csv:2: a line of more than 1000000 characters"):
        import_acled(path, theatre, PARTIES)
    path.write_text(",".join(event()) + '\n"' + "x,\n" * 100_000, encoding="utf-8")
    with pytest.raises(TableError, match=r"field larger than field limit .*; expected a CSV row; check its quotes"):
        import_acled(path, theatre, PARTIES)


def test_older_exports_with_semicolons_and_capitals_are_read(theatre: Theatre, tmp_path: Path) -> None:
    row = event()
    path = tmp_path / "acled.csv"
    path.write_text(";".join(row).upper() + "\n" + ";".join(map(str, row.values())) + "\n1;2\n", encoding="utf-8-sig")
    imported = import_acled(path, theatre, PARTIES)
    assert told(imported) == [("2017-03-02", "Alpha", "contested", "blue", "red")]
    assert [(reason[:21], tally.rows) for reason, tally in imported.account.set_aside.items()] == [
        ("wrong number of cells", (3,))
    ]
