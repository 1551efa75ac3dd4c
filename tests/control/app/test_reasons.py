"""Why a place has its colour, as HTML: every report is there, and nothing of the data is markup."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from control.app.reasons import MOST_SHOWN, percent, reasons_html
from control.theatre import load_theatre
from control.timeline import Timeline
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
    assert "2017-06-01 Red Army took it from Blue Front: by night" in text
    assert "Wire, published 2018-01-01, graded B2" in text
    assert "speaks for it; without it" in text
    assert "the answer hangs on it" in text


def test_what_speaks_against_it_is_said(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(
        report("2017-06-01", "holds", "Red Army"),
        report("2017-06-02", "holds", "Red Army", source="daily"),
        report("2017-06-20", "holds", "Blue Front"),
    )
    text = Reader(reasons_html(timeline, "1", date(2017, 6, 10))).text
    assert "speaks against it" in text


def test_what_speaks_for_it_comes_first(bundled_timeline: Timeline) -> None:
    """Between two captures in eleven days: the reports of the first, then what was retaken and taken again."""
    html = reasons_html(bundled_timeline, "174448", date(2017, 11, 10))
    shown, _, folded = html.rpartition("<details>")
    days = [text.partition(" ")[0] for text in shown.split("<li><p><b>")[1:]]
    assert [day.partition("<")[0] for day in days] == ["2017-11-09", "2017-11-08", "2017-11-11", "2017-11-19"]
    sides = [part.partition(" ")[0] for part in Reader(shown).text.split("speaks ")[1:]]
    assert sides == ["for", "for", "against", "against"]
    assert folded.count("<li>") == len(bundled_timeline.claims["174448"]) - 4


def test_the_many_are_folded_away(timeline_of: Callable[..., Timeline]) -> None:
    reports = [report(f"2017-06-{day:02}", "holds", "Red Army", note=f"n{day}") for day in range(1, 12)]
    html = reasons_html(timeline_of(*reports), "1", DAY)
    shown, _, folded = html.rpartition("<details>")
    assert 3 <= shown.count("Red Army held it") <= MOST_SHOWN
    assert all(f"n{day}<" in html for day in range(1, 12))
    assert folded.startswith(f"<summary>{folded.count('held it')} other reports")


def test_without_a_report_the_estimate_is_named_as_one(timeline_of: Callable[..., Timeline]) -> None:
    text = Reader(reasons_html(timeline_of(), "3", DAY, "likely Red Army, estimated from Alpha, 9 km")).text
    assert "Unknown" in text
    assert "Estimated, not reported: likely Red Army, estimated from Alpha, 9 km." in text
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
    allowed = "section div h5 p b i em span img ol li details summary small br"
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


@pytest.mark.parametrize(
    ("probability", "words"),
    [(1.0, "over 99 %"), (0.995, "over 99 %"), (0.99, "99 %"), (0.5, "50 %"), (0.001, "under 1 %")],
)
def test_a_probability_never_claims_certainty(probability: float, words: str) -> None:
    assert percent(probability) == words
