"""Databases that apply the expressions of `relational`: how tables get in, and intervals out."""

from __future__ import annotations

import csv
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]

from control.scale.csv_files import QUOTE, Head, read_head
from geo.geonames import MissingExtraError

Backend = Any
Table = Any

_SQLITE_TYPES = ((pa.types.is_integer, "INTEGER"), (pa.types.is_floating, "REAL"), (pa.types.is_string, "TEXT"))


def failures(engine: str) -> tuple[type[Exception], ...]:
    """Return what reading a file that is none may raise."""
    usual = (duckdb.Error, ibis.common.exceptions.IbisError, pa.ArrowException, csv.Error, ValueError)
    if engine != "pyspark":
        return usual
    try:
        from py4j.protocol import Py4JError  # what Spark runs on
        from pyspark.errors import PySparkException
    except ImportError:
        return usual
    return (*usual, PySparkException, Py4JError)


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


def open_tables(backend: Backend, paths: Sequence[Path]) -> list[tuple[str, Table]]:
    """Open Parquet files, or CSV files with all columns as text: one table for all files that have the same columns.

    Returns
    -------
    list of (str, Table)
        The name of the first of the files, and the table.

    Raises
    ------
    Exception
        One of `failures`, when a file cannot be read.
    """
    alike: dict[Hashable, list[Path]] = {}
    for path in paths:
        alike.setdefault(_look(path), []).append(path)
    opened: list[tuple[str, Table]] = []
    for look, files in alike.items():
        names = [str(path) for path in files]
        if isinstance(look, Head):
            opened.append((files[0].name, backend.read_csv(names, **csv_options(backend.name, look))))
        elif backend.name == "duckdb":
            opened.append((files[0].name, backend.read_parquet(names)))
        else:
            opened += [(path.name, backend.read_parquet(str(path))) for path in files]  # Spark's door takes one
    return opened


def csv_options(engine: str, head: Head) -> dict[str, Any]:
    """Return what makes an engine read CSV as RFC 4180 has it, all columns as text, and refuse what is none."""
    if engine == "duckdb":
        return {"all_varchar": True, "header": True, "delim": head.separator, "quote": QUOTE, "escape": QUOTE}
    # Spark by itself escapes with a backslash, ends a row at every line break, guesses types, and passes over bad rows.
    return {
        "header": True, "sep": head.separator, "quote": QUOTE, "escape": QUOTE, "multiLine": True, "inferSchema": False,
        "encoding": "UTF-8", "mode": "FAILFAST",
    }  # fmt: skip


def united(tables: Sequence[Table]) -> Table:
    """Return all rows of tables that have the same columns; halved, so that many do not nest deep."""
    if len(tables) == 1:
        return tables[0]
    half = len(tables) // 2
    return united(tables[:half]).union(united(tables[half:]))


def _look(path: Path) -> Head | tuple[tuple[str, str], ...]:
    """Return the columns of a file, and their types in Parquet: equal for files that make one table."""
    if path.suffix.lower() == ".parquet":
        return tuple((field.name, str(field.type)) for field in pq.read_schema(path))
    return read_head(path)


def fetch(expression: Table, *order: str) -> pa.Table:
    """Run an expression, sorted by some columns."""
    found = expression.get_backend().to_pyarrow(expression)
    return found.sort_by([(name, "ascending") for name in order]) if order else found
