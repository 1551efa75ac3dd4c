"""How a map of ours looks on paper, in a GIS and on a globe: opacities, lines and the colours that belong to no actor."""

from __future__ import annotations

from control.map.palette import LIGHT, PAPER

ASSESSED, ESTIMATED = float(LIGHT["reported"]), float(LIGHT["inferred"])
"""Opacity of ground that reports or estimates give; of one actor's it is that of `control.map.tints.opacity`."""
FRONT, FRONT_ESTIMATED = PAPER["front"], PAPER["front-estimated"]
FRONT_CASING = LIGHT["paper"]
FRONT_WIDTH, FRONT_EDGE, FRONT_DASH = 2.0, 1.5, 5.0
"""Pixels: a front, the light edge on either side of it, and the dashes where it is likely and not reported."""
UNKNOWN = PAPER["unknown"]
HOLLOW = PAPER["hollow"]
"""The rim of a place of which nothing is known."""
SHEET = LIGHT["paper"]
"""What a picture is drawn on, and the light around names and dots."""
RULE = LIGHT["bar-line"]
"""The line between the map and what stands below it."""
FAINT, COUNTRY_NAME = LIGHT["name-faint"], PAPER["country-name"]
PALE_SAMPLE = PAPER["estimated"]
"""Stands in the legend for ground that is estimated, whoever holds it."""
INK, OUTLINE = LIGHT["ink"], LIGHT["casing"]
"""Names, and the rim of a place that is held."""
FIRST_SIDE, SECOND_SIDE = PAPER["first-side"], PAPER["second-side"]
"""Stand in for two sides whose own colours are not known, or are found for each feature."""
