"""The biography strip: bands tile the span, the picture is well-formed, the words say the same."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from control.app.panel.strip import biography, join_alike
from control.assessment.timeline import Timeline
from tests.conftest import report

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def timeline(timeline_of: Callable[..., Timeline]) -> Timeline:
    return timeline_of(
        report("2017-02-01", "holds", "Red Army"),
        report("2017-06-01", "captured", "Blue Front", "Red Army"),
        report("2017-09-01", "contested", "Red Army", "Blue Front"),
    )


def bands(svg: str) -> list[tuple[float, float]]:
    found = []
    for rect in ET.fromstring(svg).findall(f"{SVG}rect"):  # noqa: S314  our own output
        x, width = (float(rect.attrib[key].rstrip("%")) for key in ("x", "width"))
        found.append((x, x + width))
    return found


def test_the_bands_tile_the_span(timeline: Timeline) -> None:
    ends = bands(biography(timeline, "1", date(2017, 7, 1)).svg)
    assert ends[0][0] == 0
    assert ends[-1][1] == pytest.approx(100, abs=0.01)
    for (_, end), (start, _) in zip(ends, ends[1:], strict=False):
        assert end == pytest.approx(start, abs=0.01)


def test_colours_ticks_and_cursor(timeline: Timeline) -> None:
    strip = biography(timeline, "1", date(2017, 1, 1))
    assert "#aa0000" in strip.svg
    assert "#0000aa" in strip.svg
    assert "pattern" in strip.svg  # contested: never by colour alone
    assert strip.svg.count('stroke="#0b67d0"') == 1
    assert strip.svg.count('stroke-width="1.5"') == 3  # one tick a report


def test_the_words_name_every_holder_in_order(timeline: Timeline) -> None:
    words = biography(timeline, "1", date(2017, 7, 1)).words
    assert words.startswith(
        "Alpha over time: Red Army, presumed from a later report from 1 January 2017; Blue Front from 1 June 2017; contested"
    )
    assert words.endswith("until 31 December 2017. 3 reports.")


def test_a_place_without_a_report_is_an_empty_line(timeline: Timeline) -> None:
    strip = biography(timeline, "3", date(2017, 7, 1))
    assert (
        strip.words == "Gamma over time: unknown (not reported) from 1 January 2017, until 31 December 2017. 0 reports."
    )
    assert "#aa0000" not in strip.svg


def test_the_picture_is_an_image_without_script(timeline: Timeline) -> None:
    source = biography(timeline, "1", date(2017, 7, 1)).source
    head, _, body = source.partition(",")
    assert head == "data:image/svg+xml;base64"
    ET.fromstring(base64.b64decode(body))  # noqa: S314  our own output


def test_neighbours_that_say_the_same_are_one(timeline: Timeline) -> None:
    joined = join_alike(timeline.intervals["1"])
    assert all(not a.holding.same_as(b.holding) for a, b in zip(joined, joined[1:], strict=False))
    assert (joined[0].start, joined[-1].end) == (date(2017, 1, 1), date(2018, 1, 1))
