"""The landscape of a theatre: its sites, the terrain, who is whose neighbour, and the ground of each site."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import geo.cells
import geo.terrain
import geo.topology
from control.theatre import BASE_LAYERS, Theatre
from geo.graph import PlaceGraph, place_graph
from geo.place import Place, PlaceKind
from geo.terrain import Terrain, read_terrain
from geo.topology import Topology, build_topology

Floats = NDArray[np.float64]

CODE = tuple(Path(str(module.__file__)) for module in (geo.terrain, geo.cells, geo.topology))
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
    """

    sites: tuple[Place, ...]
    terrain: Terrain
    points: Floats
    reach_km: float
    cache: Path | None = None

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
        if self.cache is None:
            return self._build()
        file = self._file(self.cache)
        with suppress(OSError, ValueError):  # not there, cut off, or of another make: built anew, and written over
            return Topology.load(file)
        built = self._build()
        part = file.with_name(f"{file.stem}.{os.getpid()}.npz")
        try:
            self.cache.mkdir(parents=True, exist_ok=True)
            built.save(part)
            part.replace(file)  # another process sees all of it or nothing
        except OSError:
            # a folder that cannot be written, or a full disk, costs time and no answer
            with suppress(OSError):
                part.unlink(missing_ok=True)
        return built

    @property
    def is_at_hand(self) -> bool:
        """Whether the cells were built before, so that asking for them takes no time."""
        return "topology" in vars(self) or (self.cache is not None and self._file(self.cache).exists())

    def _file(self, folder: Path) -> Path:
        return folder / f"cells-{self._key()}.npz"

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


def cache_folder() -> Path:
    """Return the folder for what can be built again: `CONTROLMAP_CACHE`, or the user's cache (XDG base directories)."""
    named = os.environ.get("CONTROLMAP_CACHE")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "controlmap"
