"""A gazetteer asked once for each name answers as it does when it is asked each time, faults included."""

from __future__ import annotations

import pytest

from control.record.remembered_places import RememberedPlaces
from geo.gazetteer import Gazetteer, PlaceError, UnknownPlaceError
from geo.place import LonLat, Place, PlaceKind

ALPHAS = tuple(
    Place(id=key, name="Alpha", position=LonLat(lon, 50.0), country=country, kind=PlaceKind.TOWN)
    for key, lon, country in (("1", 10.0, "AA"), ("2", 12.0, "BB"))
)


def test_each_name_is_looked_up_once_in_each_country(monkeypatch: pytest.MonkeyPatch) -> None:
    gazetteer, asked = Gazetteer(ALPHAS), []
    find = gazetteer.find
    monkeypatch.setattr(gazetteer, "find", lambda name, **hints: asked.append(name) or find(name, **hints))
    places = RememberedPlaces(gazetteer)
    for _ in range(2):
        assert [places.find("Alpha", country=country).place.id for country in ("AA", "BB")] == ["1", "2"]
        with pytest.raises(UnknownPlaceError):
            places.find("Omega", country=None)
        with pytest.raises(PlaceError):
            places.find("Alpha", country=None)
    assert asked == ["Alpha", "Alpha", "Omega", "Alpha"]
