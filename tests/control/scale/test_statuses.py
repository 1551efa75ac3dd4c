"""Status tables in files: one pass and DuckDB write the same intervals."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from control.cli.main import app
from control.record.tables import TableError
from control.scale import engines, statuses
from control.scale.csv_files import Head
from control.scale.statuses import Compiled, by_database, by_one_pass

TABLE = """geonameid,date,status_isw,Status
7,2022-02-24,x,free
7,20220225,x,held
7,2022-02-26,x,held
8,2022-02-24,x,free
8,2022-02-28,x,free
,2022-02-24,x,free
8,2022-13-01,x,free
8,2022-03-01,x,
8,2022-03-02,x,=cmd()
"""
EXPECTED = [
    ("7", "2022-02-24", "2022-02-25", "free"),
    ("7", "2022-02-25", "2022-02-27", "held"),
    ("8", "2022-02-24", "2022-03-02", "free"),
    ("8", "2022-03-02", "2022-03-03", "=cmd()"),
]
ENGINES = {"duckdb": lambda paths: by_database(paths, "duckdb"), "one-pass": by_one_pass}
if find_spec("pyspark"):  # not among the packages that tests need: it starts Java
    ENGINES["pyspark"] = lambda paths: by_database(paths, "pyspark")


def rows(found: Compiled) -> list[tuple[str, ...]]:
    return [tuple(map(str, row.values())) for row in found.intervals.to_pylist()]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "statuses.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.mark.parametrize("engine", list(ENGINES))
def test_rows_that_say_nothing_are_counted_and_the_others_load(engine: str, table: Path) -> None:
    found = ENGINES[engine]([table])
    assert rows(found) == EXPECTED
    assert (found.rows, found.unusable, found.conflicts) == (9, 3, 0)


@pytest.mark.parametrize("engine", list(ENGINES))
def test_parquet_with_dates_and_numbers_reads_as_text_does(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "statuses.parquet"
    days = pa.array([19047, 19048, 19049, 19047, 19051, 19053], pa.int32()).cast(pa.date32())
    said = ["free", "held", "held", "free", "free", "=cmd()"]
    pq.write_table(pa.table({"place": [7.0, 7.0, 7.0, 8.0, 8.0, 8.0], "date": days, "status": said}), path)
    assert rows(ENGINES[engine]([path])) == EXPECTED


def test_several_statuses_of_one_day_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "statuses.csv"
    path.write_text("place,date,status\na,2022-01-01,x\na,2022-01-01,b\na,2022-01-02,x\n", encoding="utf-8")
    # In one pass the first in the table counts, in a database the first by name: it has no first row.
    passed, asked = by_one_pass([path]), by_database([path], "duckdb")
    assert (passed.conflicts, asked.conflicts) == (1, 1)
    assert rows(passed) == [("a", "2022-01-01", "2022-01-03", "x")]
    assert rows(asked) == [("a", "2022-01-01", "2022-01-02", "b"), ("a", "2022-01-02", "2022-01-03", "x")]


def test_a_table_that_is_not_sorted_needs_a_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "statuses.parquet"
    pq.write_table(pa.table({"place": ["a", "a"], "date": ["2022-01-02", "2022-01-01"], "status": ["x", "y"]}), path)
    monkeypatch.setattr(statuses, "BLOCK_ROWS", 1)  # within a block it may be in any order
    with pytest.raises(TableError, match=r"statuses\.parquet: row 2 is earlier .*--engine duckdb"):
        by_one_pass([path])
    assert rows(by_database([path], "duckdb")) == [
        ("a", "2022-01-01", "2022-01-02", "y"),
        ("a", "2022-01-02", "2022-01-03", "x"),
    ]


HARD_CELLS = [
    ("place", "date", "status"),
    ('Fort "North", old town', "2023-05-01", "held, in part"),
    ('Fort "North", old town', "2023-05-02", "held, in part"),
    ("River\nbank", "2023-05-01", "free"),
    ("River\nbank", "2023-05-02", "held"),
    ("C:\\", "2023-05-01", "free"),
    ("007", "2023-05-01T00:00:00", "free"),
    ("008", "2023", "free"),
]


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_quotes_line_breaks_and_backslashes_within_cells(
    engine: str, separator: str, ends: str, mark: str, tmp_path: Path
) -> None:
    """Seven rows: the last one has part of a date, which is none. Nothing is a number, and no backslash escapes."""
    path = tmp_path / "statuses.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(mark)
        csv.writer(file, delimiter=separator, lineterminator=ends).writerows(HARD_CELLS)
    found = ENGINES[engine]([path])
    assert (found.rows, found.unusable, found.conflicts) == (7, 1, 0)
    assert rows(found) == [
        ("007", "2023-05-01", "2023-05-02", "free"),
        ("C:\\", "2023-05-01", "2023-05-02", "free"),
        ('Fort "North", old town', "2023-05-01", "2023-05-03", "held, in part"),
        ("River\nbank", "2023-05-01", "2023-05-02", "free"),
        ("River\nbank", "2023-05-02", "2023-05-03", "held"),
    ]


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_line_break_within_a_cell_may_lie_between_two_blocks(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forty places whose names have a line break, in blocks of 64 bytes."""
    monkeypatch.setattr(statuses, "BLOCK_BYTES", 64)
    path = tmp_path / "statuses.csv"
    path.write_text("place,date,status\n" + "".join(f'"a\n{n:02}",2022-01-01,x\n' for n in range(40)), encoding="utf-8")
    assert [row[0] for row in rows(ENGINES[engine]([path]))] == [f"a\n{n:02}" for n in range(40)]


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_every_file_is_read_whatever_the_order_and_the_case_of_its_columns(
    engine: str, suffix: str, tmp_path: Path
) -> None:
    days = {n: [f"2022-01-0{n}"] for n in (1, 2, 3)}
    tables = [
        {"place": ["a"], "date": days[1], "status": ["x"]},
        {"status": ["y"], "note": ["-"], "place": ["a"], "date": days[2]},
        {"Place": ["a"], "DATE": days[3], "Status": ["x"]},
    ]
    files = [tmp_path / f"{n}.{suffix}" for n in range(3)]
    for file, columns in zip(files, tables, strict=True):
        write = pq.write_table if suffix == "parquet" else pyarrow.csv.write_csv
        write(pa.table(columns), file)
    found = ENGINES[engine](files)
    assert found.rows == 3
    assert [row[1:] for row in rows(found)] == [
        ("2022-01-01", "2022-01-02", "x"),
        ("2022-01-02", "2022-01-03", "y"),
        ("2022-01-03", "2022-01-04", "x"),
    ]


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_row_with_too_few_cells_is_no_row_of_the_table(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "statuses.csv"
    path.write_text("place,date,status\na,2022-01-01,x\nb,2022-01-01\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"statuses\.csv: .*expected Parquet, or CSV in UTF-8"):
        ENGINES[engine]([path])


@pytest.mark.parametrize("engine", list(ENGINES))
def test_a_table_without_rows_gives_no_intervals(engine: str, tmp_path: Path) -> None:
    path = tmp_path / "statuses.csv"
    path.write_text("place,date,status\n", encoding="utf-8")
    found = ENGINES[engine]([path])
    assert (found.rows, found.unusable, rows(found)) == (0, 0, [])


def test_spark_is_told_how_csv_is_written() -> None:
    """By itself it escapes with a backslash, ends rows at every line break, guesses types and passes over bad rows."""
    assert engines.csv_options("pyspark", Head(";", ("place", "date", "status"))) == {
        "header": True,
        "sep": ";",
        "quote": '"',
        "escape": '"',
        "multiLine": True,
        "inferSchema": False,
        "encoding": "UTF-8",
        "mode": "FAILFAST",
    }


class _Spark:
    """Takes what the door of Spark takes, and notes it."""

    name = "pyspark"

    def __init__(self) -> None:
        self.asked: list[str | list[str]] = []

    def read_csv(self, paths: list[str], **_: object) -> str:
        self.asked.append(paths)
        return "table"

    def read_parquet(self, path: str) -> str:
        self.asked.append(path)
        return "table"


@pytest.mark.parametrize("suffix", ["csv", "parquet"])
def test_spark_is_asked_for_every_file(suffix: str, tmp_path: Path) -> None:
    files = [tmp_path / f"{n}.{suffix}" for n in range(3)]
    for file in files:
        write = pq.write_table if suffix == "parquet" else pyarrow.csv.write_csv
        write(pa.table({"place": ["a"], "date": ["2022-01-01"], "status": ["x"]}), file)
    spark = _Spark()
    engines.open_tables(spark, files)
    assert spark.asked == ([str(f) for f in files] if suffix == "parquet" else [[str(f) for f in files]])


def test_several_tables_are_one(table: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.csv"
    more.write_text("geonameid,date,status_isw,Status\n7,2022-03-05,x,held\n", encoding="utf-8")
    for engine in ENGINES.values():
        assert ("7", "2022-02-25", "2022-03-06", "held") in rows(engine([table, more]))


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_the_command_writes_what_it_says(suffix: str, table: Path, tmp_path: Path) -> None:
    output = tmp_path / "out" / f"intervals.{suffix}"
    done = CliRunner().invoke(app, ["scale", "intervals", str(table), "--output", str(output)])
    assert done.exit_code == 0, done.output
    assert "4 intervals of 9 rows" in done.output
    assert "left out: 3 rows" in done.output
    written = pq.read_table(output) if suffix == "parquet" else pyarrow.csv.read_csv(output)
    assert [str(day) for day in written["end"].to_pylist()] == [row[2] for row in EXPECTED]


def test_files_of_another_kind_are_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        app, ["scale", "intervals", str(tmp_path / "statuses.xlsx"), "--output", str(tmp_path / "o.csv")]
    )
    assert isinstance(done.exception, TableError)
    assert "no such Parquet or CSV file" in str(done.exception)


def test_a_table_without_its_columns_names_them(tmp_path: Path) -> None:
    path = tmp_path / "statuses.csv"
    path.write_text("where,date,status\na,2022-01-02,x\n", encoding="utf-8")
    for engine in ENGINES.values():
        with pytest.raises(TableError, match="place"):
            engine([path])


@pytest.mark.parametrize("engine", list(ENGINES))
@pytest.mark.parametrize("name", ["statuses.parquet", "statuses.csv"])
def test_a_file_that_is_no_table_is_refused(engine: str, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(b'place,date,status\n"a,\xff\x00\n' * 3)
    with pytest.raises(TableError, match=r"statuses\..*; expected Parquet, or CSV in UTF-8"):
        ENGINES[engine]([path])
