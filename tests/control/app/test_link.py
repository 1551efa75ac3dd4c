"""An address is made by anybody: what it names is used when it exists, and told without being repeated when not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.app.link import KEYS, Link, Look, read_link, read_theatre
from control.theatre import Theatre, load_theatre

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
        "mini", date(2017, 3, 4), date(2018, 1, 5), "strict", "2", date(2017, 1, 2), Look(10.5, 50.25, 7.5),
        ("red", "estimates"), "online",
    )  # fmt: skip


def test_nothing_gives_the_defaults(theatre: Theatre) -> None:
    assert read(theatre) == (Link("mini"), ())
    assert Link("mini").parameters() == {"theatre": "mini"}


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("date", "2018-01-01", "2017-01-01 to 2017-12-31"),
        ("date", "2017-02-30", "2017-01-01 to 2017-12-31"),
        ("compare", "2016-12-31", "2017-01-01 to 2017-12-31"),
        ("known_on", "2018-06-02", "2017-01-01 to today"),
        ("known_on", "2016-12-31", "2017-01-01 to today"),
        ("policy", "../../etc/passwd", "balanced, strict"),
        ("place", "<img src=x>", "no place of that id"),
        ("center", "10,50", "both are needed"),
        ("zoom", "nan", "both are needed"),
        ("background", "https://tiles.example.org/", "background: it must be online"),
        ("background", "Online", "background: it must be online"),
        ("hidden", "red,<script>", "hidden: it must name actors"),
    ],
)
def test_what_cannot_be_used_is_told(theatre: Theatre, key: str, value: str, expected: str) -> None:
    link, notes = read(theatre, **{key: value})
    assert len(notes) == 1
    assert expected in notes[0]
    assert value not in notes[0]
    assert link == Link("mini", hidden=("red",) if key == "hidden" else ())


@pytest.mark.parametrize("center", ["181,0", "0,91", "1,2,3", "inf,0", "a,b", "", "1e999,0"])
def test_a_center_off_the_earth_is_no_center(theatre: Theatre, center: str) -> None:
    assert read(theatre, center=center, zoom="5")[0].look is None


def test_unknown_parameters_are_named_only_when_they_are_plain_words(theatre: Theatre) -> None:
    _, notes = read(theatre, **{"colour": "1", "<b>": "1", "__proto__": "1"})
    assert notes == ("colour: no such parameter", "2 more that the app does not know")


def test_notes_stay_few(theatre: Theatre) -> None:
    _, notes = read(theatre, **{f"x{'y' * n}": "" for n in range(100)})
    assert len(notes) == 7


def test_an_unknown_theatre_is_told() -> None:
    assert read_theatre({}, ["mini", "other"], "mini") == ("mini", ())
    assert read_theatre({"theatre": "other"}, ["mini", "other"], "mini") == ("other", ())
    assert read_theatre({"theatre": "../mini"}, ["mini", "other"], "mini") == (
        "mini", ("theatre: it must be one of mini, other",),
    )  # fmt: skip


days = st.dates(date(2017, 1, 1), date(2017, 12, 31))
looks = st.builds(
    Look,
    st.floats(-180, 180).map(lambda x: round(x, 4)),
    st.floats(-90, 90).map(lambda x: round(x, 4)),
    st.floats(0, 22).map(lambda x: round(x, 2)),
)
links = st.builds(
    Link,
    st.just("mini"),
    st.none() | days,
    st.none() | st.dates(date(2017, 1, 1), TODAY),
    st.sampled_from(POLICIES),
    st.none() | st.sampled_from(["1", "2", "3", "alpha-district"]),
    st.none() | days,
    st.none() | looks,
    st.lists(st.sampled_from(["red", "blue", "estimates"]), unique=True).map(tuple),
    st.sampled_from(["", "online"]),
)
same_theatre = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


@same_theatre
@given(link=links)
def test_a_link_opens_exactly_what_it_was_made_of(theatre: Theatre, link: Link) -> None:
    url = link.url("http://localhost:8501/?date=1999-01-01#x")
    assert url.startswith("http://localhost:8501/?theatre=mini")
    assert read_link(dict(parse_qsl(urlsplit(url).query)), theatre, POLICIES, TODAY) == (link, ())


@same_theatre
@given(parameters=st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), st.text(max_size=12), max_size=9))
def test_no_address_raises_or_is_repeated(theatre: Theatre, parameters: dict[str, str]) -> None:
    link, notes = read_link(parameters, theatre, POLICIES, TODAY)
    assert not set("<>&\"'`\\\n") & set("".join(notes))
    assert read_link(link.parameters(), theatre, POLICIES, TODAY) == (link, ())


@pytest.mark.parametrize("base", [None, "", "javascript:alert(1)", "http://", "http://[", "file:///etc/passwd"])
def test_without_an_address_of_its_own_a_link_is_its_query(base: str | None) -> None:
    assert Link("mini").url(base) == "?theatre=mini"
