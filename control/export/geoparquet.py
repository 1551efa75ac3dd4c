"""GeoParquet 1.0: one layer a file."""

from __future__ import annotations

import io
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from control.export.extract import Extract
from control.export.frames import frames
from control.export.provenance import Provenance, ProvenanceError, read_json, seal

KEY = b"controlmap"


def extract_to_geoparquet(extract: Extract) -> bytes:
    """Write the one layer of an extract; dates are of type date32, positions WKB in OGC:CRS84 order.

    Raises
    ------
    ValueError
        When the extract has several layers: GeoParquet holds one.
    """
    if len(extract.layers) != 1:
        named = ", ".join(extract.layers)
        raise ValueError(
            f"GeoParquet holds one layer a file, not {named}; write one file a layer, as in --layers areas"
        )
    ((_, frame),) = frames(extract)
    packed = io.BytesIO()
    frame.to_parquet(packed, index=False, geometry_encoding="WKB", schema_version="1.0.0")
    table = pq.read_table(packed)
    provenance = extract.provenance("geoparquet", libraries())
    # of the metadata that pandas adds nothing is needed to read the file
    metadata = {b"geo": (table.schema.metadata or {})[b"geo"], KEY: provenance.to_json().encode()}
    file = io.BytesIO()
    bare = table.replace_schema_metadata(None)
    # Arrow's own copy of the schema would hold the metadata a second time, packed, out of reach of the seal
    with pq.ParquetWriter(file, bare.schema, store_schema=False, compression="zstd") as writer:
        writer.write_table(bare)
        writer.add_key_value_metadata(metadata)
    return seal(file.getvalue())[0]


def libraries() -> dict[str, str]:
    """Return the versions of what packs the file."""
    return {"pyarrow": pa.__version__}


def read_geoparquet(file: Path) -> Provenance:
    """Read where a GeoParquet file comes from. Raises `ProvenanceError` when it does not say."""
    try:
        metadata = pq.read_schema(file).metadata or {}
    except (pa.ArrowException, OSError) as error:
        raise ProvenanceError(f"{file.name}: no Parquet file ({error}); only our own exports can be verified") from None
    if KEY not in metadata:
        raise ProvenanceError(
            f"{file.name}: no key {KEY.decode()} in its metadata; only our own exports can be verified"
        )
    return read_json(metadata[KEY].decode())
