"""Dates as people write them; the expected day stands beside each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.dates import DateError
from control.upload.dates import Order, UndecidedDateError, find_order, read_date

THIRD = date(2017, 11, 3)


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
    window = read_date(text)
    assert (window.first, window.last) == (THIRD, THIRD)


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
    window = read_date(text)
    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize("text", ["03.11.2017", "3/11/2017", "03-11-2017", "3/11/2017 2:30 PM", "٣/١١/٢٠١٧"])
def test_day_and_month_are_never_guessed(text: str) -> None:
    with pytest.raises(UndecidedDateError):
        read_date(text)
    assert read_date(text, Order.DAY_FIRST).first == THIRD
    assert read_date(text, Order.MONTH_FIRST).first == date(2017, 3, 11)


@pytest.mark.parametrize("text", ["3/11/17", "3-Nov-17", "Nov 3 17"])
def test_short_years_are_refused(text: str) -> None:
    with pytest.raises(DateError, match="two digits" if text[0] == "3" else "no date"):
        read_date(text)


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


@given(st.dates(date(1900, 3, 1), date(2099, 12, 31)), st.sampled_from(list(Order)))
def test_what_is_written_in_an_order_is_read_in_it(day: date, order: Order) -> None:
    first, second = (day.day, day.month) if order is Order.DAY_FIRST else (day.month, day.day)
    for separator in "/.-":
        assert read_date(f"{first}{separator}{second}{separator}{day.year}", order).first == day
    assert read_date(day.isoformat(), order).first == day
    assert read_date(f"{day:%d %B %Y}", order).first == day


@given(st.integers(10_000, 73_050))
def test_a_spreadsheets_count_of_days(number: int) -> None:
    assert read_date(str(number)).first == date(1899, 12, 30) + timedelta(days=number)


@given(st.text(max_size=60), st.sampled_from([None, *Order]))
def test_any_text_is_a_date_or_an_error(text: str, order: Order | None) -> None:
    try:
        window = read_date(text, order)
    except DateError:
        return
    except UndecidedDateError:
        assert order is None
        return
    assert window.first <= window.last
