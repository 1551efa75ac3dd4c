"""Every place string of the record, checked by eye once: the place and the kind it means, or why there is no answer."""

from __future__ import annotations

import csv

import pytest

from control.record.theatre import Theatre
from geo.gazetteer import AmbiguousPlaceError
from tests.conftest import ROOT

with (ROOT / "tests" / "data" / "evidence_places.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


def test_nearly_all_are_found() -> None:
    assert sum(bool(row["place_id"]) for row in ROWS) / len(ROWS) >= 0.95


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["name"])
def test_a_string_of_the_record(bundled: Theatre, row: dict[str, str]) -> None:
    if not row["place_id"]:
        assert row["reason"]
        with pytest.raises(AmbiguousPlaceError):
            bundled.gazetteer.find(row["name"], country=row["country"])
        return
    place = bundled.gazetteer.find(row["name"], country=row["country"]).place
    assert (place.id, place.kind) == (row["place_id"], row["kind"])
