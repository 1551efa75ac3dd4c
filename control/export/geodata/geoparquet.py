"""GeoParquet 1.0: one layer a file."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from control.export.extract import Extract
from control.export.provenance import Provenance, ProvenanceError, read_json, seal

if TYPE_CHECKING:
    import pyarrow as pa  # type: ignore[import-untyped]

FORM = "geoparquet"
KEY = b"controlmap"


def write(extract: Extract, file: Path) -> None:
    """Write the one layer of an extract."""
    file.write_bytes(extract_to_geoparquet(extract))


def extract_to_geoparquet(extract: Extract) -> bytes:
    """Write the one layer of an extract; dates are timestamps at midnight without a zone, positions WKB in OGC:CRS84 order.

    Raises
    ------
    ValueError
        When the extract has several layers: GeoParquet holds one.
    """
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # slow to import

    from control.export.geodata.layer_frames import frames  # slow to import: geopandas

    if len(extract.layers) != 1:
        named = ", ".join(extract.layers)
        raise ValueError(
            f"GeoParquet holds one layer a file, not {named}; write one file a layer, as in --layers areas"
        )
    ((_, frame),) = frames(extract)
    packed = io.BytesIO()
    frame.to_parquet(packed, index=False, geometry_encoding="WKB", schema_version="1.0.0")
    table = _with_timestamps(pq.read_table(packed))
    provenance = extract.provenance(FORM, libraries())
    # of the metadata that pandas adds nothing is needed to read the file
    metadata = {b"geo": (table.schema.metadata or {})[b"geo"], KEY: provenance.to_json().encode()}
    file = io.BytesIO()
    bare = table.replace_schema_metadata(None)
    # Arrow's own copy of the schema would hold the metadata a second time, packed, out of reach of the seal
    with pq.ParquetWriter(file, bare.schema, store_schema=False, compression="zstd") as writer:
        writer.write_table(bare)
        writer.add_key_value_metadata(metadata)
    return seal(file.getvalue())[0]


def _with_timestamps(table: pa.Table) -> pa.Table:
    """Turn dates into timestamps: pandas makes objects of dates, without `.dt`, but columns of timestamps."""
    import pyarrow as pa  # slow to import

    for number, field in enumerate(table.schema):
        if pa.types.is_date(field.type):
            table = table.set_column(number, field.name, table[number].cast(pa.timestamp("ms")))
    return table


def libraries() -> dict[str, str]:
    """Return the versions of what packs the file."""
    import pyarrow as pa  # slow to import

    return {"pyarrow": pa.__version__}


def read_provenance(file: Path) -> Provenance:
    """Read where a GeoParquet file comes from. Raises `ProvenanceError` when it does not say."""
    import pyarrow as pa  # slow to import
    import pyarrow.parquet as pq

    try:
        metadata = pq.read_schema(file).metadata or {}
    except (pa.ArrowException, OSError, ValueError) as error:
        raise ProvenanceError(f"{file.name}: no Parquet file ({error}); only our own exports can be verified") from None
    if KEY not in metadata:
        raise ProvenanceError(
            f"{file.name}: no key {KEY.decode()} in its metadata; only our own exports can be verified"
        )
    return read_json(metadata[KEY].decode(errors="replace"))
