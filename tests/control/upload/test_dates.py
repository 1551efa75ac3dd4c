"""Dates as people write them; the expected day stands beside each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.record.dates import DateError, parse_window
from control.upload.calendars import Calendar
from control.upload.date_grammar import OpenEndError
from control.upload.dates import (
    Assumed,
    DateStyle,
    Order,
    UndecidedDateError,
    find_order,
    looks_like_date,
    read_date,
    read_dated,
)

THIRD = date(2017, 11, 3)
TENTH, TWELFTH = date(2014, 6, 10), date(2014, 6, 12)
SPAN = DateStyle(Order.DAY_FIRST, years=(2013, 2019), countries=("IQ", "SY"))
ISLAMIC = replace(SPAN, calendar=Calendar.ISLAMIC, islamic_order=Order.DAY_FIRST)


def window(text: str, style: DateStyle = SPAN) -> tuple[date, date]:
    found = read_date(text, style)
    return found.first, found.last


@pytest.mark.parametrize(
    "text",
    [
        "2017-11-03", "3 Nov 2017", "3 November 2017", "03-Nov-2017", "3rd of November 2017", "Nov 3, 2017",
        "November 3 2017", "Friday, 3 November 2017", "Fri 3 Nov 2017", "2017-11-03T12:00:00Z", "2017-11-03 14:30",
        "2017/11/3", "2017.11.03",
        "20171103", "43042", "43042.75", "2017 Nov 3", "٢٠١٧-١١-٠٣",
    ],
)  # fmt: skip
def test_the_third_of_november(text: str) -> None:
    found = read_date(text)
    assert (found.first, found.last) == (THIRD, THIRD)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Nov 2017", date(2017, 11, 1), date(2017, 11, 30)),
        ("11/2017", date(2017, 11, 1), date(2017, 11, 30)),
        ("2017-11", date(2017, 11, 1), date(2017, 11, 30)),
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-11-08/2017-11-09", date(2017, 11, 8), date(2017, 11, 9)),
    ],
)
def test_less_than_a_day_is_a_window(text: str, first: date, last: date) -> None:
    found = read_date(text)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("text", ["03.11.2017", "3/11/2017", "03-11-2017", "3/11/2017 2:30 PM", "٣/١١/٢٠١٧"])
def test_day_and_month_are_never_guessed(text: str) -> None:
    with pytest.raises(UndecidedDateError):
        read_date(text)
    assert read_date(text, DateStyle(Order.DAY_FIRST)).first == THIRD
    assert read_date(text, DateStyle(Order.MONTH_FIRST)).first == date(2017, 3, 11)


@pytest.mark.parametrize(
    "text",
    ["2017-02-30", "31.02.2017", "hello", "", "0/0/0000", "2017-11-09/2017-11-08", "9" * 200, "13/13/2017", "99999"],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1/2/2017", "13/2/2017"], (Order.DAY_FIRST, False)),
        (["1/2/2017", "2/13/2017"], (Order.MONTH_FIRST, False)),
        (["1/2/2017", "2/1/2017"], (None, True)),
        (["13/1/2017", "1/13/2017", "1/2/2017"], (None, True)),
        (["5/5/2017", "2017-11-03", "hello"], (None, False)),
        (["13/1/2017", "1/13/2017"], (None, False)),
    ],
)
def test_one_cell_tells_for_the_column(texts: list[str], expected: tuple[Order | None, bool]) -> None:
    assert find_order(texts) == expected


@given(st.dates(date(1900, 3, 1), date(2099, 12, 31)), st.sampled_from([Order.DAY_FIRST, Order.MONTH_FIRST]))
def test_what_is_written_in_an_order_is_read_in_it(day: date, order: Order) -> None:
    first, second = (day.day, day.month) if order is Order.DAY_FIRST else (day.month, day.day)
    for separator in "/.-":
        assert read_date(f"{first}{separator}{second}{separator}{day.year}", DateStyle(order)).first == day
    assert read_date(day.isoformat(), DateStyle(order)).first == day
    assert read_date(f"{day:%d %B %Y}", DateStyle(order)).first == day


@given(st.integers(10_000, 73_050))
def test_a_spreadsheets_count_of_days(number: int) -> None:
    assert read_date(str(number)).first == date(1899, 12, 30) + timedelta(days=number)


@given(st.text(max_size=60), st.sampled_from([None, *Order]))
def test_any_text_is_a_date_or_an_error(text: str, order: Order | None) -> None:
    try:
        found = read_date(text, DateStyle(order))
    except DateError:
        return
    except UndecidedDateError:
        assert order is None
        return
    assert found.first <= found.last


@pytest.mark.parametrize("text", ["0001~", "9999~", "0001?", "2017~/9999~", "0000", "9999-12-31%"])
def test_a_date_beyond_the_calendar_is_an_error_that_says_so(text: str) -> None:
    with pytest.raises(DateError, match="beyond the years 0001 to 9999"):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "10 حزيران 2014", "١٠ حزيران ٢٠١٤", "10 يونيو 2014", "۱۰ حوزەیران ۲۰۱۴", "10ی حوزەیرانی 2014", "10 hezîran 2014",
        "10 Haziran 2014", "10 Haziran 2014 Salı", "10 июня 2014", "10-го июня 2014 г.", "10 червня 2014 року",
        "10 juin 2014",
        "mardi 10 juin 2014", "10. Juni 2014", "Dienstag, 10. Juni 2014", "10 de junio de 2014", "الثلاثاء ١٠ يونيو ٢٠١٤",
        "Tues 10 June 2014", "10 June 2014 (Tuesday)", "10\u00a0June\u202f2014", "10th of June, 2014", "June 10th 2014",
        "10 JUIN 2014", "10 ḥazīrān 2014", "10\u2011June\u20112014", "1٠ جوان 2014", "10 June 2014, morning",
    ],
)  # fmt: skip
def test_the_tenth_of_june_in_many_languages(text: str) -> None:
    assert window(text) == (TENTH, TENTH)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("كانون الثاني", 1), ("شباط", 2), ("آذار", 3), ("نيسان", 4), ("أيار", 5), ("تموز", 7), ("آب", 8), ("أيلول", 9),
        ("تشرين الأول", 10), ("تشرين الثاني", 11), ("كانون الأول", 12), ("يناير", 1), ("جانفي", 1), ("غشت", 8), ("أوت", 8),
        ("أغسطس", 8), ("اغسطس", 8), ("دجنبر", 12), ("Kanun al-Thani", 1), ("Tishrin al-Awwal", 10), ("Ağustos", 8),
        ("Ocak", 1),
        ("Kasım", 11), ("tebax", 8), ("çiriya paşîn", 11), ("کانوونی دووەم", 1), ("تشرینی یەکەم", 10), ("лютого", 2),
        ("листопад", 11), ("серп.", 8), ("август", 8), ("февр.", 2), ("août", 8), ("aout", 8), ("déc.", 12), ("März", 3),
        ("Maerz", 3), ("Dezember", 12),
    ],
)  # fmt: skip
def test_months_are_known_by_their_names(text: str, month: int) -> None:
    assert window(f"5 {text} 2014") == (date(2014, month, 5),) * 2


def test_months_of_the_languages_of_a_theatre_are_known_there() -> None:
    """Amharic is spoken officially in Ethiopia, and none of the languages that are known everywhere."""
    assert window("10 ጁን 2014", replace(SPAN, countries=("ET",))) == (TENTH, TENTH)
    with pytest.raises(DateError):
        read_date("10 ጁን 2014", SPAN)


@pytest.mark.parametrize(
    "text",
    [
        "10-12 June 2014", "10–12 June 2014", "10 - 12 June 2014", "10 to 12 June 2014", "June 10-12, 2014",
        "10/12 June 2014",
        "2014-06-10 to 2014-06-12", "2014-06-10 – 2014-06-12", "2014-06-10/2014-06-12", "2014-06-10/12", "10.-12. Juni 2014",
        "10.06.2014 - 12.06.2014", "10.06.-12.06.2014", "10-12.06.2014", "between 10 and 12 June 2014",
        "from 10 to 12 June 2014",
        "du 10 au 12 juin 2014", "с 10 по 12 июня 2014", "من 10 إلى 12 حزيران 2014", "10 June 2014 until 12 June 2014",
        "night of 10-12 June 2014", "10 June-12 June 2014",
    ],
)  # fmt: skip
def test_from_the_tenth_to_the_twelfth(text: str) -> None:
    assert window(text) == (TENTH, TWELFTH)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("early June 2014", date(2014, 6, 1), date(2014, 6, 10)),
        ("mid-June 2014", date(2014, 6, 11), date(2014, 6, 20)),
        ("late June 2014", date(2014, 6, 21), date(2014, 6, 30)),
        ("Late February 2016", date(2016, 2, 21), date(2016, 2, 29)),
        ("end of June 2014", date(2014, 6, 21), date(2014, 6, 30)),
        ("second half of June 2014", date(2014, 6, 16), date(2014, 6, 30)),
        ("early 2014", date(2014, 1, 1), date(2014, 4, 30)),
        ("late May - early June 2014", date(2014, 5, 21), date(2014, 6, 10)),
        ("mid to late June 2014", date(2014, 6, 11), date(2014, 6, 30)),
        ("начало июня 2014", date(2014, 6, 1), date(2014, 6, 10)),
        ("أواخر حزيران 2014", date(2014, 6, 21), date(2014, 6, 30)),
        ("Haziran 2014 sonu", date(2014, 6, 21), date(2014, 6, 30)),
        ("ca. 10 June 2014", date(2014, 6, 7), date(2014, 6, 13)),
        ("around 10 June 2014", date(2014, 6, 7), date(2014, 6, 13)),
        ("~10 June 2014", date(2014, 6, 7), date(2014, 6, 13)),
        ("10 June 2014?", date(2014, 6, 7), date(2014, 6, 13)),
        ("حوالي 10 حزيران 2014", date(2014, 6, 7), date(2014, 6, 13)),
        ("30 May - 2 June 2014", date(2014, 5, 30), date(2014, 6, 2)),
        ("28 December - 3 January 2015", date(2014, 12, 28), date(2015, 1, 3)),
        ("28 December 2014 - 3 January", date(2014, 12, 28), date(2015, 1, 3)),
        ("May-June 2014", date(2014, 5, 1), date(2014, 6, 30)),
        ("2014-2015", date(2014, 1, 1), date(2015, 12, 31)),
    ],
)
def test_words_are_windows(text: str, first: date, last: date) -> None:
    assert window(text) == (first, last)


@pytest.mark.parametrize(
    "text",
    [
        "before 10 June 2014", "after June 2014", "since 2014", "by 10 June 2014", "until June 2014", "2014-06-10/..",
        "../2014-06-10", "2014-06-10/", "до 10 июня 2014", "بعد 10 حزيران 2014", "seit Juni 2014",
    ],
)  # fmt: skip
def test_what_has_an_open_end_is_not_closed(text: str) -> None:
    with pytest.raises(OpenEndError, match="open end"):
        read_date(text, SPAN)


@pytest.mark.parametrize(
    "text",
    [
        "10 June", "June", "May 15", "Jun-14", "15-Jun", "10-12", "10 and 12 June 2014", "12 June - 10 June 2014",
        "31 June 2014", "June - 10", "10 - June 2014 - 12", "early 10 June 2014", "early late June 2014", "summer 2014",
        "some time in 2014", "2014-06-10-12", "10 June July 2014", "0001~", "9999~", "0001?", "2017~/9999~", "early 9999~ x",
    ],
)  # fmt: skip
def test_what_is_not_said_is_not_invented(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text, SPAN)


@pytest.mark.parametrize(
    "text", ["17-May-15", "17 May 15", "May 17, 15", "17 May '15", "17/5/15", "17.05.15", "17-05-15", "١٧-أيار-١٥"]
)
def test_a_year_of_two_digits_is_the_one_of_the_span(text: str) -> None:
    found = read_dated(text, SPAN)
    assert found.window.first == date(2015, 5, 17)
    assert found.assumed == {Assumed.CENTURY}


@pytest.mark.parametrize(
    ("text", "years"),
    [("17-May-98", (2013, 2019)), ("17-May-15", (1910, 2019)), ("17-May-15", None), ("3/11/20", (2013, 2019))],
)
def test_a_year_of_two_digits_that_no_year_of_the_span_has_is_refused(text: str, years: tuple[int, int] | None) -> None:
    with pytest.raises(DateError, match="two digits"):
        read_date(text, DateStyle(Order.DAY_FIRST, years=years))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["15-05-17"], (None, True)),  # 15 May 2017, or 17 May 2015
        (["25-05-17", "15-05-17"], (Order.DAY_FIRST, False)),
        (["05-25-17"], (Order.MONTH_FIRST, False)),
        (["98-05-12"], (None, False)),  # no year of the span, and no day
        (["17-13-05"], (None, False)),
        (["5/5/17", "2017-01-01"], (None, False)),
    ],
)
def test_years_of_two_digits_may_come_first(texts: list[str], expected: tuple[Order | None, bool]) -> None:
    assert find_order(texts, (2013, 2019)) == expected


def test_a_year_of_two_digits_comes_first_where_a_person_said_so() -> None:
    assert window("15-05-17", DateStyle(Order.YEAR_FIRST, years=(2013, 2019))) == (date(2015, 5, 17),) * 2
    assert window("13/05/2017", DateStyle(Order.YEAR_FIRST, years=(2013, 2019))) == (date(2017, 5, 13),) * 2


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("12/08/1435", TENTH, TENTH),
        ("1435-08-12", TENTH, TENTH),
        ("1435/8/12", TENTH, TENTH),
        ("١٤٣٥/٠٨/١٢", TENTH, TENTH),
        ("12 شعبان 1435", TENTH, TENTH),
        ("١٢ شعبان ١٤٣٥ هـ", TENTH, TENTH),
        ("12 Sha'ban 1435 AH", TENTH, TENTH),
        ("12 shaban 1435H", TENTH, TENTH),
        ("الثلاثاء 12 شعبان 1435 هـ", TENTH, TENTH),
        ("Sha'ban 1435", date(2014, 5, 30), date(2014, 6, 27)),
        ("10-12 Sha'ban 1435", date(2014, 6, 8), TENTH),
        ("29 Dhu al-Hijja 1435", date(2014, 10, 23), date(2014, 10, 23)),
        ("1 ربيع الأول 1436", date(2014, 12, 23), date(2014, 12, 23)),
        ("1 Jumada II 1435", date(2014, 4, 1), date(2014, 4, 1)),
        ("early Ramadan 1435", date(2014, 6, 28), date(2014, 7, 7)),
        ("ca. 12 Sha'ban 1435", date(2014, 6, 7), date(2014, 6, 13)),
        ("1435", date(2013, 11, 4), date(2014, 10, 24)),
    ],
)
def test_islamic_dates_by_the_umm_al_qura_calendar(text: str, first: date, last: date) -> None:
    found = read_dated(text, ISLAMIC)
    assert (found.window.first, found.window.last) == (first, last)
    assert Assumed.ISLAMIC in found.assumed


@pytest.mark.parametrize(
    "text", ["30/02/1435", "12/13/1435", "1342-08-12", "1501-08-12", "12 Sha'ban", "30 Safar 1435"]
)
def test_days_that_the_islamic_calendar_has_not(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text, ISLAMIC)


def test_a_year_that_looks_islamic_is_not_read_unasked() -> None:
    for text in ("12/08/1435", "1435-08-12", "12 Sha'ban 1435"):
        with pytest.raises(UndecidedDateError):
            read_date(text, SPAN)
    assert window("1435-08-12", replace(SPAN, calendar=Calendar.GREGORIAN)) == (date(1435, 8, 12),) * 2


@pytest.mark.parametrize(
    "text", ["12/08/1435", "10 حزيران 2014", "early June 2014", "17-May-15", "2014-06-10T21:00:00Z"]
)
def test_cells_that_look_like_dates(text: str) -> None:
    assert looks_like_date(text)


@pytest.mark.parametrize(
    "text", ["June", "May the 4th", "36.34, 43.13", "10-12", "Marj al-Sultan", "March of the brave"]
)
def test_cells_that_do_not_look_like_dates(text: str) -> None:
    assert not looks_like_date(text)


@given(st.dates(date(2013, 1, 1), date(2019, 12, 31)), st.integers(0, 40))
def test_what_is_read_is_kept_as_edtf_that_means_the_same(day: date, more: int) -> None:
    """The text of a window goes into reports and files, and is read again."""
    end = day + timedelta(days=more)
    for text in (f"{day:%d %B %Y} - {end:%d %B %Y}", f"early {day:%B %Y}", f"ca. {day:%d %b %Y}", f"{day:%d-%b-%y}"):
        found = read_date(text, SPAN)
        again = parse_window(found.text)
        assert (again.first, again.last) == (found.first, found.last)
