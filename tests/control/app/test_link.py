"""An address is made by anybody: what it names is used when it exists, and told without being repeated when not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.app.link import (
    OF_THE_BROWSER,
    PARAMETERS,
    Link,
    Position,
    read_link,
    read_theatre,
    today_anywhere,
)
from control.record.theatre import Theatre, load_theatre

TODAY = date(2018, 6, 1)
POLICIES = ("balanced", "strict")


@pytest.fixture
def theatre(write_theatre: Callable[..., Path]) -> Theatre:
    return load_theatre(write_theatre([]))


def read(its: Theatre, **parameters: str) -> tuple[Link, tuple[str, ...]]:
    return read_link(parameters, its, POLICIES, TODAY)


def test_everything_is_read(theatre: Theatre) -> None:
    link, notes = read(
        theatre,
        theatre="mini",
        date="2017-03-04",
        known_on="2018-01-05",
        policy="strict",
        place="2",
        compare="2017-01-02",
        center="10.5,50.25",
        zoom="7.5",
        hidden="red,estimates",
        background="online",
    )
    assert notes == ()
    assert link == Link(
        theatre="mini",
        date=date(2017, 3, 4),
        known_on=date(2018, 1, 5),
        policy="strict",
        place="2",
        compare=date(2017, 1, 2),
        center=Position(10.5, 50.25),
        zoom=7.5,
        hidden=("red", "estimates"),
        background="online",
    )


def test_a_link_names_its_parameters_in_one_order(theatre: Theatre) -> None:
    """What Python decides comes first, in the order of the fields, then what only the browser knows."""
    expected = ["theatre", "date", "known_on", "policy", "place", "compare", "background", "center", "zoom", "hidden"]
    link, _ = read(
        theatre,
        hidden="red", zoom="7.5", center="10.5,50.25", background="online", compare="2017-01-02", place="2",
        policy="strict", known_on="2018-01-05", date="2017-03-04",
    )  # fmt: skip
    assert list(link.parameters()) == expected == list(PARAMETERS)
    assert OF_THE_BROWSER == ("center", "zoom", "hidden")
    assert link.parameters()["center"] == "10.5000,50.2500"
    assert link.parameters()["zoom"] == "7.5"


def test_center_and_zoom_stand_together(theatre: Theatre) -> None:
    for half in (
        {"center": "10,50"},
        {"zoom": "5"},
        {"center": "10,50", "zoom": "23"},
        {"center": "181,0", "zoom": "5"},
    ):
        link, notes = read(theatre, **half)
        assert (link.center, link.zoom) == (None, None)
        expected = "center must be longitude and latitude in degrees, and zoom a number from 0 to 22."
        assert notes == (f"Where the map looks: {expected} Showing the opening view.",)


def test_nothing_gives_the_defaults(theatre: Theatre) -> None:
    assert read(theatre) == (Link(theatre="mini"), ())
    assert Link(theatre="mini").parameters() == {"theatre": "mini"}


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        (
            "date",
            "2018-01-01",
            "The date 1 January 2018 is outside this map (1 January 2017 to 31 December 2017). Showing 1 June 2017.",
        ),
        (
            "date",
            "2017-02-30",
            "The date is not a day of the calendar; write it as in 2017-11-03. Showing 1 June 2017.",
        ),
        (
            "compare",
            "2016-12-31",
            "The comparison date 31 December 2016 is outside this map (1 January 2017 to 31 December 2017). Showing no",
        ),
        (
            "known_on",
            "2018-06-02",
            "“as known on” date 2 June 2018 must lie between 1 January 2017 and today. Showing what is known today.",
        ),
        ("known_on", "2016-12-31", "between 1 January 2017 and today"),
        ("policy", "../../etc/passwd", "There is no policy of that name, only balanced, strict. Using balanced."),
        ("place", "<img src=x>", "The place in the link is not on this map. No place is selected."),
        ("center", "10,50", "Showing the opening view."),
        ("zoom", "nan", "Where the map looks"),
        (
            "background",
            "https://tiles.example.org/",
            "A link can name no background but “online”. Showing none.",
        ),
        ("background", "Online", "A link can name no background but “online”"),
        ("hidden", "red,<script>", "The link hides a side that is not on this map. Nothing was hidden for it."),
    ],
)
def test_what_cannot_be_used_is_told(theatre: Theatre, key: str, value: str, expected: str) -> None:
    link, notes = read(theatre, **{key: value})
    assert len(notes) == 1
    assert expected in notes[0]
    assert value not in notes[0]
    assert link == Link(theatre="mini", hidden=("red",) if key == "hidden" else ())


@pytest.mark.parametrize("center", ["181,0", "0,91", "1,2,3", "inf,0", "a,b", "", "1e999,0"])
def test_a_center_off_the_earth_is_no_center(theatre: Theatre, center: str) -> None:
    assert read(theatre, center=center, zoom="5")[0].center is None


def test_unknown_parameters_are_named_only_when_they_are_plain_words(theatre: Theatre) -> None:
    _, notes = read(theatre, **{"colour": "1", "<b>": "1", "__proto__": "1"})
    assert notes == ("“colour” is not a setting; it was ignored.", "2 parameters are no settings and were ignored.")


def test_notes_stay_few(theatre: Theatre) -> None:
    _, notes = read(theatre, **{f"x{'y' * n}": "" for n in range(100)})
    assert len(notes) == 7


def test_an_unknown_theatre_is_told() -> None:
    assert read_theatre({}, ["mini", "other"], "mini") == ("mini", ())
    assert read_theatre({"theatre": "other"}, ["mini", "other"], "mini") == ("other", ())
    assert read_theatre({"theatre": "../mini"}, ["mini", "other"], "mini") == (
        "mini", ("There is no map of that name; the maps are mini, other. Showing mini.",),
    )  # fmt: skip


days = st.dates(date(2017, 1, 1), date(2017, 12, 31))
looks = st.builds(
    Position, st.floats(-180, 180).map(lambda x: round(x, 4)), st.floats(-90, 90).map(lambda x: round(x, 4))
)
zooms = st.floats(0, 22).map(lambda x: round(x, 2))
looking = st.just({}) | st.fixed_dictionaries({"center": looks, "zoom": zooms})
selections = st.fixed_dictionaries(
    {
        "date": st.none() | days,
        "known_on": st.none() | st.dates(date(2017, 1, 1), TODAY),
        "policy": st.sampled_from(POLICIES),
        "place": st.none() | st.sampled_from(["1", "2", "3", "alpha-district"]),
        "compare": st.none() | days,
        "hidden": st.lists(st.sampled_from(["red", "blue", "estimates"]), unique=True).map(tuple),
        "background": st.sampled_from(["", "online"]),
    }
)
links = st.builds(lambda chosen, look: Link(theatre="mini", **chosen, **look), selections, looking)
same_theatre = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@same_theatre
@given(link=links)
def test_a_link_opens_exactly_what_it_was_made_of(theatre: Theatre, link: Link) -> None:
    url = link.url("http://localhost:8501/?date=1999-01-01#x")
    assert url.startswith("http://localhost:8501/?theatre=mini")
    assert read_link(dict(parse_qsl(urlsplit(url).query)), theatre, POLICIES, TODAY) == (link, ())


@same_theatre
@given(parameters=st.dictionaries(st.sampled_from(PARAMETERS) | st.text(max_size=8), st.text(max_size=12), max_size=9))
def test_no_address_raises_or_is_repeated(theatre: Theatre, parameters: dict[str, str]) -> None:
    link, notes = read_link(parameters, theatre, POLICIES, TODAY)
    assert not set("<>&\"'`\\\n") & set("".join(notes))
    assert read_link(link.parameters(), theatre, POLICIES, TODAY) == (link, ())


@pytest.mark.parametrize("base", [None, "", "javascript:alert(1)", "http://", "http://[", "file:///etc/passwd"])
def test_without_an_address_of_its_own_a_link_is_its_query(base: str | None) -> None:
    assert Link(theatre="mini").url(base) == "?theatre=mini"


def test_today_is_the_latest_that_any_visitor_may_see() -> None:
    ahead = today_anywhere() - datetime.now(UTC).date()
    assert ahead in {timedelta(0), timedelta(1)}
