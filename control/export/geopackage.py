"""GeoPackage (OGC 12-128): a layer a table, with styles and time settings that QGIS takes up by itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pyogrio  # type: ignore[import-untyped]

from control.export.extract import Extract
from control.export.frames import frames
from control.export.provenance import Provenance, ProvenanceError, read_json, seal
from control.export.qml import layer_style
from control.snapshot import Layer

TABLE = "controlmap"
_STYLES = """CREATE TABLE "layer_styles" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "f_table_catalog" TEXT(256),
"f_table_schema" TEXT(256), "f_table_name" TEXT(256), "f_geometry_column" TEXT(256), "styleName" TEXT(30),
"styleQML" TEXT, "styleSLD" TEXT, "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
"update_time" DATETIME DEFAULT CURRENT_TIMESTAMP)"""
_RECORD = f'CREATE TABLE "{TABLE}" ("id" INTEGER PRIMARY KEY NOT NULL, "key" TEXT NOT NULL, "value" TEXT)'
_JSON = frozenset({"layers", "weights", "libraries", "every", "controlmap"})


def write_geopackage(extract: Extract, file: Path) -> None:
    """Write the layers of an extract as tables `places`, `areas`, `fronts` in EPSG:4326.

    `start` and `end` are of type DATE, half-open. The table `layer_styles` holds a QML a layer; the table `controlmap`
    says where the file comes from. The same extract gives the same bytes with the same GDAL and SQLite.
    """
    moment = f"{extract.until}T00:00:00.000Z"
    file.unlink(missing_ok=True)
    with _current_date(moment):
        for layer, frame in frames(extract):
            kind = {Layer.PLACES: "Point", Layer.AREAS: "MultiPolygon", Layer.FRONTS: "MultiLineString"}[layer]
            pyogrio.write_dataframe(
                frame, file, layer=str(layer), driver="GPKG", geometry_type=kind, use_arrow=True, append=file.exists()
            )
    with closing(sqlite3.connect(file)) as base, base:
        _write_styles(base, extract, moment)
        _write_record(base, extract.provenance("gpkg", libraries()), moment)
    content, _ = seal(file.read_bytes())
    file.write_bytes(content)


def libraries() -> dict[str, str]:
    """Return the versions of what packs the file."""
    return {"gdal": pyogrio.__gdal_version_string__, "sqlite": sqlite3.sqlite_version}


def read_geopackage(file: Path) -> Provenance:
    """Read where a GeoPackage comes from. Raises `ProvenanceError` when it does not say."""
    try:
        with closing(sqlite3.connect(f"file:{file.resolve().as_posix()}?mode=ro", uri=True)) as base:
            rows: dict[str, Any] = dict(base.execute(f'SELECT "key", "value" FROM "{TABLE}"'))  # noqa: S608 (our name)
    except sqlite3.Error as error:
        raise ProvenanceError(
            f"{file.name}: no table {TABLE} ({error}); only our own exports can be verified"
        ) from None
    try:
        record = {key: json.loads(value) if key in _JSON else value for key, value in rows.items()}
    except (ValueError, TypeError):
        raise ProvenanceError(f"{file.name}: the table {TABLE} was changed; export the file anew") from None
    return read_json(json.dumps(record))


def _write_styles(base: sqlite3.Connection, extract: Extract, moment: str) -> None:
    actors = [actor for actor in extract.timeline.theatre.actors.values() if not actor.parent]
    base.execute(_STYLES)
    for layer in extract.layers:
        base.execute(
            'INSERT INTO "layer_styles" ("f_table_catalog", "f_table_schema", "f_table_name", "f_geometry_column",'
            ' "styleName", "styleQML", "useAsDefault", "description", "owner", "update_time")'
            " VALUES ('', '', ?, 'geom', ?, ?, 1, 'by actor, over time', '', ?)",
            (str(layer), str(layer), layer_style(layer, actors), moment),
        )
    _register(base, "layer_styles", moment)


def _write_record(base: sqlite3.Connection, provenance: Provenance, moment: str) -> None:
    base.execute(_RECORD)
    for key, value in provenance.to_dict().items():
        text = json.dumps(value) if key in _JSON else value
        base.execute(f'INSERT INTO "{TABLE}" ("key", "value") VALUES (?, ?)', (key, text))  # noqa: S608 (our name)
    _register(base, TABLE, moment)


def _register(base: sqlite3.Connection, table: str, moment: str) -> None:
    base.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
        " VALUES (?, 'attributes', ?, '', ?, 0)",
        (table, table, moment),
    )


@contextmanager
def _current_date(moment: str) -> Iterator[None]:
    """Let GDAL write this moment instead of now: the same extract gives the same bytes."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
