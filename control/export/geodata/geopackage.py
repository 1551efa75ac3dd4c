"""GeoPackage (OGC 12-128): a layer a table, with styles and time settings that QGIS takes up by itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from control.export.extract import Extract
from control.export.geodata.qml import layer_style
from control.export.provenance import Provenance, ProvenanceError, read_record, seal
from control.snapshot import Layer
from control.storage.atomic_file import hidden_cause

TABLE = "controlmap"
_STYLES = """CREATE TABLE "layer_styles" ("id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "f_table_catalog" TEXT(256),
"f_table_schema" TEXT(256), "f_table_name" TEXT(256), "f_geometry_column" TEXT(256), "styleName" TEXT(30),
"styleQML" TEXT, "styleSLD" TEXT, "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
"update_time" DATETIME DEFAULT CURRENT_TIMESTAMP)"""
_RECORD = f'CREATE TABLE "{TABLE}" ("id" INTEGER PRIMARY KEY NOT NULL, "key" TEXT NOT NULL, "value" TEXT)'
_LONGEST, _MOST_STEPS, _MOST_ROWS = 4 << 20, 10_000_000, 100
_JSON = frozenset({"layers", "weights", "libraries", "every", "controlmap"})


def write(extract: Extract, file: Path) -> None:
    """Write the layers of an extract as tables `places`, `areas`, `fronts` in EPSG:4326.

    `start` and `end` are of type DATE, half-open. The table `layer_styles` holds a QML a layer; the table `controlmap`
    says where the file comes from. The same extract gives the same bytes with the same GDAL and SQLite.
    """
    import pyogrio  # type: ignore[import-untyped]  # slow to import: GDAL
    from pyogrio.errors import DataLayerError, DataSourceError  # type: ignore[import-untyped]

    from control.export.geodata.layer_frames import frames  # slow to import: geopandas

    moment = f"{extract.until}T00:00:00.000Z"
    tables = frames(extract)
    file.unlink(missing_ok=True)
    try:
        with _current_date(moment):
            for layer, frame in tables:
                kind = {Layer.PLACES: "Point", Layer.AREAS: "MultiPolygon", Layer.FRONTS: "MultiLineString"}[layer]
                pyogrio.write_dataframe(
                    frame,
                    file,
                    layer=str(layer),
                    driver="GPKG",
                    geometry_type=kind,
                    use_arrow=True,
                    append=file.exists(),
                )
        with closing(sqlite3.connect(file)) as base, base:
            _write_styles(base, extract, moment)
            _write_record(base, extract.provenance("gpkg", libraries()), moment)
    except (DataLayerError, DataSourceError, sqlite3.Error) as error:
        raise hidden_cause(error, file) from error
    content, _ = seal(file.read_bytes())
    file.write_bytes(content)


def libraries() -> dict[str, str]:
    """Return the versions of what packs the file."""
    import pyogrio  # slow to import: GDAL

    return {"gdal": pyogrio.__gdal_version_string__, "sqlite": sqlite3.sqlite_version}


def read_provenance(file: Path) -> Provenance:
    """Read where a GeoPackage comes from. Raises `ProvenanceError` when it does not say."""
    try:
        # immutable: what lies beside the file is not looked at, a journal neither
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as base:
            rows = _record_rows(base)
    except (sqlite3.Error, ValueError) as error:
        raise ProvenanceError(
            f"{file.name}: no table {TABLE} ({error}); only our own exports can be verified"
        ) from None
    try:
        record = {key: json.loads(value) if key in _JSON else value for key, value in rows}
    except (ValueError, TypeError):
        raise ProvenanceError(f"{file.name}: the table {TABLE} was changed; export the file anew") from None
    return read_record(record)


def _record_rows(base: sqlite3.Connection) -> list[tuple[Any, Any]]:
    """Read our table from a file of a stranger: a view in its place could compute without end."""
    base.execute("PRAGMA trusted_schema = OFF")
    base.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    base.set_progress_handler(lambda: 1, _MOST_STEPS)
    kinds = base.execute("SELECT type FROM sqlite_master WHERE name = ?", (TABLE,)).fetchall()
    if kinds != [("table",)]:
        raise sqlite3.DatabaseError("it is none")
    return base.execute(f'SELECT "key", "value" FROM "{TABLE}"').fetchmany(_MOST_ROWS)  # noqa: S608 (our name)


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
    import pyogrio  # slow to import: GDAL

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": moment})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
