"""Databases that apply the expressions of `relational`: how tables get in, and intervals out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa  # type: ignore[import-untyped]

from geo.geonames import MissingExtraError

Backend = Any
Table = Any

FAILURES: tuple[type[Exception], ...] = (duckdb.Error, ibis.common.exceptions.IbisError)
"""What reading a file that is none may raise."""
_SQLITE_TYPES = ((pa.types.is_integer, "INTEGER"), (pa.types.is_floating, "REAL"), (pa.types.is_string, "TEXT"))


def connect(engine: str) -> Backend:
    """Open an engine of this machine: `duckdb`, `sqlite` or `pyspark`.

    Raises
    ------
    MissingExtraError
        When its package is not installed.
    """
    try:
        if engine == "duckdb":
            return ibis.duckdb.connect()
        if engine == "sqlite":
            return ibis.sqlite.connect()
        return _spark()
    except ImportError:
        what = "pip install pyspark, and Java 17" if engine == "pyspark" else "pip install -e '.[scale]'"
        raise MissingExtraError(f"the engine {engine} is not installed: {what}") from None


def _spark() -> Backend:
    from pyspark.sql import SparkSession  # an engine of its own, which starts Java

    settings = {
        "spark.ui.enabled": "false", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.host": "127.0.0.1",
        "spark.driver.memory": "3g", "spark.sql.shuffle.partitions": "8", "spark.log.level": "ERROR",
        "spark.ui.showConsoleProgress": "false",
    }  # fmt: skip
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return ibis.pyspark.connect(builder.getOrCreate())


def load(backend: Backend, name: str, table: pa.Table) -> Table:
    """Give a table in memory to DuckDB or SQLite, and return it as a table of Ibis.

    By each engine's own way: `create_table` of Ibis 12 fails with sqlglot from 30.18 on, which renamed an argument.
    """
    if backend.name == "duckdb":
        backend.con.register(name, table)
    else:
        columns = ", ".join(f'"{field.name}" {_sqlite_type(field.type)}' for field in table.schema)
        backend.con.execute(f'CREATE TABLE "{name}" ({columns})')
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        backend.con.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * table.num_columns)})', rows)  # noqa: S608
    return backend.table(name)


def _sqlite_type(kind: pa.DataType) -> str:
    return next(text for is_kind, text in _SQLITE_TYPES if is_kind(kind))


def read(backend: Backend, paths: Sequence[Path]) -> Table:
    """Open Parquet files, or CSV files with all columns as text, as one table."""
    names = [str(path) for path in paths]
    if paths[0].suffix.lower() == ".parquet":
        return backend.read_parquet(names if backend.name == "duckdb" else names[0])
    if backend.name == "duckdb":
        return backend.read_csv(names, all_varchar=True, header=True)
    return backend.read_csv(names, header=True)


def fetch(expression: Table, *order: str) -> pa.Table:
    """Run an expression, sorted by some columns."""
    found = expression.get_backend().to_pyarrow(expression)
    return found.sort_by([(name, "ascending") for name in order]) if order else found
