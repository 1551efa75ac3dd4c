"""Rebuild `geo/countries.json.gz` from npm `world-atlas` (Natural Earth 1:10m, public domain): outlines without names.

    python seeds/build/countries.py [--world-atlas PACKED.tgz]

Kept are the shared arcs, and of each country its ISO 3166-1 number. The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path

from base_geography import WORLD_ATLAS, WORLD_ATLAS_FILE
from npm_pack import read_members

TARGET = Path(__file__).parents[2] / "geo" / "countries.json.gz"
LICENCE = """\
countries.json.gz

Made with Natural Earth (naturalearthdata.com), 1:10m Admin 0 countries, public domain; by way of npm world-atlas 2.0.2,
whose packaging is Copyright 2013-2019 Michael Bostock, under the ISC licence:

"""


def main() -> None:
    """Write the outlines, and their licence beside them."""
    parser = argparse.ArgumentParser(description="Write the outlines of all countries.")
    parser.add_argument("--world-atlas", type=Path, help="packed world-atlas .tgz")
    files = read_members(WORLD_ATLAS, [WORLD_ATLAS_FILE, "LICENSE"], parser.parse_args().world_atlas)
    topology = json.loads(files[WORLD_ATLAS_FILE])
    countries = [
        {key: item[key] for key in ("type", "id", "arcs") if key in item}
        for item in topology["objects"]["countries"]["geometries"]
        if item["type"] in {"Polygon", "MultiPolygon"}
    ]
    kept = {"transform": topology["transform"], "arcs": topology["arcs"], "countries": countries}
    TARGET.write_bytes(gzip.compress(json.dumps(kept, separators=(",", ":")).encode(), 9, mtime=0))
    licence = LICENCE + files["LICENSE"].decode()
    (TARGET.parent / "countries.licence").write_text(licence, encoding="utf-8", newline="\n")
    print(f"{TARGET}: {len(countries)} countries, {TARGET.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
