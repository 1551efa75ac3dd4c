"""A gazetteer that is asked once for each name: a record names the same towns again and again."""

from __future__ import annotations

from geo.gazetteer import Gazetteer, Match, PlaceError


class RememberedPlaces:
    """Finds places like the gazetteer, and answers a name that it was asked before from memory."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._answers: dict[tuple[str, str | None], Match | PlaceError] = {}

    def find(self, name: str, *, country: str | None) -> Match:
        """Return the place. Raises as `Gazetteer.find`."""
        asked = (name, country)
        if asked not in self._answers:
            try:
                self._answers[asked] = self._gazetteer.find(name, country=country)
            except PlaceError as error:
                self._answers[asked] = error
        answer = self._answers[asked]
        if isinstance(answer, PlaceError):
            raise answer
        return answer
