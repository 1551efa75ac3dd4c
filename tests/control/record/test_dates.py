from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.record.dates import DateError, parse_day, parse_window, shifted


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


@pytest.mark.parametrize(
    "text",
    [
        "0001~", "0001?", "0001%", "0001-01~", "0001-01-03~", "9999~", "9999-12~", "9999-12-31?", "2017~/9999~",
        "0001~/2017",
        "0000", "0000-01", "0000-00-00", "0000~/2017", "-0001", "-5000/2017", "Y12345", "Y-170000002", "999X~", "XXXX",
    ],
)  # fmt: skip
def test_what_reaches_beyond_the_calendar_is_refused_with_its_years(text: str) -> None:
    with pytest.raises(DateError, match="reaches beyond the years 0001 to 9999"):
        parse_window(text)


def test_the_outermost_years_are_read() -> None:
    assert (parse_window("0001").first, parse_window("9999").last) == (date.min, date.max)
    assert parse_window("0001-01-04~").first == date.min
    assert parse_window("9999-12-28~").last == date.max


def test_a_day_shifted_beyond_the_calendar_stays_at_its_edge() -> None:
    assert shifted(date(2017, 11, 3), -3) == date(2017, 10, 31)
    assert (shifted(date.min, -1), shifted(date.max, 10**9)) == (date.min, date.max)


def test_a_fault_is_the_same_each_time_it_is_met() -> None:
    said = []
    for _ in range(2):
        with pytest.raises(DateError) as error:
            parse_window("2017-13-99")
        said.append(str(error.value))
    assert said[0] == said[1]


@pytest.mark.parametrize("text", ["<b>2017</b>", "2017\u202e", "٢٠١٧", "2017;2018", "=2017", "no figure"])
def test_what_no_date_is_written_with_is_refused(text: str) -> None:
    with pytest.raises(DateError, match="is not a date"):
        parse_window(text)


def test_a_text_of_any_length_is_answered_with_a_short_sentence() -> None:
    with pytest.raises(DateError) as error:
        parse_window("2017-11-03/" * 20_000)
    assert len(str(error.value)) < 200


@given(
    st.lists(
        st.sampled_from(["0000", "0001", "9999", "2017", "-01", "-12", "-31", "-XX", "~", "?", "%", "/", "..", "Y"])
    ),
)
@settings(deadline=None)
def test_any_text_of_the_parts_of_a_date_is_a_window_or_a_date_error(parts: list[str]) -> None:
    with contextlib.suppress(DateError):
        window = parse_window("".join(parts))
        assert window.first <= window.middle <= window.last


@pytest.mark.parametrize("text", ["../2017", "2017/.."])
def test_open_ends_are_refused(text: str) -> None:
    with pytest.raises(DateError, match=r"open end|is not a date"):
        parse_window(text)


@pytest.mark.parametrize("text", ["2017-11", "tomorrow", "2017-11-3"])
def test_a_day_is_written_in_one_way(text: str) -> None:
    with pytest.raises(DateError, match="YYYY-MM-DD"):
        parse_day(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2015-02-30", "'2015-02-30': February 2015 has no day 30"),
        ("2016-02-30", "'2016-02-30': February 2016 has no day 30"),
        ("2017-11-00", "'2017-11-00': November 2017 has no day 0"),
        ("2017-13-01", "'2017-13-01' is not a day of the calendar; write it as in 2017-11-03"),
    ],
)
def test_a_day_that_the_month_has_not_is_told_by_its_month(text: str, said: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_day(text)
    assert str(caught.value) == said


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
