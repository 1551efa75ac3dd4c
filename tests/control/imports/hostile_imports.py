"""Files that no data set publishes: damaged, mistyped, of any size, or reaching for something else."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import shapely

SECRET = "hunter2-keep-out"  # noqa: S105  a word that no answer may hold
RING = [[9.9, 49.5], [10.1, 49.5], [10.1, 50.5], [9.9, 50.5], [9.9, 49.5]]
ACLED = {
    "event_id_cnty": "AAA1", "event_date": "2017-03-02", "time_precision": "1", "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Aland (2010-)", "inter1": "1", "actor2": "BF: Blue Front", "inter2": "2",
    "location": "Alpha", "latitude": "50.0", "longitude": "10.0", "geo_precision": "1", "timestamp": "",
}  # fmt: skip
GED = {
    "id": "1", "type_of_violence": "1", "side_a": "Government of Aland", "side_b": "BF", "where_prec": "1",
    "where_coordinates": "Alpha town", "latitude": "50.0", "longitude": "10.0", "event_clarity": "1", "date_prec": "1",
    "date_start": "2017-03-02", "date_end": "2017-03-02",
}  # fmt: skip
STATUS = {"geonameid": "1", "date": "20170301", "status": "UA"}
FEED = {"date": "2017-03-01", "lat": "50", "lon": "10", "category": "fights", "title": "clashes"}
ROWS = {"acled": ACLED, "ucdp": GED, "status-table": STATUS, "events": FEED}


def table(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    """Write rows as CSV under the columns of the first one."""
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode("utf-8", "surrogatepass")


def tables(command: str) -> Iterator[tuple[str, bytes]]:
    """Yield hostile tables for one of the importers of tables."""
    row = ROWS[command]
    good, columns = table(row), list(row)
    yield "empty", b""
    yield "header only", good.splitlines(keepends=True)[0]
    yield "a picture", b"\x89PNG\r\n\x1a\n" + bytes(500)
    yield "NULs in it", good + b"\0\0\0,\0\n"
    yield "UTF-16", good.decode().encode("utf-16")
    yield "Latin-1", good + b"\xe9\n"
    yield "a byte order mark", b"\xef\xbb\xbf" + good
    yield "a column twice", b"\n".join(line + b"," + line.split(b",")[0] for line in good.splitlines()) + b"\n"
    yield "every column twice", b"\n".join(line + b"," + line for line in good.splitlines()) + b"\n"
    yield "a header cell of 200 kB", b"x" * 200_000 + b"," + good
    yield "a header of 100,000 columns", b",".join(b"c%d" % n for n in range(100_000)) + b"," + good
    yield "a quote that does not close", good + b'"' + b"x,\n" * 1000
    yield "a line of 2 MB", good + b"x" * 2_000_000 + b"\n"
    yield "a quoted cell of 2 MB in short lines", good + b'"' + b"x\n" * 1_000_000 + b'"\n'
    yield "rows of other lengths", good + b"a\na,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p\n"
    yield "old Macintosh line ends", good.replace(b"\r\n", b"\r")
    yield "cut", good[: len(good) // 2]
    for text in (
        "",
        "nan",
        "1e400",
        "9" * 5000,
        "0001-01-01",
        "9999-12-31",
        "\u0662",
        "-1",
        "<b>\u202e",
        "=1+1",
        "\ud800",
    ):
        yield f"all cells {text[:10]!a}", table(row, dict.fromkeys(columns, text))


def packed(name: str = "a.csv", content: bytes = b"", how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack a file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def archives() -> Iterator[tuple[str, bytes]]:
    """Yield hostile archives for the importer of status tables."""
    good = packed(content=table(STATUS))
    yield "no archive", b"PK\x03\x04 and nothing more"
    yield "cut", good[:-30]
    yield "bytes changed", good[:60] + b"\xff" * 10 + good[70:]
    yield "unknown compression", good.replace(b"\x08\x00", b"\x63\x00")
    yield (
        "locked",
        good.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        ),
    )
    yield "no table in it", packed("a.txt", b"x")
    yield "a name that climbs", packed("../../a.csv", table(STATUS))
    yield "a cell of 50 MB", packed(content=table(STATUS) + b'1,20170302,"' + b"x" * 50_000_000 + b'"\n')
    yield (
        "50,000 statuses",
        packed(content=b"geonameid,date,status\n" + b"".join(b"1,20170301,s%d\n" % n for n in range(50_000))),
    )


def feature(**changes: Any) -> dict[str, Any]:
    """Return a polygon round Alpha."""
    polygon = {"type": "Polygon", "coordinates": [RING]}
    return {
        "type": "Feature",
        "properties": {"status": "occupied", "date": "2017-03-01"},
        "geometry": polygon,
    } | changes


def collection(*features: Any, **members: Any) -> bytes:
    """Write a FeatureCollection."""
    return json.dumps({"type": "FeatureCollection", **members, "features": features}).encode()


def shape(kind: Any, coordinates: Any) -> bytes:
    """Write a collection whose second feature has another geometry."""
    return collection(feature(), feature(geometry={"type": kind, "coordinates": coordinates}))


def polygons(port: int, secret: Path) -> Iterator[tuple[str, bytes]]:
    """Yield hostile files for the importer of polygons; some name a local address, or a file beside them."""
    url = f"http://127.0.0.1:{port}"
    for status in (None, 7, 7.5, True, [], {"a": 1}, "x" * 100_000, "\ud800", ""):
        yield f"status {str(status)[:10]!a}", collection(feature(properties={"status": status, "date": "2017-03-01"}))
    for day in (None, 7, [], "0001~", "2017/03/01", "9999-12-31", "2017-03-01T00:00:00+14:00", 20170301):
        yield f"date {day!r}", collection(feature(properties={"status": "occupied", "date": day}))
    for properties in (None, [], "x", 7, {}, {"Status": "a", "status": "b", "date": "2017-03-01"}):
        yield f"properties {str(properties)[:20]}", collection(feature(), feature(properties=properties))
    for geometry in (None, {}, [], "x", 7, {"type": "Polygon"}, {"type": "GeometryCollection", "geometries": [None]}):
        yield f"geometry {geometry!r}", collection(feature(), feature(geometry=geometry))
    for member in (None, 7, "x", [], {}):
        yield f"feature {member!r}", collection(feature(), member)
    yield "a ring of one", shape("Polygon", [RING[:1]])
    yield "an open ring", shape("Polygon", [RING[:4]])
    yield "no ring", shape("Polygon", [])
    yield "text for numbers", shape("Polygon", [[["a", "b"]] * 5])
    yield "NaN", shape("Polygon", [[[float("nan"), 49], *RING[1:]]])
    yield "infinity", shape("Polygon", [[[float("inf"), 49], *RING[1:]]])
    yield "1e308", shape("Polygon", [[[1e308, 49], [1e308, -1e308], *RING]])
    yield "an integer of 400 digits", shape("Polygon", [[[10**400, 49], *RING[1:]]])
    yield "five coordinates", shape("Polygon", [[[*p, 1, 2, 3] for p in RING]])
    yield "mixed coordinates", shape("Polygon", [[[9, 49], [9, 49, 1], *RING]])
    yield "an unknown geometry", shape("Circle", RING[0])
    yield "a geometry without name", shape(None, RING)
    yield "nested 100,000 times", b'{"type": "FeatureCollection", "features": [' + b"[" * 100_000
    yield "nested 900 times", shape("Polygon", json.loads("[" * 900 + "]" * 900))
    yield "a number of 10,000 digits", b'{"features": [' + b"9" * 10_000 + b"]}"
    yield "lines of features", b"\n".join(json.dumps(feature()).encode() for _ in range(3))
    yield "a list", b"[]"
    yield "a lone feature", json.dumps(feature()).encode()
    yield "topology", json.dumps({"type": "Topology", "objects": {}, "arcs": []}).encode()
    yield "something behind it", collection(feature()) + b"{}"
    yield "names without quotes", b"{features: []}"
    yield "cut", collection(feature())[:-5]
    yield "UTF-16", collection(feature()).decode().encode("utf-16")
    yield "bytes that are no text", b"{\xff\xfe\xfd"
    for crs in (
        {"type": "link", "properties": {"href": f"{url}/crs", "type": "proj4"}},
        {"type": "url", "properties": {"url": f"{url}/crs"}},
        {"type": "name", "properties": {"name": f"{url}/def/crs/EPSG/0/4326"}},
        {"type": "name", "properties": {"name": f"+init={secret}:1"}},
        {"type": "name", "properties": {"name": f"+proj=longlat +nadgrids={secret}"}},
        {"type": "name", "properties": {"name": "EPSG:999999"}},
        {"type": "EPSG", "properties": {"code": 4326}},
        "EPSG:4326", [], 7,
    ):  # fmt: skip
        yield f"crs {str(crs)[:60]}", collection(feature(), crs=crs)
        yield f"geometry with crs {str(crs)[:50]}", collection(feature(geometry={**feature()["geometry"], "crs": crs}))
    yield "a reference to an address", collection({"$ref": f"{url}/feature.json"}, links=[{"rel": "next", "href": url}])
    yield "a landing page", json.dumps({"links": [{"rel": "data", "href": url}], "root": url}).encode()
    yield "a feature service", json.dumps({"features": [], "exceededTransferLimit": True, "url": url}).encode()
    for source in (str(secret), f"{url}/a.geojson", f"/vsicurl/{url}/a.geojson", f"WFS:{url}/wfs", f"GeoJSON:{url}/a"):
        layer = f'<OGRVRTLayer name="secret"><SrcDataSource>{source}</SrcDataSource></OGRVRTLayer>'
        yield f"a virtual data source of {source[:12]}", f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>".encode()
    yield "a service", f"<OGRWFSDataSource><URL>{url}/wfs</URL></OGRWFSDataSource>".encode()
    yield (
        "GML with a schema",
        (
            '<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" '
            f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x {url}/a.xsd"/>'
        ).encode(),
    )
    yield "an external entity", f'<!DOCTYPE a [<!ENTITY x SYSTEM "file://{secret}">]><a>&x;</a>'.encode()
    yield "an archive", packed("a.geojson", collection(feature()))
    yield "compressed", b"\x1f\x8b\x08\x00" + bytes(20)
    yield "a tile", b"\x1a\x0a\x78\x02"


def geopackages(folder: Path, secret: Path) -> Iterator[tuple[str, bytes]]:
    """Yield GeoPackages, sound ones made hostile by SQL; the first is left sound."""
    changes: dict[str, str] = {
        "sound": "",
        "a status of NULL": "UPDATE layer SET status = NULL",
        "a status of bytes": "UPDATE layer SET status = x'ff00'",
        "geometries of NULL": "UPDATE layer SET geom = NULL",
        "geometries that are text": "UPDATE layer SET geom = 'POLYGON EMPTY'",
        "geometries cut off": "UPDATE layer SET geom = x'475000'",
        "geometries with a strange header": "UPDATE layer SET geom = x'4750000fffffffffffff'",
        "no layer": "DELETE FROM gpkg_contents",
        "two layers": "INSERT INTO gpkg_contents SELECT 'other', data_type FROM gpkg_contents",
        "a layer that is not there": "DROP TABLE layer",
        "no table of systems": "DROP TABLE gpkg_spatial_ref_sys",
        "an unknown system": "UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 'x y'",
        "no system": "UPDATE gpkg_geometry_columns SET srs_id = -1",
        "another column of geometries": "UPDATE gpkg_geometry_columns SET column_name = 'status'",
        "a column that is not there": "UPDATE gpkg_geometry_columns SET column_name = 'x\"; DROP'",
        "a view": "ALTER TABLE layer RENAME TO kept; CREATE VIEW layer AS SELECT * FROM kept",
        "a view without end": (
            "DROP TABLE layer; CREATE VIEW layer AS WITH RECURSIVE n(fid, geom, status, date) AS (SELECT 1, 2, 3, 4 "
            "UNION ALL SELECT fid + 1, 2, 3, 4 FROM n) SELECT * FROM n"
        ),
        "a contents that is a view": (
            "ALTER TABLE gpkg_contents RENAME TO kept; CREATE VIEW gpkg_contents AS SELECT * FROM kept"
        ),
        "a virtual table": (
            "PRAGMA writable_schema = ON; DROP TABLE layer; "  # noqa: S608
            "INSERT INTO sqlite_master VALUES ('table', 'layer', 'layer', 0, "
            f"'CREATE VIRTUAL TABLE layer USING VirtualText(''{secret}'', ''UTF-8'')')"
        ),
        "a computed column": "ALTER TABLE layer ADD COLUMN day AS (hex(zeroblob(1000000000)))",
        "a trigger": "CREATE TRIGGER t AFTER INSERT ON layer BEGIN SELECT load_extension('x'); END",
        "an extension": (
            "CREATE TABLE gpkg_extensions (table_name, column_name, extension_name, definition, scope); "  # noqa: S608
            f"INSERT INTO gpkg_extensions VALUES ('layer', 'geom', 'x', '{secret}', 'read-write')"
        ),
        "a damaged schema": (
            "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = 'CREATE TABLE ' WHERE name = 'layer'"
        ),
    }
    for name, sql in changes.items():
        yield name, geopackage(folder / "made.gpkg", sql)
    good = geopackage(folder / "made.gpkg", "")
    yield "the first bytes alone", b"SQLite format 3\0"
    yield "cut", good[: len(good) // 2]
    yield "pages of noise", good[:4096] + b"\xa5" * (len(good) - 4096)
    yield "a wrong page size", good[:16] + b"\0\x03" + good[18:]


def geopackage(path: Path, sql: str) -> bytes:
    """Return a GeoPackage with one polygon, after some SQL."""
    path.unlink(missing_ok=True)
    blob = b"GP\0\1" + (4326).to_bytes(4, "little") + shapely.Polygon(RING).wkb
    database = sqlite3.connect(path)
    database.executescript(
        "CREATE TABLE gpkg_contents (table_name, data_type); INSERT INTO gpkg_contents VALUES ('layer', 'features');"
        "CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id);"
        "INSERT INTO gpkg_geometry_columns VALUES ('layer', 'geom', 4326);"
        "CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id);"
        "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);"
        "CREATE TABLE layer (fid INTEGER PRIMARY KEY, geom BLOB, status TEXT, date TEXT);"
    )
    database.execute("INSERT INTO layer VALUES (1, ?, 'occupied', '2017-03-01')", (blob,))
    database.commit()
    database.executescript(sql)
    database.commit()
    database.close()
    return path.read_bytes()


def mappings() -> Iterator[tuple[str, bytes]]:
    """Yield hostile tables of what names mean."""
    yield "empty", b""
    yield "header only", b"name,actor\n"
    yield "a column twice", b"name,actor,actor\na,red,red\n"
    yield "an unknown actor", b"name,actor\na,nobody\n"
    yield "a header cell of 200 kB", b"x" * 200_000 + b",name,actor\n"
    yield "no text", b"name,actor\n\xff\xfe,\n"
    yield "a name twice", b"name,actor\na,red\nA,blue\n"
