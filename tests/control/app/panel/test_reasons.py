"""Why a place has its colour, as HTML: every report is there, and nothing of the data is markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from control.app.panel.reasons import MOST_SHOWN, estimate_words, reasons_html
from control.assessment.timeline import Timeline
from control.record.theatre import load_theatre
from control.territory.ground import Grounds
from tests.conftest import PLACES, PUBLISHED, report

DAY = date(2017, 7, 1)


class Reader(HTMLParser):
    """Collects tags, links and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_report_is_told_with_source_and_influence(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(report("2017-06-01", "captured", "Red Army", "Blue Front", note="by night"))
    text = Reader(reasons_html(timeline, "1", DAY)).text
    assert "Alpha" in text
    assert "1 June 2017 Red Army took it from Blue Front: by night" in text
    assert "Wire, published 1 January 2018, graded B2: usually reliable source, probably true" in text
    assert "The answer rests on this report" in text
    assert "Says that Red Army took it on 1 June 2017, 30 days before this date; without it: unknown." in text


def test_what_names_another_side_is_said(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(
        report("2017-06-01", "holds", "Red Army"),
        report("2017-06-02", "holds", "Red Army", source="daily"),
        report("2017-06-20", "holds", "Blue Front"),
    )
    text = Reader(reasons_html(timeline, "1", date(2017, 6, 10))).text
    _, heading, against = text.partition("Reports that another side held it")
    assert heading
    assert (
        "Says that Blue Front held it on 20 June 2017, 10 days after this date, but other reports outweigh it; without it: "
        in against
    )


def test_what_decides_comes_first(bundled_timeline: Timeline) -> None:
    """Between two captures in eleven days: the reports of the first, then what was retaken and taken again."""
    html = reasons_html(bundled_timeline, "174448", date(2017, 11, 10))
    shown, _, folded = html.rpartition("<details>")
    days = [text.partition("<")[0] for text in shown.split("<li><p><b>")[1:]]
    assert days[:2] == ["9 November 2017", "8 November 2017"]
    assert "19 November 2017" in days[2:]
    heads = [text.partition("<")[0] for text in shown.split("<h6>")[1:]]
    assert heads == ["Reports that Syrian government held it", "Reports that another side held it"]
    assert folded.count("<li>") == len(bundled_timeline.claims["174448"]) - len(days)


def test_the_many_are_folded_away(timeline_of: Callable[..., Timeline]) -> None:
    reports = [report(f"2017-06-{day:02}", "holds", "Red Army", note=f"n{day}") for day in range(1, 12)]
    html = reasons_html(timeline_of(*reports), "1", DAY)
    shown, _, folded = html.rpartition("<details>")
    assert 3 <= shown.count("</b> Red Army held it") <= MOST_SHOWN
    assert all(f"n{day}<" in html for day in range(1, 12))
    assert folded.startswith(f"<summary>{folded.count('</b> Red Army held it')} more reports")


def test_a_best_guess_says_that_it_is_drawn_paler_or_why_there_is_none(timeline_of: Callable[..., Timeline]) -> None:
    """Alpha is reported and Beta, 36 km away, is not; Gamma is 130 km off, and what is no town has no best guess at all."""
    grounds = Grounds.of(timeline_of(report("2017-06-01", "captured", "Red Army")))
    said = estimate_words(grounds, "2", DAY)
    assert said.startswith("Best guess, drawn paler on the map: ")
    assert said.endswith(" Red Army, over 95 %, estimated from reports of Alpha (36 km away).")
    assert estimate_words(Grounds.of(timeline_of()), "2", DAY) == (
        "No best guess: the reports of places around it are too far away, or name different sides."
    )
    no_town = (
        "No best guess: one is made for every town, and for other places only where something is reported of them."
    )
    assert estimate_words(grounds, "alpha-district", DAY) == no_town


def test_without_a_report_the_estimate_is_named_as_one(timeline_of: Callable[..., Timeline]) -> None:
    text = Reader(reasons_html(timeline_of(), "3", DAY, "Best guess: likely Red Army.")).text
    assert "Unknown" in text
    assert "Best guess: likely Red Army." in text
    assert "No report is about it." in text


HOSTILE = '"><img src=x onerror=alert(1)><script>alert(1)</script>\u202e'


@pytest.mark.parametrize("reference", [HOSTILE, "javascript:alert(1)", "data:text/html,x", "http://", "http://["])
def test_hostile_text_stays_text(write_theatre: Callable[..., Path], reference: str) -> None:
    sources = [
        {"id": "wire", "title": HOSTILE, **PUBLISHED, "reference": reference, "family": "wire", "grade": "B"},
    ]
    places = [{**PLACES[0], "name": f"Alpha {HOSTILE}", "admin": HOSTILE}]
    folder = write_theatre(
        [report("2017-06-01", "captured", "Red Army", note=HOSTILE, place=places[0]["name"])],
        sources=sources,
        places=places,
    )
    read = Reader(reasons_html(Timeline(load_theatre(folder)), "1", DAY))
    allowed = "section div h5 h6 p b i em span img ol li details summary small br"
    assert read.tags <= set(allowed.split())
    assert not {name for name in read.attributes if name.startswith("on")}
    assert read.links == []
    assert "alert(1)" in read.text
    assert "\u202e" not in read.text


def test_only_web_addresses_become_links(write_theatre: Callable[..., Path]) -> None:
    sources = [
        {"id": "wire", "title": "Wire", **PUBLISHED, "reference": "p. 4, https://example.org/a?b=1&c='2'", "family": "w",
         "grade": "B"},
    ]  # fmt: skip
    folder = write_theatre([report("2017-06-01", "captured", "Red Army")], sources=sources)
    assert Reader(reasons_html(Timeline(load_theatre(folder)), "1", DAY)).links == []
    sources[0]["reference"] = "p. 4, https://example.org/a?b=1&c=2"
    folder = write_theatre([report("2017-06-01", "captured", "Red Army")], sources=sources)
    html = reasons_html(Timeline(load_theatre(folder)), "1", DAY)
    assert Reader(html).links == ["https://example.org/a?b=1&c=2"]
    assert 'rel="noopener noreferrer"' in html
