"""The styles that QGIS takes up: what each rule draws, where names stand, and when a feature is on the map."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from control.export.geodata.qml import layer_style
from control.record.model import Actor
from control.snapshot import Layer

ACTORS = [Actor("red", "Red <&> Army", "Red", "#aa0102"), Actor("b's", "Blue", "Blue", "#0203bb")]


def style_of(layer: Layer) -> ET.Element:
    return ET.fromstring(layer_style(layer, ACTORS))  # noqa: S314 (our own file)


def rules_of(root: ET.Element) -> dict[str, ET.Element]:
    return {str(rule.get("key")): rule for rule in root.iter("rule")}


def symbol_of(root: ET.Element, key: str) -> ET.Element:
    (found,) = [s for s in root.iterfind(".//symbols/symbol") if s.get("name") == rules_of(root)[key].get("symbol")]
    return found


def options_of(symbol: ET.Element) -> list[dict[str, str]]:
    return [
        {str(o.get("name")): str(o.get("value")) for o in layer.iterfind("Option/Option")}
        for layer in symbol.iterfind("layer")
    ]


def test_names_stand_on_large_scales_and_not_on_small_ones() -> None:
    """From 1:2,000,000 to 1:1. In QML `scaleMin` is the least denominator and `scaleMax` the greatest."""
    root = style_of(Layer.PLACES)
    rendering = root.find("labeling/settings/rendering")
    assert root.get("labelsEnabled") == "1"
    assert rendering is not None
    assert {key: rendering.get(key) for key in ("scaleVisibility", "scaleMin", "scaleMax")} == {
        "scaleVisibility": "1",
        "scaleMin": "1",
        "scaleMax": "2000000",
    }


def test_rules_of_places() -> None:
    rules = {
        key: (rule.get("filter"), rule.get("checkstate")) for key, rule in rules_of(style_of(Layer.PLACES)).items()
    }
    assert rules == {
        "places-controlled": ("\"status\" = 'controlled'", "1"),
        "places-controlled-red": ("\"actor\" = 'red'", "1"),
        "places-controlled-b's": ("\"actor\" = 'b''s'", "1"),
        "places-besieged": ("\"status\" = 'besieged'", "1"),
        "places-contested": ("\"status\" = 'contested'", "1"),
        "places-divided": ("\"status\" = 'divided'", "1"),
        "places-unknown": ("\"status\" = 'unknown'", "0"),
    }


def test_rules_of_areas() -> None:
    root = style_of(Layer.AREAS)
    rules = {key: (rule.get("filter"), rule.get("checkstate")) for key, rule in rules_of(root).items()}
    assert {key: rule for key, rule in rules.items() if key.count("-") == 1} == {
        "areas-assessed": ("\"standing\" = 'assessed'", "1"),
        "areas-estimated": ("\"standing\" = 'estimated'", "1"),
        "areas-contested": ("\"standing\" = 'contested'", "1"),
        "areas-divided": ("\"standing\" = 'divided'", "1"),
        "areas-unknown": ("\"standing\" = 'unknown'", "0"),
        "areas-nobody": ("\"standing\" = 'nobody'", "0"),
    }
    assert [rule.get("label") for rule in rules_of(root)["areas-estimated"]] == ["Red <&> Army", "Blue"]


def test_estimated_ground_is_paler() -> None:
    root = style_of(Layer.AREAS)
    seen = {kind: symbol_of(root, f"areas-{kind}-red") for kind in ("assessed", "estimated")}
    assert {kind: symbol.get("alpha") for kind, symbol in seen.items()} == {"assessed": "0.68", "estimated": "0.34"}
    assert [options["color"] for symbol in seen.values() for options in options_of(symbol)] == ["170,1,2,255"] * 2


def test_contested_ground_is_striped_in_the_colours_of_both_sides() -> None:
    """Two patterns of lines as wide as half their distance, the second moved by that half."""
    symbol = symbol_of(style_of(Layer.AREAS), "areas-contested")
    one, other = options_of(symbol)
    assert [layer.get("class") for layer in symbol.iterfind("layer")] == ["LinePatternFill", "LinePatternFill"]
    assert float(one["line_width"]) * 2 == float(one["distance"]) == float(other["distance"])
    assert (float(one["offset"]), float(other["offset"])) == (0.0, float(one["line_width"]))
    known = "map_get(map('red', '#aa0102', 'b''s', '#0203bb'), "
    expressions = [o.get("value") for o in symbol.iter("Option") if o.get("name") == "expression"]
    assert len(expressions) == 2
    assert all(known in str(expression) for expression in expressions)


def test_a_besieged_place_has_the_ring_of_its_besieger() -> None:
    symbol = symbol_of(style_of(Layer.PLACES), "places-besieged")
    ring, dot = options_of(symbol)
    assert float(ring["size"]) > float(dot["size"])
    found = {
        str(item.get("name")): next(str(o.get("value")) for o in item if o.get("name") == "expression")
        for item in symbol.iterfind(".//Option[@name='properties']/Option")
    }
    assert '"besieger"' in found["outlineColor"]
    assert '"actor"' in found["fillColor"]


def test_fronts_are_dashed_where_most_of_them_is_estimated() -> None:
    root = style_of(Layer.FRONTS)
    styles = {key: options_of(symbol_of(root, key))[0]["line_style"] for key in rules_of(root)}
    assert styles == {"fronts-reported": "solid", "fronts-estimated": "dash"}
    assert rules_of(root)["fronts-reported"].get("filter") == '"assessed_km" >= "length_km" / 2'


@pytest.mark.parametrize("layer", list(Layer))
def test_a_feature_is_on_the_map_from_its_start_to_the_day_before_its_end(layer: Layer) -> None:
    """QGIS takes a date for less than midnight of its day: as columns, each state would begin a day early."""
    temporal = style_of(layer).find("temporal")
    assert temporal is not None
    assert (temporal.get("mode"), temporal.get("limitMode")) == ("4", "0")
    assert temporal.get("startExpression") == 'to_datetime("start")'
    assert temporal.get("endExpression") == 'to_datetime("end")'


def test_a_style_without_actors_is_still_one() -> None:
    root = ET.fromstring(layer_style(Layer.AREAS, []))  # noqa: S314 (our own file)
    assert "areas-unknown" in rules_of(root)
