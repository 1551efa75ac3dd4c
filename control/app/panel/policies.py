"""The policies side by side: how far they agree with the one in force, and where they differ on the date of the map."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import streamlit as st

from control.app.caches import visitor_safe_cache
from control.app.choices import policy_summaries
from control.app.panel.compare import MOST_NAMES
from control.app.widgets.download_button import download_button
from control.app.widgets.html_template import render_html
from control.app.widgets.keys import widget_key
from control.assessment.timeline import Timeline
from control.assessors.comparison import Comparison, PairResult, compare
from control.assessors.listing import series_of_policies
from control.assessors.page import differences_page
from control.assessors.series import SeriesError
from control.assessors.standings import Standing, standings
from control.assessors.words import word_label, words_at
from control.markup import escape_markdown, safe_file_name
from control.record.date_words import long_date
from control.record.theatre import Theatre

KEY = widget_key("policies_compared")


@dataclass(frozen=True)
class SideBySide:
    """Two comparisons of the policies: `unknown` counted as an answer, and left out."""

    counted: Comparison
    known: Comparison


@visitor_safe_cache(st.cache_resource, max_entries=8, show_spinner="Weighing the reports by every policy ...")
def side_by_side(theatre: Theatre, known_on: date | None) -> SideBySide | None:
    """Compare all policies that come with the program; `None` where there is nothing to compare."""
    series = series_of_policies(theatre, list(policy_summaries()), known_on)
    try:
        return SideBySide(*(compare(series, unknown=unknown, draws=0) for unknown in (True, False)))
    except SeriesError:
        return None


@visitor_safe_cache(st.cache_data, max_entries=8, show_spinner=False)
def _page(theatre: Theatre, known_on: date | None) -> str:
    found = side_by_side(theatre, known_on)
    return differences_page(theatre, found.counted) if found else ""


def show_policies(timeline: Timeline, day: date) -> None:
    """Let the reader put the policies side by side; nothing is worked out before somebody asks."""
    if not st.toggle("Policies side by side", key=KEY, help="How far the policies agree, and where they differ."):
        return
    theatre = timeline.theatre
    found = side_by_side(theatre, timeline.known_on)
    if found is None:
        st.caption("No two policies say anything of the same place.")
        return
    st.html(policies_html(theatre, found, timeline.policy.name, day))
    # Altair takes a quarter of a second to import
    from control.app.panel.charts import agreement_chart

    shares = agreement_by_month(found.counted, timeline.policy.name)
    last = {
        name: next((v for at, v in reversed(its) if at <= day and v is not None), None) for name, its in shares.items()
    }
    words = "; ".join(f"{name} {_share(value)}" for name, value in last.items() if value is not None) or "none"
    st.caption("Agreement by month, with unknown")
    st.altair_chart(
        agreement_chart(shares, day), alt=f"Agreement with the policy in force by month. On {day}: {words}."
    )
    st.caption(
        escape_markdown(
            "Agree: share of places and days on which both say the same, where both name somebody. With unknown: days on "
            "which one says that nobody knows are counted as well. Kappa: agreement beyond chance, with unknown."
        )
    )
    download_button(
        "Map of where the policies differ (HTML)",
        _page(theatre, timeline.known_on),
        f"{safe_file_name(theatre.settings.id)}_policies.html",
        "text/html",
        key=widget_key("policies", "map"),
        width="stretch",
    )


def policies_html(theatre: Theatre, found: SideBySide, policy: str, day: date) -> str:
    """Describe how the other policies agree with `policy`, and which places they hold for different sides' on a day."""
    known = {_other(pair, policy): pair for pair in found.known.pairs if policy in {pair.first, pair.second}}
    rows = [
        PolicyRow(name, _share(known[name].agreement), _share(pair.agreement), _figure(pair.kappa))
        for name, pair in (
            (_other(pair, policy), pair) for pair in found.counted.pairs if policy in {pair.first, pair.second}
        )
    ]
    groups = _differing(theatre, found.counted, day)
    count = sum(len(names) for _, names in groups)
    return render_html(
        "policies.html",
        policy=policy, rows=rows, day=long_date(day), count=count, groups=groups, most_names=MOST_NAMES,
    )  # fmt: skip


@dataclass(frozen=True)
class PolicyRow:
    """How far a policy agrees with the one in force, as it is printed."""

    policy: str
    agreement: str
    with_unknown: str
    kappa: str


def agreement_by_month(comparison: Comparison, policy: str) -> dict[str, list[tuple[date, float | None]]]:
    """Return the agreement of each other policy with `policy`: (first day of the month, share 0-1)."""
    return {
        _other(pair, policy): [(step.start, step.agreement) for step in pair.steps]
        for pair in comparison.pairs
        if policy in {pair.first, pair.second}
    }


def _differing(theatre: Theatre, comparison: Comparison, day: date) -> list[tuple[str, list[str]]]:
    """Return who is named by whom, with the places of which that is so; most places first."""
    on = comparison.overlay.on(day.toordinal())
    groups: dict[str, list[str]] = defaultdict(list)
    for stretch, standing in enumerate(standings(on).tolist()):
        if standing == Standing.DIFFER:
            answers = words_at(on, stretch).items()
            said = "; ".join(f"{name}: {word_label(theatre, word)}" for name, word in answers)
            groups[said].append(theatre.gazetteer.place(on.places[int(on.place[stretch])]).name)
    return sorted(groups.items(), key=lambda group: (-len(group[1]), group[0]))


def _other(pair: PairResult, policy: str) -> str:
    return pair.second if pair.first == policy else pair.first


def _share(value: float | None) -> str:
    if value is None:
        return ""
    return "over 99.9 %" if 0.999 < value < 1 else f"{100 * value:.1f} %"


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
