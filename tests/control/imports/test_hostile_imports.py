"""Hostile files through every importer: a sentence or an account for each, never a traceback, and nothing else is read."""

from __future__ import annotations

import socket
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from control.cli.imports import imports
from control.storage.files import FileError
from tests.control.imports import hostile_imports as made

HERE = Path(__file__).parent / "data"
NAMED = ["--title", "Hostile", "--reference", "nowhere"]
STATUSES = "name,actor,event\noccupied,blue,\nUA,red,\n"
OPTIONS = {
    "acled": ["--actors", HERE / "actors.csv"],
    "ucdp": ["--actors", HERE / "actors.csv"],
    "events": ["--categories", HERE / "categories.csv", *NAMED],
    "status-table": NAMED,
    "polygons": NAMED,
}


class Listener:
    """Hears whoever asks a local address."""

    def __init__(self) -> None:
        self.heard = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._hear, daemon=True).start()

    def _hear(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.heard += 1
            connection.close()

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made_listener = Listener()
    yield made_listener
    made_listener.close()


@pytest.fixture
def statuses(tmp_path: Path) -> Path:
    path = tmp_path / "statuses.csv"
    path.write_text(STATUSES, encoding="utf-8")
    return path


def answer(command: str, path: Path, folder: Path, *options: object) -> str:
    """Import a file, and return what is said; anything but an account or a fault that the program prints is raised."""
    words = [command, path, "--theatre", folder, *OPTIONS[command], *options]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # pandas says something of its own on damaged tables
        ran = CliRunner().invoke(imports, [str(word) for word in words])
    if ran.exception is None:
        return ran.output
    if isinstance(ran.exception, FileError | OSError):
        assert len(str(ran.exception)) < 3000, "a sentence"
        return str(ran.exception)
    raise AssertionError(f"{command} {path.name}: {ran.exception!r}") from ran.exception


@pytest.mark.parametrize("command", ["acled", "ucdp", "status-table", "events"])
def test_tables(command: str, tmp_path: Path, folder: Path, statuses: Path) -> None:
    more = ["--statuses", statuses] if command == "status-table" else []
    for number, (what, content) in enumerate(made.tables(command)):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        said = answer(command, path, folder, *more)
        assert said.strip(), what


def test_archives(tmp_path: Path, folder: Path, statuses: Path) -> None:
    said = {}
    for number, (what, content) in enumerate(made.archives()):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(content)
        said[what] = answer("status-table", path, folder, "--statuses", statuses)
    assert "a row of more than 1000000 bytes" in said["a cell of 50 MB"]
    assert "(all further names)" in said["50,000 statuses"]


@pytest.mark.slow
def test_polygons_and_what_they_name(tmp_path: Path, folder: Path, statuses: Path, listener: Listener) -> None:
    """Nothing asks the address that the files name, and no word of the file beside them is in any answer."""
    secret = tmp_path / "secret.geojson"
    secret.write_bytes(made.collection(made.feature(properties={"status": made.SECRET, "date": "2017-03-01"})))
    counted = 0
    for what, content in (*made.polygons(listener.port, secret), *made.geopackages(tmp_path, secret)):
        for name in ("a.geojson", "WFS:a.gml"):
            path = tmp_path / name
            path.write_bytes(content)
            said = answer("polygons", path, folder, "--statuses", statuses)
            assert said.strip(), what
            assert made.SECRET not in said, what
        counted += 1
    assert listener.heard == 0
    assert counted >= 60


@pytest.mark.parametrize("name", ["GeoJSON:http://127.0.0.1:{port}/a", "WFS:http://127.0.0.1:{port}/a", "http://127.0.0.1:{port}/a.geojson",
    "/vsicurl/http://127.0.0.1:{port}/a.geojson", "/vsizip/a.zip", "/vsimem/a", "/dev/zero", "."])  # fmt: skip
def test_a_name_is_the_name_of_a_file(name: str, folder: Path, statuses: Path, listener: Listener) -> None:
    said = answer("polygons", Path(name.format(port=listener.port)), folder, "--statuses", statuses)
    assert "expected" in said
    assert listener.heard == 0


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("sound", "1 row read: 1 used"),
        ("a view", "or one that is computed"),
        ("a view without end", "or one that is computed"),
        ("a virtual table", "expected GeoJSON or GeoPackage"),
        ("two layers", "2 layers of features (layer, other); expected one"),
        ("no system", "no CRS"),
        ("a computed column", "1 row read: 1 used"),
        ("geometries of NULL", "set aside: no polygon"),
    ],
)
def test_a_geopackage_is_read_as_stored_tables(
    tmp_path: Path, folder: Path, statuses: Path, what: str, told: str
) -> None:
    path = tmp_path / "a.geojson"  # by its content, whatever its name
    path.write_bytes(dict(made.geopackages(tmp_path, tmp_path / "secret"))[what])
    assert told in answer("polygons", path, folder, "--statuses", statuses)


def test_a_polygon_without_status_is_set_aside_and_the_others_are_used(
    tmp_path: Path, folder: Path, statuses: Path
) -> None:
    path = tmp_path / "a.geojson"
    silent = made.feature(properties={"status": None, "date": "2017-03-01"})
    path.write_bytes(made.collection(silent, made.feature()))
    said = answer("polygons", path, folder, "--statuses", statuses)
    assert "2 rows read: 1 used" in said
    assert "1 set aside: the status is not in the mapping table (row 1)" in said


def test_a_geopackage_that_is_still_written_to_is_refused(tmp_path: Path, folder: Path, statuses: Path) -> None:
    path = tmp_path / "a.gpkg"
    path.write_bytes(made.geopackage(tmp_path / "made.gpkg", ""))
    (tmp_path / "a.gpkg-wal").write_bytes(b"x")
    assert "close the program that has it open" in answer("polygons", path, folder, "--statuses", statuses)


@pytest.mark.parametrize("command", ["acled", "status-table", "events"])
def test_tables_of_names(command: str, tmp_path: Path, folder: Path) -> None:
    data = {"acled": "acled.csv", "status-table": "control_latest_2017.csv", "events": "feed.csv"}[command]
    option = {"acled": "--actors", "status-table": "--statuses", "events": "--categories"}[command]
    for number, (_, content) in enumerate(made.mappings()):
        path = tmp_path / f"{number}.csv"
        path.write_bytes(content)
        assert answer(command, HERE / data, folder, option, path).strip()
