"""Policies side by side: figures with the policy in force, and where they differ on a day; names are text."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from control.app.panel.charts import agreement_chart
from control.app.panel.policies import SideBySide, agreement_by_month, policies_html
from control.assessors.comparison import compare
from control.record.theatre import load_theatre
from tests.control.assessors.invented import spelt


def test_figures_and_places_of_a_day(write_theatre: Callable[..., Path]) -> None:
    """Four days of Alpha: one alike, one not, two of which one does not know; Beta is alike throughout."""
    theatre = load_theatre(write_theatre([]))
    object.__setattr__(theatre.gazetteer.place("1"), "name", "<script>")
    series = [spelt("mine", **{"1": "RRRR", "2": "BBBB"}), spelt("<b>", **{"1": "RBUU", "2": "BBBB"})]
    found = SideBySide(compare(series, draws=0), compare(series, unknown=False, draws=0))
    html = policies_html(theatre, found, "mine", date(2017, 1, 2))
    # known: 5 of 6; with unknown: 5 of 8
    assert "<th scope=row>&lt;b&gt;</th><td>83.3 %</td><td>62.5 %</td>" in html
    assert "On 2 January 2017 they name different holders of 1 place." in html
    assert "<b>&lt;script&gt;</b><br>mine: Red; &lt;b&gt;: Blue</p>" in html
    assert "different holders of no places" in policies_html(theatre, found, "mine", date(2017, 1, 3))


def test_agreement_by_month_is_drawn_with_its_gaps() -> None:
    series = [spelt("mine", x="RR"), spelt("other", x="RB"), spelt("late", y="R" * 40), spelt("long", y="R" * 40)]
    shares = agreement_by_month(compare(series, draws=0), "mine")
    assert shares == {
        "other": [(date(2017, 1, 1), 0.5), (date(2017, 2, 1), None)],
        "late": [(date(2017, 1, 1), None), (date(2017, 2, 1), None)],
        "long": [(date(2017, 1, 1), None), (date(2017, 2, 1), None)],
    }
    drawn = json.dumps(agreement_chart(shares, date(2017, 1, 1)).to_dict())
    assert '{"day": "2017-02-01T00:00:00", "name": "other", "share": null}' in drawn
