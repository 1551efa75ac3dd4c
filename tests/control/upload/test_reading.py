"""What becomes of the rows of a sheet: expected fates first."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from control.app.upload.unused_rows import inexact_words
from control.assessment.timeline import Timeline
from control.record.event_kinds import EventKind
from control.record.theatre import Theatre
from control.territory.cached_estimates import CachedEstimator
from control.territory.landscape import landscape_of
from control.upload.corrected import rows_to_mend, template
from control.upload.questions import LEAVE_OUT, Kind
from control.upload.reading import MOST_OF_A_PLACE, Options
from control.upload.session import with_upload
from tests.control.upload.conftest import Read


def test_every_row_has_one_fate(read: Read) -> None:
    """Row 2 and 3 are used, 4 says the same as 3, 5 and 6 wait, 7 to 9 are bad; the blank row is none."""
    _, reading = read(
        "Wen,Town,Wat hapend,Whoo\n"
        "2017-03-01,Alpha,took,Blue Front\n"
        "2017-03-02,Beta,holds,Red Army\n"
        "2017-03-02,Beta,holds,Red Army\n"
        "2017-03-03,Delta,holds,Red Army\n"
        "2017-03-04,Alpha,holds,Purple Hand\n"
        "2017-02-30,Alpha,holds,Red Army\n"
        "2017-03-05,Alpha,shelling,Red Army\n"
        ",,,\n"
        "2027-03-05,Alpha,holds,Red Army\n"
    )
    assert reading.total == 8
    assert (reading.used, reading.merged, reading.undecided, reading.bad) == ((2, 3), (4,), (5, 6), (7, 8, 10))
    assert [(question.kind, question.rows) for question in reading.questions] == [
        (Kind.ACTOR, (6,)),
        (Kind.PLACE, (5,)),
    ]
    wrong = {fault.row: (fault.column, fault.wrong) for fault in reading.faults}
    assert wrong[7] == ("Wen", "'2017-02-30': there is no such day in the calendar")
    assert wrong[8] == ("Wat hapend", "'shelling' is no change of control")
    assert wrong[10] == ("Wen", "2027-03-05 is outside the years of this map")


def test_what_was_taken_by_another_spelling_is_listed(read: Read) -> None:
    """Alphah is read as Alpha, in two rows; what is spelt as the map has it, and what a row waits for, is not listed."""
    _, reading = read(
        "date,place,event,actor\n"
        "2017-03-01,Alphah,holds,Red Army\n"
        "2017-03-02,Alpha,holds,Red Army\n"
        "2017-03-03,ALPHAH,holds,Blue Front\n"
        "2017-03-04,Alphah,holds,Blue Front\n"
        "2017-03-05,Delta,holds,Blue Front\n"
    )
    assert reading.used == (2, 3, 4, 5)
    said = [
        (one.match.query, one.chosen.place.name, [origin.line for origin in one.origins]) for one in reading.inexact
    ]
    assert said == [("Alphah", "Alpha", [2, 5]), ("ALPHAH", "Alpha", [4])]
    words = inexact_words(reading.inexact[0])
    assert words.startswith(
        "Rows 2, 5: Alphah was taken for Alpha (town, AA): sounds like 'Alpha'; next would be Alpha (district, "
    )


def test_answers_settle_what_was_asked(read: Read) -> None:
    text = "date,place,event,actor\n2017-03-03,Delta,holds,Purple Hand\n2017-03-04,Delta,holds,Red Army\n"
    _, reading = read(text)
    assert reading.undecided == (2, 3)
    actor, place = reading.questions
    assert {choice.id for choice in place.choices} == {"delta-south", "delta-north"}
    assert {choice.id for choice in actor.choices} == {"red", "blue", "blue-guard", "green"}

    _, settled = read(text, {place.key: "delta-north", actor.key: "green"})
    assert settled.used == (2, 3)
    assert [(claim.place_id, claim.actor) for claim in settled.claims] == [
        ("delta-north", "green"),
        ("delta-north", "red"),
    ]

    _, without = read(text, {place.key: "delta-north", actor.key: LEAVE_OUT})
    assert (without.used, without.bad) == ((3,), (2,))
    assert "your choice" in without.faults[0].wrong

    _, nonsense = read(text, {place.key: "no-such-place", actor.key: "<script>"})
    assert nonsense.undecided == (2, 3)


def test_the_order_of_day_and_month_is_asked_once(read: Read) -> None:
    """3/4/2017 is in March or in April; 5/5/2017 and the ISO date wait for nothing."""
    rows = ("3/4/2017,Alpha", "5/5/2017,Beta", "2017-06-01,Gamma")
    text = "date,place,event,actor\n" + "".join(f"{row},holds,Red Army\n" for row in rows)
    _, reading = read(text)
    assert (reading.used, reading.undecided) == ((3, 4), (2,))
    (question,) = reading.questions
    assert question.kind is Kind.ORDER
    for answer, month in (("day", 4), ("month", 3)):
        _, settled = read(text, {question.key: answer})
        assert settled.claims[0].window.first.month == month

    _, telling = read(text + "13/4/2017,Alpha,holds,Red Army\n")
    assert telling.used == (2, 3, 4, 5)
    assert telling.notes == ("date: the day comes first, as row 5 tells (13/4/2017)",)


@pytest.mark.parametrize(
    ("cells", "place", "why"),
    [
        ("Delta,49.5,10.0", "delta-south", ""),
        ("Delta,51.8,11.0", "delta-north", ""),
        (",50.0,10.5", "2", ""),
        ("Alpha,51.8,11.0", None, "the name and the coordinate do not fit together"),
        ("Nowhereville,50.0,10.5", None, "no place near the coordinate is spelt so"),
    ],
)
def test_a_coordinate_tells_namesakes_apart_and_contradicts(
    read: Read, cells: str, place: str | None, why: str
) -> None:
    _, reading = read(f"date,event,actor,place,lat,lon\n2017-03-03,holds,Red Army,{cells}\n")
    assert [claim.place_id for claim in reading.claims] == ([place] if place else [])
    assert [question.why for question in reading.questions] == ([why] if why else [])


def test_a_table_of_holders_needs_no_column_for_the_event(read: Read) -> None:
    text = "Town,As of,Controlled by\nAlpha,2017-03-03,Red Army\nBeta,2017-03-03,contested\n"
    _, reading = read(text)
    assert [claim.event for claim in reading.claims] == [EventKind.HOLDS, EventKind.CONTESTED]
    _, taken = read(text, options=Options(event=EventKind.CAPTURED))
    assert [claim.event for claim in taken.claims] == [EventKind.CAPTURED]
    assert taken.undecided == (3,)  # nobody is called `contested`


def test_who_withdrew_has_lost_it(read: Read) -> None:
    _, reading = read("date,place,event,actor\n2017-03-03,Alpha,withdrew,Red Army\n")
    assert [(claim.actor, claim.loser) for claim in reading.claims] == [(None, "red")]


def test_sources_are_made_of_what_the_rows_name(read: Read) -> None:
    _, reading = read(
        "date,place,event,actor,source,link,published\n"
        "2017-03-03,Alpha,holds,Red Army,Wire,https://wire.test/1,2017-03-04\n"
        "2017-03-05,Beta,holds,Red Army,Wire,https://wire.test/1,2017-03-06\n"
        "2017-03-05,Gamma,holds,Red Army,,javascript:alert(1),\n",
        options=Options(grade="D"),
    )
    wire, other = sorted(reading.sources, key=lambda source: source.title)
    assert (wire.title, wire.reference, wire.grade) == ("Wire", "https://wire.test/1", "D")
    assert wire.published.text == "2017-03-06"
    assert other.reference == "javascript:alert(1)"  # text; what shows it makes no link of it
    assert [claim.published.text for claim in reading.claims] == ["2017-03-04", "2017-03-06", "2017-03-05"]


def test_too_many_rows_about_one_place_are_told_of(read: Read) -> None:
    days = [f"2017-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 29)]
    rows = "".join(f"{day},Alpha,holds,Red Army\n" for day in days)
    _, reading = read("date,place,event,actor\n" + rows)
    assert len(reading.used) == MOST_OF_A_PLACE
    assert len(reading.bad) == len(days) - MOST_OF_A_PLACE


def test_mended_rows_come_back(read: Read) -> None:
    sheet, reading = read(
        'date,place,event,actor,note\n2017-02-30,Alpha,holds,Red Army,"=1+1, ""x"""\n2017-03-01,Beta,holds,Red Army,\n'
    )
    text = rows_to_mend(sheet, reading).removeprefix("\ufeff")
    header, row = csv.reader(io.StringIO(text, newline=""))
    assert header == ["row", "problem", "remedy", "date", "place", "event", "actor", "note"]
    assert row[0] == "2"
    assert row[-1] == '\'=1+1, "x"'
    _, mended = read(text.replace("2017-02-30", "2017-02-28"))
    assert mended.used == (2,)
    assert mended.claims[0].report.note == '=1+1, "x"'
    assert read(template() + "2017-03-01,Alpha,holds,Red Army,,,,,,,\n")[1].used == (2,)


def test_an_upload_makes_another_theatre_and_leaves_the_first_alone(read: Read, theatre: Theatre) -> None:
    before = theatre.data_hash
    _, reading = read("date,place,event,actor\n2017-03-01,Beta,captured,Blue Front\n")
    added = with_upload(theatre, reading.claims, reading.sources, alone=False)
    alone = with_upload(theatre, reading.claims, reading.sources, alone=True)
    assert (len(theatre.claims), len(added.claims), len(alone.claims)) == (1, 2, 1)
    assert (theatre.uploaded, added.uploaded, alone.uploaded) == (0, 1, 1)
    assert len({theatre.data_hash, added.data_hash, alone.data_hash}) == 3
    assert theatre.data_hash == before
    assert "1 uploaded report" in added.settings.title
    assert Timeline(alone).assess("1", theatre.settings.opening_date).holding.actor is None
    assert Timeline(alone).assess("2", theatre.settings.opening_date).holding.actor == "blue"


def test_estimates_of_an_upload_are_not_kept_on_disk(read: Read, theatre: Theatre, tmp_path: Path) -> None:
    _, reading = read("date,place,event,actor\n2017-03-01,Beta,captured,Blue Front\n")
    added = with_upload(theatre, reading.claims, reading.sources, alone=False)
    for number, made in enumerate((theatre, added)):
        cache = tmp_path / str(number)
        CachedEstimator(Timeline(made), landscape_of(made, cache)).steps()
        assert len(list(cache.glob("estimates-*"))) == 1 - number
