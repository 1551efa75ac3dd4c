"""Dates in words: one style, and never the marks of EDTF."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.record.date_words import (
    away_words,
    days_away,
    distance_words,
    long_date,
    span_words,
    when_words,
    window_words,
)
from control.record.dates import parse_window


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("3 November 2017", "2017-11-03"),
        ("November 2017", "2017-11"),
        ("2017", "2017"),
        ("8-9 November 2017", "2017-11-08/2017-11-09"),
        ("28 October to 3 November 2017", "2017-10-28/2017-11-03"),
        ("28 December 2016 to 3 January 2017", "2016-12-28/2017-01-03"),
        ("June to August 2014", "2014-06/2014-08"),
        ("December 2019 to November 2026", "2019-12/2026-11"),
        ("2013 to 2016", "2013/2016"),
        ("about June 2014", "2014-06~"),
        ("about 30 September 2013", "2013-09-30?"),
        ("about 2014", "2014%"),
        ("about 8-9 November 2017", "2017-11-08/2017-11-09~"),
        ("2010 to 2019", "201X"),
        ("November 2017", "2017-11-XX"),
        ("5 November to 31 December 2017", "2017-11-05/2017"),
        ("29 February 2016", "2016-02-29"),
        ("31 December 9999", "9999-12-31"),
    ],
)
def test_a_date_of_a_source_is_written_out(words: str, text: str) -> None:
    assert window_words(parse_window(text)) == words


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("on 3 November 2017", "2017-11-03"),
        ("in November 2017", "2017-11"),
        ("in 2017", "2017"),
        ("on 8 or 9 November 2017", "2017-11-08/2017-11-09"),
        ("on 31 December 2016 or 1 January 2017", "2016-12-31/2017-01-01"),
        ("between 8 and 10 November 2017", "2017-11-08/2017-11-10"),
        ("in 2015 or 2016", "2015/2016"),
        ("in March or April 2015", "2015-03/2015-04"),
        ("in December 2014 or January 2015", "2014-12/2015-01"),
        ("between 2014 and 2016", "2014/2016"),
        ("between June and August 2014", "2014-06/2014-08"),
        ("between 28 December 2016 and 3 January 2017", "2016-12-28/2017-01-03"),
        ("about June 2014", "2014-06~"),
    ],
)
def test_a_sentence_says_when(words: str, text: str) -> None:
    assert when_words(parse_window(text)) == words


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


@given(DAYS, DAYS)
def test_both_ends_of_any_span_are_in_its_words(one: date, other: date) -> None:
    first, last = sorted((one, other))
    words = span_words(first, last)
    assert words.endswith(str(last.year))
    assert str(first.year) in words
    assert "/" not in words


@given(DAYS)
def test_a_day_is_written_the_same_alone_and_as_a_window(day: date) -> None:
    assert window_words(parse_window(day.isoformat())) == span_words(day, day) == long_date(day)


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("1 day", 1),
        ("38 days", 38),
        ("90 days", 90),
        ("about 3 months", 91),
        ("about 23 months", 700),
        ("about 2 years", 730),
        ("about 6 years", 2164),
    ],
)
def test_a_distance_in_time_is_told_no_finer_than_it_is_needed(words: str, days: int) -> None:
    assert distance_words(days) == words


@pytest.mark.parametrize(
    ("words", "text", "day"),
    [
        ("16 days", "2017-06-10", "2017-06-26"),
        ("1 day", "2017-06-10", "2017-06-09"),
        ("about 17 days", "2022-04-07~", "2022-03-21"),  # printed as `about 7 April 2022`
        ("about 45 days", "2015-07", "2015-08-30"),  # from the middle of the month
        ("about 3 months", "2016-07", "2016-04-14"),
    ],
)
def test_a_distance_is_that_from_the_date_as_it_is_printed(words: str, text: str, day: str) -> None:
    assert away_words(parse_window(text), date.fromisoformat(day)) == words


def test_within_a_date_as_it_is_printed_there_is_no_distance() -> None:
    assert days_away(parse_window("2016-07"), date(2016, 7, 31)) == 0
    assert days_away(parse_window("2022-04-07~"), date(2022, 4, 9)) == 2
