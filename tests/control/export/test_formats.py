"""Every format: twice the same bytes, whatever the order of the machine's hashes, and refusals that say what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.formats import FORMATS, write
from control.export.readers import READERS
from control.snapshot import Layer
from tests.conftest import ROOT

WRITE_ALL = """
import sys
from datetime import date
from pathlib import Path
from control.export.extract import Extract
from control.export.formats import FORMATS, write
from control.theatre import load_theatre
from control.timeline import Timeline

timeline = Timeline(load_theatre(Path(sys.argv[1])))
for kind in FORMATS.values():
    since, until = (date(2017, 6, 1), date(2017, 12, 31 if kind.series else 1)) if kind.series else [date(2017, 6, 1)] * 2
    layers = kind.usual if kind.several else kind.usual[:1]
    write(kind.name, Extract(timeline, since, until, "month", layers), Path(sys.argv[2]) / f"{kind.name}{kind.suffix}")
"""


def test_twice_the_same_bytes(small_theatre: Path, tmp_path: Path) -> None:
    """Two programs whose sets and dictionaries hash otherwise write the same files, those beside tables included."""
    running = []
    for seed in ("1", "2"):
        command = [sys.executable, "-c", WRITE_ALL, str(small_theatre), str(tmp_path / seed)]
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        running.append(subprocess.Popen(command, cwd=ROOT, env=env))
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / seed).iterdir()} for seed in ("1", "2"))
    beside = {f"{kind.name}.csv-metadata.json" for kind in FORMATS.values() if kind.table}
    assert set(one) == set(two) == beside | {f"{kind.name}{kind.suffix}" for kind in FORMATS.values()}
    assert [name for name in one if one[name] != two[name]] == []


def test_what_is_written_can_be_read_back() -> None:
    assert {kind.suffix for kind in FORMATS.values()} == set(READERS)


@pytest.mark.parametrize(
    ("form", "layers", "said"),
    [
        ("csv", (Layer.AREAS,), "csv holds places, not areas; leave it out of --layers"),
        ("geoparquet", (Layer.AREAS, Layer.FRONTS), "one layer a file"),
        ("png", (Layer.PLACES,), "shows places, areas, fronts together; leave --layers out"),
        ("shp", (Layer.PLACES,), "no format 'shp'; write one of csv, changes"),
    ],
)
def test_what_a_format_cannot_hold(
    small: Extract, form: str, layers: tuple[Layer, ...], said: str, tmp_path: Path
) -> None:
    day = date(2017, 6, 1)
    with pytest.raises(ExportError, match=said):
        write(form, replace(small, since=day, until=day, layers=layers), tmp_path / "a.x")
    assert list(tmp_path.glob("a.*")) == []
