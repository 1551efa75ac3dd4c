"""What neighbours say over the whole span, kept on disk: to ask them takes as long as the chain of a thousand places."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import numpy as np

from control.assessment.neighbours import NeighbourSay
from control.storage.sealed_cache import delete_all_but, read_sealed, write_sealed
from control.territory.cache_key import cache_key
from control.territory.estimator import Estimator

MOST_FILES = 48
"""Any reader may ask for any day of knowledge: of more files than these, the ones not asked for longest are deleted."""


def kept_file(estimator: Estimator) -> Path | None:
    """Return where what the neighbours say is kept; nowhere for what a visitor uploaded, which stays in memory."""
    timeline, landscape = estimator.timeline, estimator.landscape
    if timeline.theatre.uploaded or landscape.cache is None:
        return None
    return landscape.cache / f"neighbours-{cache_key(timeline, landscape, estimator.settings)}.cache"


def read_kept(file: Path | None) -> NeighbourSay | None:
    """Read what was kept, if it is sound; a file that is damaged or of another make is as good as none."""
    content = read_sealed(file) if file else None
    if content is None:
        return None
    try:
        with np.load(BytesIO(content), allow_pickle=False) as columns:
            actors, places = json.loads(str(columns["names"]))
            say = NeighbourSay(
                tuple(actors),
                {place: number for number, place in enumerate(places)},
                columns["keys"],
                columns["odds"].astype(np.float64),
                columns["moved"],
            )
    except (ValueError, TypeError, KeyError, OSError, RecursionError, EOFError):
        return None
    pieces = len(say.keys)
    is_sound = say.odds.shape == (pieces, len(say.actors)) and len(say.moved) == pieces
    return say if is_sound and bool(np.isfinite(say.odds).all()) else None


def keep(file: Path | None, say: NeighbourSay) -> None:
    """Keep what the neighbours say, if it can be."""
    if file is None:
        return
    packed = BytesIO()
    names = json.dumps([list(say.actors), list(say.rows)])
    np.savez_compressed(packed, names=np.array(names), keys=say.keys, odds=say.odds.astype(np.float32), moved=say.moved)
    write_sealed(file, packed.getvalue())
    delete_all_but(MOST_FILES, file.parent, "neighbours-*")
