"""By what a cache of estimates is known: a hash of all that they depend on, the code included."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np
import scipy

from control.assessment.timeline import Timeline
from control.territory.estimate import EstimateSettings
from control.territory.landscape import Landscape

ROOT = Path(__file__).parents[2]
MADE_BY = ("geo", "control/storage", "control/record", "control/assessment", "control/territory")
"""Folders of the code that an estimate depends on; a test compares them with what this package imports."""


def cache_key(timeline: Timeline, landscape: Landscape, settings: EstimateSettings) -> str:
    """Hash all that the estimates of a timeline depend on."""
    content = [
        timeline.theatre.data_hash,
        asdict(timeline.policy),
        timeline.known_on and timeline.known_on.isoformat(),
        asdict(settings),
        landscape.terrain.crs,
        [place.id for place in landscape.sites],
        [np.__version__, scipy.__version__],
    ]
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode())
    digest.update(landscape.points.tobytes())
    for geometry in (landscape.terrain.land, *(river.line for river in landscape.terrain.rivers)):
        digest.update(geometry.wkb)
    digest.update(code_digest().encode())
    return digest.hexdigest()[:20]


@cache
def code_digest() -> str:
    """Hash of the code that claims and estimates are made by."""
    digest = hashlib.sha256()
    for folder in MADE_BY:
        for file in sorted((ROOT / folder).rglob("*.py")):
            digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()
