"""A name that the map does not know: a reader is told in plain words, and offered what can be meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from control.app.search import Complaint, find
from control.record.theatre import Theatre, load_theatre
from tests.conftest import PLACES, ROOT

FORD = {"name": "Ford", "lon": 9.5, "lat": 50.0, "kind": "town", "country": "AA"}
FORDS = [{**FORD, "id": "7", "admin": "North"}, {**FORD, "id": "8", "lat": 51.5, "admin": "South"}]


def complaint(folder: Path, text: str, folders: dict[str, Path] | None = None) -> Complaint:
    found = find(load_theatre(folder), text, folders or {})
    assert isinstance(found, Complaint)
    assert ".csv" not in found.words
    return found


def test_a_name_in_any_spelling_is_found(write_theatre: Callable[..., Path]) -> None:
    assert find(load_theatre(write_theatre([])), "Alfa", {}) == "1"


def test_an_unknown_name_is_told_without_files(write_theatre: Callable[..., Path]) -> None:
    said = complaint(write_theatre([]), "Xyzzy")
    assert said.words == (
        "No place called 'Xyzzy' on this map (Mini). Search for a town: try another spelling, or the nearest larger town."
    )
    assert (said.places, said.maps) == ((), ())


def test_the_other_map_that_has_it_is_offered(write_theatre: Callable[..., Path]) -> None:
    folder = write_theatre([])
    said = complaint(folder, "Kherson", {folder.name: folder, "ukraine": ROOT / "seeds" / "ukraine"})
    assert said.words == "No place called 'Kherson' on this map (Mini). The map Ukraine 2022-2024 has it."
    assert said.maps == (("ukraine", "Ukraine 2022-2024"),)


def test_a_map_that_cannot_be_read_is_passed_over(write_theatre: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "theatre.toml").write_text("[", encoding="utf-8")
    assert complaint(write_theatre([]), "Kherson", {"broken": tmp_path}).maps == ()


def test_namesakes_are_offered(write_theatre: Callable[..., Path]) -> None:
    said = complaint(write_theatre([], places=[*PLACES, *FORDS]), "Ford")
    assert said.words == "2 places match 'Ford'. Which one?"
    assert said.places == (("7", "Ford (town or village, North, Aland)"), ("8", "Ford (town or village, South, Aland)"))


def test_namesakes_of_one_division_are_told_apart_by_the_towns_they_are_near(
    write_theatre: Callable[..., Path],
) -> None:
    """Alpha (50.0 north) has 5,000 people, and so has Delta, 1.4 degrees to the north; Beta's are not counted."""
    delta = {"id": "6", "name": "Delta", "lon": 9.5, "lat": 51.4, "kind": "town", "country": "AA", "population": 5000}
    fords = ({**ford, "admin": "North"} for ford in FORDS)
    said = complaint(write_theatre([], places=[*PLACES, delta, *fords]), "Ford")
    assert [label for _, label in said.places] == [
        "Ford (town or village, North, Aland; near Alpha)",
        "Ford (town or village, North, Aland; near Delta)",
    ]


def test_namesakes_near_one_town_are_told_apart_by_position(write_theatre: Callable[..., Path]) -> None:
    said = complaint(write_theatre([], places=[*PLACES, *({**ford, "admin": "North"} for ford in FORDS)]), "Ford")
    assert [label for _, label in said.places] == [
        "Ford (town or village, North, Aland; near Alpha; 50.00° north, 9.50° east)",
        "Ford (town or village, North, Aland; near Alpha; 51.50° north, 9.50° east)",
    ]


def test_an_area_is_found_like_a_town(write_theatre: Callable[..., Path]) -> None:
    area = {"id": "9", "name": "Westland", "lon": 10.0, "lat": 50.0, "kind": "governorate"}
    assert find(load_theatre(write_theatre([], places=[*PLACES, area])), "Westland", {}) == "9"


def test_a_river_is_asked_about(bundled: Theatre) -> None:
    """Its banks and valley are offered as buttons, not the dam that is called after it, and no other map is searched."""
    said = find(bundled, "Euphrates", {})
    assert isinstance(said, Complaint)
    assert said.words == "'Euphrates' is a river, which no side holds as a whole. Which part of it?"
    assert {place_id for place_id, _ in said.places} == {
        "euphrates-valley", "middle-euphrates-valley-iq", "euphrates-east-bank", "euphrates-west-bank",
    }  # fmt: skip
