"""The landscape of a theatre: its sites, the terrain, who is whose neighbour, and the ground of each site."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import geo.arcs
import geo.cells
import geo.rings
import geo.subdivision
import geo.terrain
import geo.topology
from control.record.theatre import BASE_LAYERS, Theatre
from control.storage.sealed_cache import read_sealed, write_sealed
from geo.graph import PlaceGraph, place_graph
from geo.place import Place, PlaceKind
from geo.subdivision import build_topology
from geo.terrain import Terrain, read_terrain
from geo.topology import Topology

Floats = NDArray[np.float64]

CODE = tuple(
    Path(str(module.__file__))
    for module in (geo.terrain, geo.cells, geo.rings, geo.arcs, geo.topology, geo.subdivision)
)
"""What cells are made by: of another code they are others."""


@dataclass(frozen=True)
class Landscape:
    """What does not change with the date.

    Attributes
    ----------
    sites
        Places that have ground, in the order of their index.
    points
        Their positions in metres of `terrain.crs`, shape (n, 2).
    reach_km
        How far from a site the ground is still its own.
    cache
        Folder for what takes long to build; `None` keeps nothing.
    kept
        What others worked out of the graph, by name.
    """

    sites: tuple[Place, ...]
    terrain: Terrain
    points: Floats
    reach_km: float
    cache: Path | None = None
    kept: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def index(self) -> Mapping[str, int]:
        """Place id -> number of the site."""
        return {place.id: number for number, place in enumerate(self.sites)}

    @cached_property
    def graph(self) -> PlaceGraph:
        """The neighbours of each site."""
        return place_graph(self.points, self.terrain)

    @cached_property
    def topology(self) -> Topology:
        """The cells of the sites; read from the cache where they were built before."""
        if found := self._found():
            return found
        built = self._build()
        if self.cache is not None:
            packed = BytesIO()
            built.save(packed)
            write_sealed(self._file(self.cache), packed.getvalue())
        return built

    def _found(self) -> Topology | None:
        """Return the cells that were kept, if they are sound."""
        content = read_sealed(self._file(self.cache)) if self.cache is not None else None
        with suppress(ValueError):  # of another make
            return Topology.load(BytesIO(content)) if content is not None else None
        return None

    @property
    def is_at_hand(self) -> bool:
        """Whether the cells were built before, so that asking for them takes no time."""
        if "topology" not in vars(self) and (found := self._found()):
            vars(self)["topology"] = found  # a file that is there may be of no use: only reading it tells
        return "topology" in vars(self)

    def _file(self, folder: Path) -> Path:
        return folder / f"cells-{self._key()}.cache"

    def _build(self) -> Topology:
        return build_topology(self.points, self.terrain, self.reach_km * 1000)

    def _key(self) -> str:
        """Hash of all that the cells depend on."""
        digest = hashlib.sha256(json.dumps([self.reach_km, self.terrain.crs]).encode())
        for file in CODE:
            digest.update(file.read_bytes())
        digest.update(np.round(self.points).tobytes())
        for geometry in (self.terrain.land, *(river.line for river in self.terrain.rivers)):
            digest.update(geometry.wkb)
        return digest.hexdigest()[:20]


def sites_of(theatre: Theatre) -> tuple[Place, ...]:
    """Return the places that have ground: every town, and whatever else is reported, except areas."""
    reported = {place.id for place in theatre.reported_places}
    return tuple(
        place
        for place in theatre.gazetteer.places
        if not place.kind.is_area and (place.kind is PlaceKind.TOWN or place.id in reported)
    )


def terrain_of(theatre: Theatre) -> Terrain:
    """Return the land and the rivers of a theatre."""
    borders, rivers, lakes = (theatre.geography(name) for name in BASE_LAYERS)
    return read_terrain(borders, rivers, lakes, theatre.settings.bbox)


def landscape_of(theatre: Theatre, cache: Path | None = None) -> Landscape:
    """Return the landscape of a theatre; its cells are built when they are first asked for.

    Parameters
    ----------
    cache
        Folder to keep the cells in; by default that of the user (`cache_folder`).
    """
    terrain = terrain_of(theatre)
    return landscape(sites_of(theatre), terrain, theatre.settings.reach_km, cache or cache_folder())


def landscape(sites: Sequence[Place], terrain: Terrain, reach_km: float, cache: Path | None = None) -> Landscape:
    """Return the landscape of some sites."""
    points = terrain.to_metres([place.position for place in sites])
    return Landscape(tuple(sites), terrain, points, reach_km, cache)


def cache_folder() -> Path | None:
    """Return the folder for what can be built again: `CONTROLMAP_CACHE`, or the user's cache (XDG base directories).

    A user without a home has none, and everything is built anew: a folder that others may write to could hold anything.
    """
    named = os.environ.get("CONTROLMAP_CACHE")
    if named:
        return Path(named)
    with suppress(RuntimeError):  # no HOME, and no user of that number
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "controlmap"
    return None
