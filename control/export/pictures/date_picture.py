"""The map of one date as a picture, from which PNG and SVG are painted."""

from __future__ import annotations

import PIL
import shapely

from control.assessment.model import Status
from control.export.extract import Extract
from control.export.pictures.drawing import Drawing, Item
from control.export.pictures.map_layout import WIDTH, MapLayout, holders_of, notes


def draw_date(extract: Extract, width: int = WIDTH) -> Drawing:
    """Draw the map of the extract's first day, with legend, sources and id."""
    layout, day = MapLayout(extract, width), extract.since
    assessments = extract.timeline.at(day)
    ground = extract.grounds.ground_on(day)
    dots = layout.dots(assessments)
    known = [key for key, a in assessments.items() if a.holding.status is not Status.UNKNOWN]
    shown = [assessments[key] for key in known if key in layout.spots]
    contested = any(a.holding.status.is_shared for a in shown)
    besieged = any(a.holding.besieger for a in shown)
    inside: list[Item] = [
        *layout.below, *layout.ground(ground), *layout.above, *layout.fronts(day), *layout.countries, *dots,
        *layout.names(known, dots),
    ]  # fmt: skip
    legend = layout.legend(holders_of(ground, shown), contested, besieged, layout.projection.bottom)
    return layout.page(day, inside, legend, notes(extract, [c for a in shown for c in a.claims]))


def libraries() -> dict[str, str]:
    """Return the versions of what draws and packs the file."""
    return {"pillow": PIL.__version__, "shapely": shapely.__version__}
