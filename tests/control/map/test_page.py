"""The page that a map is rendered to: safe with any name, the same bytes every time, and no other host in it."""

from __future__ import annotations

import base64
import copy
import hashlib
import html
import json
import re
import zlib
from collections.abc import Callable
from typing import Any

import folium
import pytest

from control.assessment.timeline import Timeline
from control.map import ControlTimeline, PayloadError, offline_map, render
from control.map.control_timeline import PLUGIN, wrapped
from control.map.modules import constant
from control.map.page import tile_origin
from control.map.view import map_page
from tests.conftest import report

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!-- <script>",
    "]]>",
    "{{ 7 * 7 }}",
    "{% raw %}{# #}",
    "\u2028\u2029",
    '"; alert(1); "',
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "القائم",
]

# Namespaces are names, not addresses; Leaflet's banner and unused prefix name its own site.
HARMLESS = {"http://www.w3.org/2000/svg", "https://leafletjs.com"}


def page_of(payload: dict[str, Any]) -> str:
    map_ = offline_map(payload["opening"]["bounds"])
    ControlTimeline(payload).add_to(map_)
    return render(map_)


def data_in(page: str) -> Any:
    found = re.findall(r'<script type="application/json" id="[^"]+">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    return json.loads(zlib.decompress(base64.b64decode(json.loads(found[0]))))


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_reaches_the_browser_unchanged_and_as_data_only(payload: dict[str, Any], name: str) -> None:
    clean = page_of(copy.deepcopy(payload))
    payload["places"][0]["name"] = payload["attribution"] = payload["theatre"]["title"] = name
    page = page_of(payload)
    assert data_in(page)["places"]["names"][0] == name
    # Not one tag more than with harmless names.
    assert len(re.findall("<script", page)) == len(re.findall("<script", clean))
    assert len(re.findall("<img", page)) == len(re.findall("<img", clean))


def test_the_payload_is_letters_that_mean_nothing_to_a_parser() -> None:
    assert re.fullmatch("[A-Za-z0-9+/=]+", wrapped(HOSTILE))
    assert json.loads(zlib.decompress(base64.b64decode(wrapped(HOSTILE)))) == HOSTILE


def test_numbers_that_json_has_no_word_for_are_refused(payload: dict[str, Any]) -> None:
    payload["opening"]["bounds"][0][0] = float("nan")
    with pytest.raises(PayloadError, match=r"opening\.bounds\[0\]\[0\]: nan: input should be a finite number"):
        ControlTimeline(payload)


def test_title_is_escaped(payload: dict[str, Any]) -> None:
    assert "<title>Mini &amp; &lt;theatre&gt;</title>" in page_of(payload)


def test_same_map_same_bytes(payload: dict[str, Any]) -> None:
    assert page_of(payload) == page_of(payload)


def test_rendering_twice_changes_nothing(payload: dict[str, Any]) -> None:
    map_ = offline_map(payload["opening"]["bounds"])
    ControlTimeline(payload).add_to(map_)
    assert render(map_) == render(map_)


def test_no_other_host_is_named(payload: dict[str, Any]) -> None:
    page = page_of(payload)
    assert set(re.findall(r"https?://[\w./-]*[\w]", page)) <= HARMLESS
    assert not re.search(r"<(script|img|iframe)[^>]*\ssrc=|<link\b|@import|url\((?!#)", page)


def policy_in(page: str) -> dict[str, str]:
    content = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert content
    parts = [part.split() for part in html.unescape(content[1]).split(";")]
    return {part[0]: " ".join(part[1:]) for part in parts}


def test_policy_forbids_everything_but_the_scripts_of_the_page(payload: dict[str, Any]) -> None:
    page = page_of(payload)
    policy = policy_in(page)
    assert policy["default-src"] == policy["connect-src"] == "'none'"
    assert policy["img-src"] == "data:"
    assert "unsafe-inline" not in policy["script-src"]
    for code in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy["script-src"]


def test_policy_comes_before_every_script(payload: dict[str, Any]) -> None:
    page = page_of(payload)
    assert page.index("Content-Security-Policy") < page.index("<script")


def test_page_has_language_and_viewport_that_can_be_zoomed(payload: dict[str, Any]) -> None:
    page = page_of(payload)
    assert '<html lang="en">' in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page


def test_folium_itself_is_left_alone(payload: dict[str, Any]) -> None:
    page_of(payload)
    assert len(folium.Map.default_js) == 4
    assert any("jsdelivr" in address for _, address in folium.Map.default_js)


def test_tiles_are_let_through_by_name_and_nothing_else(payload: dict[str, Any]) -> None:
    tiles = folium.TileLayer("https://{s}.tile.example.org/{z}/{x}/{y}.png", attr="Example")
    map_ = offline_map(payload["opening"]["bounds"], tiles=tiles)
    ControlTimeline(payload).add_to(map_)
    assert policy_in(render(map_))["img-src"] == "data: https://*.tile.example.org"


def test_tiles_must_be_encrypted() -> None:
    with pytest.raises(ValueError, match="https"):
        tile_origin("http://tile.example.org/{z}.png")


def test_every_module_is_in_the_page_once(payload: dict[str, Any]) -> None:
    page = page_of(payload)
    for module in PLUGIN.rglob("*.js"):
        assert page.count(f"\nconst {constant(module, PLUGIN)} = ") == 1, module.name


def test_a_timeline_on_no_map_says_so(payload: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="add the timeline to a map"):
        ControlTimeline(payload).render()


def test_a_payload_that_does_not_hold_together_names_every_fault(payload: dict[str, Any]) -> None:
    payload["actors"][0]["colour"] = "red; background: url(x)"
    payload["intervals"][0][0][0] = 3
    payload["intervals"][1] = [[0, 1, 7, 0.9, -1]]
    payload["places"].append(payload["places"][0])
    with pytest.raises(PayloadError) as caught:
        ControlTimeline(payload)
    message = str(caught.value)
    for fault in ("not #rrggbb", "starts at 3 day, not at day 0", "actor that is not in the lists", "6 places"):
        assert fault in message


def test_every_fault_is_named_at_once_whatever_its_kind(payload: dict[str, Any]) -> None:
    """What is missing, what is of another kind, and what does not fit together, in ten places of one payload."""
    del payload["theatre"]["title"]
    del payload["opening"]
    payload["span"] = ["2017-01-01", "in winter"]
    payload["actors"][1]["colour"] = "blue"
    payload["places"][0]["lon"] = "10.5"
    payload["places"][1]["lat"] = 91.0
    del payload["places"][2]["kind"]
    payload["places"][4]["drivers"] = [[0]]
    payload["intervals"][1] = [[0, 1, 7, 0.9, -1]]
    payload["intervals"][3] = [[0, 1, 1, float("inf"), -1]]
    payload["ground"]["arcs"][0] = None
    payload["geography"]["rivers"]["features"][0]["geometry"]["coordinates"] = [[9.0, None]]
    with pytest.raises(PayloadError) as caught:
        ControlTimeline(payload)
    assert sorted(fault.split(":")[0] for fault in caught.value.faults) == [
        "actors[1].colour",
        "geography.rivers.features[0].geometry.coordinates",
        "ground.arcs[0]",
        "intervals[3][0][3]",
        "no 'opening'",
        "place '2'",
        "places[0].lon",
        "places[1].lat",
        "places[2]",
        "places[4].drivers[0]",
        "span[1]",
        "theatre",
    ]
    assert all(fault in str(caught.value) for fault in caught.value.faults)


@pytest.mark.parametrize("nonsense", [None, [], "payload", {}, {"theatre": 5, "places": {}, "intervals": "x"}])
def test_nonsense_is_a_payload_error_too(nonsense: Any) -> None:
    with pytest.raises(PayloadError):
        ControlTimeline(nonsense)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda p: p.update(span=["2018-01-01", "2017-01-01"]), "span: ends on 2017-01-01"),
        (lambda p: p["statuses"].append("lost"), "statuses: 'lost' is none of"),
        (lambda p: p.update(changes=[[3, 5]]), r"changes\[0\]: a day before the span, or a place"),
        (lambda p: p["intervals"][0][0].__setitem__(3, 90), "a probability that is not between 0 and 1"),
        (lambda p: p["intervals"][0][1].__setitem__(0, 8.5), "no whole number"),
    ],
)
def test_parts_that_contradict_each_other_are_refused(payload: dict[str, Any], spoil: Any, fault: str) -> None:
    spoil(payload)
    with pytest.raises(PayloadError, match=fault):
        ControlTimeline(payload)


def test_a_group_of_layers_is_refused_at_once(payload: dict[str, Any]) -> None:
    """It would be drawn over the whole map, whatever the group does; in a group of its own nothing would be drawn."""
    with pytest.raises(TypeError, match=r"added to a FeatureGroup; .*add it to the folium\.Map itself"):
        ControlTimeline(payload).add_to(folium.FeatureGroup("places"))


def test_a_group_that_got_one_behind_its_back_is_refused_when_it_is_drawn(payload: dict[str, Any]) -> None:
    map_, group = folium.Map(tiles=None), folium.FeatureGroup("places")
    group.add_child(ControlTimeline(payload))
    group.add_to(map_)
    with pytest.raises(TypeError, match="added to a FeatureGroup"):
        render(map_)


def test_a_program_that_takes_the_map_apart_is_refused(payload: dict[str, Any]) -> None:
    """st_folium asks the template of each element for its script, and would run nothing of what a page holds."""
    map_ = folium.Map(tiles=None)
    timeline = ControlTimeline(payload).add_to(map_)
    render(map_)
    with pytest.raises(TypeError, match=r"cannot be drawn by st_folium, .*control_map"):
        timeline._template.module.script(timeline)
    streamlit_folium = pytest.importorskip("streamlit_folium", reason="is not among the packages that tests need")
    with pytest.raises(TypeError, match="cannot be drawn by st_folium"):
        streamlit_folium.generate_leaflet_string(map_)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda p: p["ground"].pop("sides"), "ground: no 'sides'"),
        (lambda p: p["ground"]["sides"].pop(), "12 arcs, but sides of 11"),
        (lambda p: p["ground"]["arcs"][2].append(5), "arc 2 is no list of whole numbers in pairs"),
        (lambda p: p["ground"]["arcs"].insert(2, [0, 0.5]), "arc 2 is no list of whole numbers in pairs"),
        (lambda p: p["ground"]["sides"].insert(1, [5, 1]), r"arc 1 has a side \[5, 1\] that is no place"),
        (lambda p: p["ground"]["sides"].insert(1, [-3, 1]), r"arc 1 has a side \[-3, 1\] that is no place"),
        (lambda p: p["ground"]["arcs"][0].extend([1, 1]), "the border of place '1' does not close"),
        (lambda p: p["ground"]["sides"][1].reverse(), "the border of place '2' does not close"),
        (lambda p: p["ground"]["transform"].update(scale=[1e-6, 1e-6]), "a scale below 0.0001 degrees"),
        (lambda p: p["places"][4].update(drivers=[[9, 3]]), "place '5': rests on a place that is not in the list"),
        (lambda p: p["intervals"][1][0].append(1), "a staleness that `stale_after` has no step for"),
        (lambda p: p["intervals"][1][0].pop(), "an interval is no row of five or six numbers"),
        (lambda p: p["intervals"].append([[0, 4, -1, 0.5, -1]]) or p["intervals"].pop(0), "an estimate of nobody"),
    ],
)
def test_ground_that_does_not_hold_together_is_refused(payload: dict[str, Any], spoil: Any, fault: str) -> None:
    ControlTimeline(payload)
    spoil(payload)
    with pytest.raises(PayloadError, match=fault):
        ControlTimeline(payload)


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda t: t.pop("note"), "told: no 'note'"),
        (lambda t: t["rows"][0].pop(), "told: not a text for each interval"),
        (lambda t: t["rows"][0].__setitem__(0, 3), "told: a text that is not in the list"),
        (lambda t: t["signs"][0].update(actor=2), "told: a sign of a status or an actor"),
    ],
)
def test_what_is_told_instead_must_hold_together(payload: dict[str, Any], spoil: Any, fault: str) -> None:
    signs = [{"status": "controlled", "actor": 1, "text": "Dot"}]
    rows = [[0 for _ in its] for its in payload["intervals"]]
    payload["told"] = {"texts": ["a", "b", "c"], "rows": rows, "note": "", "signs": signs, "headings": []}
    ControlTimeline(payload)
    spoil(payload["told"])
    with pytest.raises(PayloadError, match=fault):
        ControlTimeline(payload)


def test_a_map_needs_no_ground(payload: dict[str, Any]) -> None:
    del payload["ground"]
    assert "ground" not in data_in(page_of(payload))


def test_a_payload_without_its_parts_names_them() -> None:
    with pytest.raises(PayloadError, match="no 'places'"):
        ControlTimeline({"theatre": {"id": "a", "title": "b"}})


def test_works_on_a_plain_folium_map(payload: dict[str, Any]) -> None:
    map_ = folium.Map((51, 11), tiles=None)
    ControlTimeline(payload).add_to(map_)
    page = render(map_)
    assert f"ControlMap.start({map_.get_name()}," in page
    assert data_in(page)["theatre"]["id"] == "mini"


def test_a_background_from_the_network_is_off_unless_asked_for(timeline_of: Callable[..., Timeline]) -> None:
    timeline = timeline_of(report("2017-02-01", "captured", "Red Army"))
    offline, online = map_page(timeline), map_page(timeline, online=True)
    assert policy_in(offline)["img-src"] == "data:"
    assert "openstreetmap" not in offline
    assert policy_in(online)["img-src"] == "data: https://tile.openstreetmap.org"
    assert "OpenStreetMap contributors" in online
