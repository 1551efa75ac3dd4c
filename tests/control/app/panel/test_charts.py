"""A chart has one line an actor in his colour, a band, and a rule at the date."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from control.app.panel.charts import Line, chart_words, control_chart

DAYS = [date(2017, 1, 1), date(2017, 2, 1), date(2017, 3, 1)]
RED = Line("Red", "#aa0000", [1, 1, 0], [2, 3, 0], [4, 4, 0])
BLUE = Line("Blue", "javascript:1", [0, 0, 5], [1, 0, 6.4], [1, 2, 7])
NOBODY = Line("Green", "#00aa00", [0, 0, 0], [0, 0, 0], [0, 0, 0])


def values(drawn: dict[str, Any], layer: int) -> list[dict[str, Any]]:
    """The rows of a layer, which altair names and gathers."""
    name = drawn["layer"][layer]["data"]["name"]
    return list(drawn["datasets"][name])


def test_the_chart_draws_what_it_was_given() -> None:
    drawn = control_chart(DAYS, [RED, BLUE, NOBODY], date(2017, 2, 10)).to_dict()
    band, best, rule = drawn["layer"]
    assert [layer["mark"]["type"] for layer in (band, best, rule)] == ["area", "line", "rule"]
    assert best["encoding"]["color"]["scale"] == {"domain": ["Red", "Blue"], "range": ["#aa0000", "#8a8f98"]}
    rows = values(drawn, 1)
    assert rows[0] == {"day": "2017-01-01T00:00:00", "actor": "Red", "low": 1, "best": 2, "high": 4}
    assert rows[-1] == {"day": "2017-03-01T00:00:00", "actor": "Blue", "low": 5, "best": 6, "high": 7}
    assert len(rows) == 6
    assert values(drawn, 2) == [{"day": "2017-02-10T00:00:00"}]


def test_a_chart_of_nobody_is_empty() -> None:
    drawn = control_chart(DAYS, [NOBODY], date(2017, 2, 10)).to_dict()
    assert values(drawn, 0) == []


def test_lines_and_days_go_together() -> None:
    with pytest.raises(ValueError, match="Red: 3 values for 2 days"):
        control_chart(DAYS[:2], [RED], DAYS[0])


def test_the_words_say_the_figures_of_the_very_date() -> None:
    words = chart_words(DAYS, [RED, BLUE, NOBODY], date(2017, 2, 1), "Area")
    assert words == "Area by actor over time. On 2017-02-01: Red 3."
    assert chart_words(DAYS, [NOBODY], DAYS[0], "Area").endswith("On 2017-01-01: nobody.")


def test_the_figures_of_another_day_are_not_told_as_those_of_the_date() -> None:
    with pytest.raises(ValueError, match="no figures of 2017-02-10"):
        chart_words(DAYS, [RED], date(2017, 2, 10), "Area")
