"""The one place that an argument names."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from control.record.theatre import Theatre, load_theatre, theatre_title
from control.storage.files import FileError
from control.words.places import not_found
from geo.gazetteer import AmbiguousPlaceError, PlaceError, WaterError
from geo.place import Place


def place_named(theatre: Theatre, name: str) -> Place:
    """Return the place of a name; it may be an area, of which many sides hold a part."""
    try:
        found = theatre.gazetteer.find(name).place
    except (AmbiguousPlaceError, WaterError) as error:
        if not error.choices:
            raise PlaceError(not_found(error, theatre.settings.title), name) from None
        choices = f"Write one of: {', '.join(error.choices)}"
        raise PlaceError(f"{not_found(error, theatre.settings.title)} {choices}", name) from None
    except PlaceError as error:
        others = _maps_with(theatre, name)
        hint = f" Add --theatre {next(iter(others))}." if others else ""
        raise PlaceError(not_found(error, theatre.settings.title, list(others.values())) + hint, name) from None
    return found


def _maps_with(theatre: Theatre, name: str) -> dict[Path, str]:
    """Folder -> title of the theatres beside one that know a place of that name."""
    found = {}
    for file in sorted(theatre.folder.parent.glob("*/theatre.toml")):
        with suppress(FileError, OSError, PlaceError):
            if file.parent != theatre.folder and load_theatre(file.parent).gazetteer.find(name):
                found[file.parent] = theatre_title(file.parent)
    return found
