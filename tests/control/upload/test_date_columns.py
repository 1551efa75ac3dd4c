"""What a column of dates tells of itself, what is asked once for all its rows, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.questions import Kind, Question
from control.upload.reader import read_sheet
from control.upload.reading import Options, Reading, read_upload

Column = Callable[..., Reading]
PLACES = ("Alpha", "Beta", "Gamma")


@pytest.fixture
def column(theatre: Theatre) -> Column:
    """Read dates as an upload about as many towns, in a theatre of 2017 (or from `start` to `end`) with a time zone."""

    def make(
        dates: Sequence[str],
        answers: Mapping[str, str] | None = None,
        *,
        zone: str = "",
        start: int = 2017,
        end: int = 2017,
    ) -> Reading:
        span = {"start": date(start, 1, 1), "end": date(end + 1, 1, 1), "time_zone": zone}
        here = replace(theatre, settings=theatre.settings.model_copy(update=span))
        rows = [f'"{text}",{PLACES[n % 3]},holds,Red Army,{n}' for n, text in enumerate(dates)]
        sheet = read_sheet("x.csv", "\n".join(["date,place,event,actor,note", *rows]).encode())
        return read_upload(sheet, propose(sheet, here).columns, Options(), answers or {}, here)

    return make


def days(reading: Reading) -> list[date]:
    return [claim.window.first for claim in reading.claims]


def choices(question: Question) -> dict[str, str]:
    return {choice.id: choice.reason for choice in question.choices}


# Instants


@pytest.mark.parametrize(
    ("dates", "zone"),
    [
        (["2017-06-10T21:00:00.000Z", "2017-06-11T21:00:00.000Z"], "Asia/Baghdad"),
        (["2017-06-10T21:00:00Z", "2017-06-11T21:00:00Z"], "+03:00"),
        (["2017-06-10 21:00:00+00:00", "2017-06-11 21:00:00+00:00"], ""),
        (["2017-06-10T23:00:00+02:00", "2017-06-11T23:00:00+02:00"], "UTC+3"),
        (["10 June 2017 21:00 UTC", "11 June 2017 21:00 UTC"], "Asia/Baghdad"),
        (["Sat, 10 Jun 2017 21:00:00 +0000", "Sun, 11 Jun 2017 21:00:00 GMT"], "Asia/Baghdad"),
        (["2017-06-10T21:00:00Z", "2017-06-11T21:00:00Z"], "Europe/Kyiv"),
        (["2017-06-10T22:30:00Z", "2017-06-11T23:10:00Z"], "Asia/Baghdad"),
    ],
)
def test_instants_whose_day_is_another_one_there_are_asked_for(column: Column, dates: list[str], zone: str) -> None:
    """Written on 10 and 11 June; where the theatre is, it was the 11th and the 12th."""
    reading = column(dates, zone=zone)
    assert (reading.used, reading.undecided) == ((), (2, 3))
    (question,) = reading.questions
    assert question.kind is Kind.INSTANT
    assert "11 June 2017" in choices(question)["theatre"]
    assert "10 June 2017" in choices(question)["written"]
    there = column(dates, {question.key: "theatre"}, zone=zone)
    assert days(there) == [date(2017, 6, 11), date(2017, 6, 12)]
    assert any("is taken as 11 June 2017" in note for note in there.notes)
    written = column(dates, {question.key: "written"}, zone=zone)
    assert days(written) == [date(2017, 6, 10), date(2017, 6, 11)]


@pytest.mark.parametrize(
    ("dates", "zone"),
    [
        (["2017-06-10T09:15:00Z", "2017-06-11T20:59:00Z"], "Asia/Baghdad"),
        (["2017-06-10T00:00:00+03:00", "2017-06-11T00:00:00+03:00"], "Asia/Baghdad"),
        (["2017-06-10T00:00:00Z", "2017-06-11T00:00:00Z"], "America/Bogota"),
        (["2017-06-10 21:00", "2017-06-11 21:00"], "Asia/Baghdad"),
        (["2017-06-10T21:00:00Z", "2017-06-11T09:00:00Z"], ""),
    ],
)
def test_instants_of_the_same_day_there_are_read(column: Column, dates: list[str], zone: str) -> None:
    """The same day in both zones; midnights of UTC; times without a zone; and times of day where no zone is known."""
    reading = column(dates, zone=zone)
    assert days(reading) == [date(2017, 6, 10), date(2017, 6, 11)]
    assert not reading.questions


def test_midnights_are_told_from_other_times(column: Column) -> None:
    (midnights,) = column(["2017-06-10T21:00:00Z", "2017-06-11T21:00:00Z"], zone="Asia/Baghdad").questions
    assert (
        midnights.why == "every time is midnight in Asia/Baghdad: a program may have turned days into instants of UTC"
    )
    (others,) = column(["2017-06-10T21:00:00Z", "2017-06-11T22:00:00Z"], zone="Asia/Baghdad").questions
    assert others.why == "in Asia/Baghdad it was another day by then"


def test_only_the_rows_wait_whose_day_is_another_one_there(column: Column) -> None:
    reading = column(["2017-06-10T09:00:00Z", "2017-06-11T22:00:00Z", "2017-06-12"], zone="Asia/Baghdad")
    assert (reading.used, reading.undecided) == ((2, 4), (3,))


# The Islamic calendar


@pytest.mark.parametrize(
    "dates",
    [
        ["15/08/1438", "16/08/1438"],
        ["1438-08-15", "1438-08-16"],
        ["١٥/٠٨/١٤٣٨", "١٦/٠٨/١٤٣٨"],
        ["15 شعبان 1438", "16 شعبان 1438 هـ"],
        ["15 Sha'ban 1438", "16 shaban 1438 AH"],
    ],
)
def test_the_islamic_calendar_is_asked_for_once(column: Column, dates: list[str]) -> None:
    """15 Sha'ban 1438 was 11 May 2017."""
    reading = column(dates)
    assert (reading.used, reading.undecided) == ((), (2, 3))
    (question,) = reading.questions
    assert question.kind is Kind.CALENDAR
    assert "looks like the Islamic calendar" in question.why
    assert "11 May 2017" in choices(question)["islamic-day"]
    assert set(choices(question)) == {"islamic-day", "gregorian"}
    converted = column(dates, {question.key: "islamic-day"})
    assert days(converted) == [date(2017, 5, 11), date(2017, 5, 12)]
    assert any("is taken as 11 May 2017: by the Umm al-Qura calendar" in n for n in converted.notes)
    as_written = column(dates, {question.key: "gregorian"})
    assert as_written.bad == (2, 3)


def test_day_and_month_of_the_islamic_calendar_are_asked_with_it(column: Column) -> None:
    """12/08/1438 is 8 May 2017, or with the month first 10 September 2017; the other row is the same either way."""
    dates = ["12/08/1438", "1438-08-12"]
    (question,) = column(dates).questions
    assert question.rows == (2, 3)
    assert list(choices(question)) == ["islamic-day", "islamic-month", "gregorian"]
    assert days(column(dates, {question.key: "islamic-day"})) == [date(2017, 5, 8), date(2017, 5, 8)]
    assert days(column(dates, {question.key: "islamic-month"}))[1] == date(2017, 5, 8)
    assert days(column(dates, {question.key: "islamic-month"}))[0] != date(2017, 5, 8)


def test_dates_of_both_calendars_may_stand_in_one_column(column: Column) -> None:
    """The order of the one says nothing of the other."""
    dates = ["15/08/1438", "3/4/2017", "2017-06-01"]
    reading = column(dates)
    assert reading.used == (4,)
    assert [(question.kind, question.rows) for question in reading.questions] == [
        (Kind.CALENDAR, (2,)),
        (Kind.ORDER, (3,)),
    ]


def test_a_theatre_of_those_years_is_not_asked_for_the_calendar(column: Column) -> None:
    reading = column(["1453-05-29"], start=1450, end=1460)
    assert days(reading) == [date(1453, 5, 29)]


# Years of two digits, and what is said


def test_years_of_two_digits_are_said_once(column: Column) -> None:
    reading = column(["17-May-17", "18-May-17", "19-May-98"])
    assert days(reading) == [date(2017, 5, 17), date(2017, 5, 18)]
    assert reading.notes == (
        "date: '17-May-17' is taken as 17 May 2017: its year is the one of this map that ends so (row 2 and 1 more)",
    )
    (fault,) = reading.faults
    assert (fault.row, fault.remedy) == (4, "write the year with four digits")
    assert "no year of this map ends in 98" in fault.wrong


def test_the_order_of_three_short_numbers_is_asked(column: Column) -> None:
    """15-05-17 in the years 2013 to 2019: 15 May 2017, or 17 May 2015."""
    dates = ["15-05-17", "16-05-17"]
    (question,) = column(dates, start=2013, end=2019).questions
    assert set(choices(question)) == {"day", "year"}
    read = column(dates, {question.key: "year"}, start=2013, end=2019)
    assert days(read) == [date(2015, 5, 17), date(2016, 5, 17)]


def test_words_that_are_windows_are_said(column: Column) -> None:
    reading = column(["early June 2017", "ca. 10 June 2017", "42896"])
    assert [(c.window.first, c.window.last) for c in reading.claims] == [
        (date(2017, 6, 1), date(2017, 6, 10)),
        (date(2017, 6, 7), date(2017, 6, 13)),
        (date(2017, 6, 10), date(2017, 6, 10)),
    ]
    notes = " ".join(reading.notes)
    assert "'early June 2017' is taken as 1 June 2017 to 10 June 2017: early, mid and late are the thirds" in notes
    assert "'ca. 10 June 2017' is taken as 7 June 2017 to 13 June 2017: an uncertain day" in notes
    assert "'42896' is taken as 10 June 2017: a number of days, as spreadsheets count them (row 4)" in notes


@pytest.mark.parametrize("text", ["0001~", "9999~", "0001?", "2017~/9999~"])
def test_a_date_beyond_the_calendar_costs_its_own_row(column: Column, text: str) -> None:
    reading = column(["2017-06-10", text])
    assert (reading.used, reading.bad) == ((2,), (3,))
    assert "it reaches beyond the years 0001 to 9999" in reading.faults[0].wrong


def test_an_open_end_is_a_fault_that_says_so(column: Column) -> None:
    reading = column(["2017-06-10", "before 12 June 2017"])
    assert reading.bad == (3,)
    assert "it has an open end" in reading.faults[0].wrong
    assert reading.faults[0].remedy == "give both ends, as in 2017-11-03/2017-11-09"


def test_without_questions_nothing_is_said_of_plain_dates(column: Column) -> None:
    assert column(["2017-06-10", "11 June 2017"]).notes == ()
