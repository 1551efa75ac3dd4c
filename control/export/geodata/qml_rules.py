"""What a layer shows in QGIS, rule by rule: what is held, besieged, contested, estimated, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from control.export.geodata import qml_symbols as symbols
from control.export.geodata.qml_symbols import Symbol, write_symbol
from control.export.pictures.looks import ASSESSED, UNKNOWN
from control.map.tints import opacity
from control.markup import plain_text
from control.record.model import Actor
from control.snapshot import Layer

_RIVALS = """string_to_array("rivals", '; ')"""
FIRST = f'coalesce("actor", array_get({_RIVALS}, 0))'
"""Expression: id of the first side of contested ground."""
SECOND = f'coalesce(array_get({_RIVALS}, if("actor" is null, 1, 0)), {FIRST})'
"""Expression: id of the second side; where only one is named, that one."""
MOSTLY_REPORTED = '"assessed_km" >= "length_km" / 2'


@dataclass(frozen=True, slots=True)
class Rule:
    """What is drawn of the features that fit a condition.

    Attributes
    ----------
    key
        Its id within the layer.
    label
        Its line in the legend.
    condition
        An expression; empty for all.
    symbol
        How they are drawn; a rule that only groups others has none.
    rules
        The rules within it, for what fits its condition.
    shown
        Whether it is switched on at first.
    """

    key: str
    label: str
    condition: str
    symbol: Symbol | None = None
    rules: tuple[Rule, ...] = ()
    shown: bool = True


def layer_rules(layer: Layer, actors: Sequence[Actor]) -> tuple[Rule, ...]:
    """Return the rules of a layer, in the order of its legend."""
    if layer is Layer.PLACES:
        return _rules_of_places(actors)
    return _rules_of_areas(actors) if layer is Layer.AREAS else _rules_of_fronts()


def write_rules(renderer: ET.Element, layer: Layer, actors: Sequence[Actor]) -> None:
    """Write the rules of a layer and their symbols as QML."""
    rules, drawn = ET.SubElement(renderer, "rules", key=str(layer)), ET.SubElement(renderer, "symbols")
    _write(rules, drawn, layer_rules(layer, actors), str(layer))


def _write(parent: ET.Element, drawn: ET.Element, rules: Sequence[Rule], path: str) -> None:
    for rule in rules:
        key = f"{path}-{rule.key}"
        element = ET.SubElement(
            parent, "rule", key=key, label=plain_text(rule.label), filter=rule.condition,
            checkstate="1" if rule.shown else "0",
        )  # fmt: skip
        if rule.symbol:
            name = str(len(drawn))
            element.set("symbol", name)
            write_symbol(drawn, name, rule.symbol)
        _write(element, drawn, rule.rules, key)


def _rules_of_places(actors: Sequence[Actor]) -> tuple[Rule, ...]:
    first, second, besieger = (_colour(actors, side) for side in (FIRST, SECOND, '"besieger"'))
    held = tuple(
        Rule(actor.id, actor.name, _is("actor", actor.id), symbols.held_place(actor.colour)) for actor in actors
    )
    return (
        Rule("controlled", "controlled", _is("status", "controlled"), rules=held),
        Rule(
            "besieged",
            "besieged: ring of the besieger",
            _is("status", "besieged"),
            symbols.besieged_place(first, besieger),
        ),
        Rule(
            "contested", "contested: both colours", _is("status", "contested"), symbols.contested_place(first, second)
        ),
        Rule("divided", "divided: both colours", _is("status", "divided"), symbols.contested_place(first, second)),
        Rule("unknown", "no information", _is("status", "unknown"), symbols.unknown_place(), shown=False),
    )


def _rules_of_areas(actors: Sequence[Actor]) -> tuple[Rule, ...]:
    first, second = (_colour(actors, side) for side in (FIRST, SECOND))
    assessed, estimated = (
        tuple(
            Rule(a.id, a.name, _is("actor", a.id), symbols.ground(a.colour, opacity(a.colour, estimated=pale)))
            for a in actors
        )
        for pale in (False, True)
    )
    bare = symbols.ground(UNKNOWN, ASSESSED)
    return (
        Rule("assessed", "assessed from reports", _is("standing", "assessed"), rules=assessed),
        Rule("estimated", "estimated from neighbours: paler", _is("standing", "estimated"), rules=estimated),
        Rule(
            "contested",
            "contested: both colours",
            _is("standing", "contested"),
            symbols.striped_ground(first, second, ASSESSED),
        ),
        Rule(
            "divided",
            "divided: both colours",
            _is("standing", "divided"),
            symbols.striped_ground(first, second, ASSESSED),
        ),
        Rule("unknown", "no information", _is("standing", "unknown"), bare, shown=False),
        Rule("nobody", "beyond the reach of any place", _is("standing", "nobody"), bare, shown=False),
    )


def _rules_of_fronts() -> tuple[Rule, ...]:
    return (
        Rule("reported", "front", MOSTLY_REPORTED, symbols.front(estimated=False)),
        Rule("estimated", "front, mostly estimated", f"NOT ({MOSTLY_REPORTED})", symbols.front(estimated=True)),
    )


def _colour(actors: Sequence[Actor], side: str) -> str:
    """Return the expression that finds the colour of a side by its id."""
    known = ", ".join(f"{_text(actor.id)}, {_text(actor.colour)}" for actor in actors)
    return f"coalesce(map_get(map({known}), {side}), {_text(UNKNOWN)})"


def _is(column: str, value: str) -> str:
    return f'"{column}" = {_text(value)}'


def _text(value: str) -> str:
    """Quote a text for an expression of QGIS, where a backslash escapes what follows it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"
