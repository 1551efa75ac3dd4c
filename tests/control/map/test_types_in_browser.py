"""Python and the modules of the map name the same things in the same order: rows, and the keys of the payload."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from control.map import payload_shape
from control.map.control_timeline import PLUGIN
from control.map.row import Row

TYPES = (PLUGIN / "types.d.ts").read_text(encoding="utf-8")
COLUMNS = {"arcs", "sides"}
"""Keys of the ground that travel as columns: the browser has others for them."""
UNCHECKED = {"reported"}
"""Keys that Python reads without a rule: anything but false is true."""

MODELS = {
    f"Payload{name.removeprefix('_')}".removesuffix("Payload") or "Payload": model
    for name, model in vars(payload_shape).items()
    if isinstance(model, type) and issubclass(model, BaseModel) and model is not BaseModel
}


def keys_of(interface: str) -> dict[str, bool]:
    """Return the keys of an interface of TypeScript, and whether each may be absent."""
    found = re.search(rf"^interface {interface} \{{([^{{}}]*)\}}", TYPES, re.MULTILINE)
    assert found, interface
    body = re.sub(r"\[[^\]]*\]", "", found[1])
    return {name: optional == "?" for name, optional in re.findall(r"(\w+)(\??):", body)}


def test_a_row_has_its_parts_in_one_order() -> None:
    constants = re.findall(
        r"^export const (\w+) = (\d+);", (PLUGIN / "row.js").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert [name.lower() for name, _ in constants] == list(Row._fields)
    assert [int(index) for _, index in constants] == list(range(len(Row._fields)))
    tuple_ = re.search(r"^type Row = \[(.*)\];", TYPES, re.MULTILINE)
    assert tuple_
    assert re.findall(r"(\w+)\??:", tuple_[1]) == list(Row._fields)


def test_a_plain_row_leaves_out_a_staleness_that_is_none() -> None:
    assert Row(3, 1, 0, 0.9).plain() == [3, 1, 0, 0.9, -1]
    assert Row(3, 1, 0, 0.9, 1, 0).plain() == [3, 1, 0, 0.9, 1, 0]
    assert Row(*[3, 1, 0, 0.9, 1, 2]).staleness == 2


def test_every_model_of_the_payload_is_an_interface() -> None:
    assert len(MODELS) > 10
    assert set(MODELS) == set(re.findall(r"^interface (Payload\w*) ", TYPES, re.MULTILINE))


@pytest.mark.parametrize("name", sorted(MODELS))
def test_the_payload_has_the_same_keys_on_both_sides(name: str) -> None:
    fields = {key: not field.is_required() for key, field in MODELS[name].model_fields.items()}
    keys = {key: optional for key, optional in keys_of(name).items() if key not in UNCHECKED}
    if fields.keys() >= COLUMNS:
        assert {key: keys[key] for key in fields.keys() - COLUMNS} == {
            key: fields[key] for key in fields.keys() - COLUMNS
        }
    else:
        assert keys == fields
