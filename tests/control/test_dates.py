from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.dates import DateError, parse_day, parse_window


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017-11-03", "2017-11-03", "2017-11-03"),
        ("2017-11", "2017-11-01", "2017-11-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017-11-08/2017-11-09", "2017-11-08", "2017-11-09"),
        ("2019-12/2026-11", "2019-12-01", "2026-11-30"),
        ("1066-10-14", "1066-10-14", "1066-10-14"),
        ("2017-11-10~", "2017-11-07", "2017-11-13"),
        ("2014-06~", "2014-05-17", "2014-07-15"),
        ("2017-11-10?", "2017-11-07", "2017-11-13"),
    ],
)
def test_edtf_as_a_window_of_days(text: str, first: str, last: str) -> None:
    window = parse_window(text)
    assert (window.first, window.last, window.text) == (date.fromisoformat(first), date.fromisoformat(last), text)


@pytest.mark.parametrize(
    "text", ["", "hello", "2017-13", "2017-02-30", "2017-11-31", "3/11/2017", "2018/2017", "'; --"]
)
def test_what_is_no_date_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(DateError, match=r"2017-11-03|earlier date first"):
        parse_window(text)


@pytest.mark.parametrize("text", ["../2017", "2017/.."])
def test_open_ends_are_refused(text: str) -> None:
    with pytest.raises(DateError, match=r"open end|is not a date"):
        parse_window(text)


@pytest.mark.parametrize("text", ["2017-11", "tomorrow", "2017-11-3"])
def test_a_day_is_written_in_one_way(text: str) -> None:
    with pytest.raises(DateError, match="YYYY-MM-DD"):
        parse_day(text)


@given(st.dates(date(1000, 1, 1)))
def test_every_day_reads_back(day: date) -> None:
    window = parse_window(day.isoformat())
    assert (window.first, window.last, window.days, window.middle) == (day, day, 1, day)


@settings(deadline=None, max_examples=40)
@given(st.dates(date(1000, 1, 1)), st.dates(date(1000, 1, 1)), st.sampled_from([4, 7, 10]))
def test_the_short_cut_agrees_with_the_edtf_package(first: date, last: date, precision: int) -> None:
    from edtf import parse_edtf

    first, last = sorted((first, last))
    for text in (f"{first}"[:precision], f"{first}"[:precision] + "/" + f"{last}"[:precision]):
        parsed = parse_edtf(text)
        expected = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
        assert (parse_window(text).first, parse_window(text).last) == expected


@settings(deadline=None)
@given(st.text(max_size=30))
def test_hostile_text_never_raises_anything_else(text: str) -> None:
    with contextlib.suppress(DateError):
        parse_window(text)
