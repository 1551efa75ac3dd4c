"""Every format: twice the same bytes, whatever the order of the machine's hashes, and refusals that say what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from control.cli.main import app
from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.export.formats import FORMATS
from control.snapshot import Layer
from tests.conftest import ROOT

WRITE_ALL = """
import sys
from datetime import date
from pathlib import Path
from control.export.extract import Extract
from control.export.files import write
from control.export.formats import FORMATS
from control.record.theatre import load_theatre
from control.assessment.timeline import Timeline

timeline = Timeline(load_theatre(Path(sys.argv[1])))
for kind in FORMATS.values():
    since, until = (date(2017, 6, 1), date(2017, 12, 31 if kind.series else 1)) if kind.series else [date(2017, 6, 1)] * 2
    layers = kind.usual if kind.several else kind.usual[:1]
    write(kind.name, Extract(timeline, since, until, "month", layers), Path(sys.argv[2]) / f"{kind.name}{kind.suffix}")
"""


@pytest.mark.slow
def test_twice_the_same_bytes(small_theatre: Path, tmp_path: Path) -> None:
    """Two programs whose sets and dictionaries hash otherwise write the same files, those beside tables included.

    Each file names its own format when it is read back by its ending.
    """
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
    said = {kind.name: read_provenance(tmp_path / "1" / f"{kind.name}{kind.suffix}").form for kind in FORMATS.values()}
    assert said == {name: name for name in FORMATS}


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


@pytest.mark.parametrize(
    ("until", "step", "pictures"),
    [
        ("2017-01-08", 1, 8),
        ("2017-02-28", 1, 59),  # two months are no two pictures
        ("2017-04-02", 1, 92),
        ("2017-04-03", 7, 14),
        ("2017-12-31", 7, 53),
    ],
)
@pytest.mark.parametrize("form", ["gif", "mp4"])
def test_a_film_goes_by_days_weeks_or_months_as_its_range_is_long(
    small: Extract, form: str, until: str, step: int, pictures: int
) -> None:
    first, last = date(2017, 1, 1), date.fromisoformat(until)
    assert FORMATS[form].usual_step(first, last) == step
    assert len(replace(small, since=first, until=last, every=step).days) == pictures


def test_what_is_longer_than_two_years_and_what_is_no_film_goes_by_month() -> None:
    assert FORMATS["gif"].usual_step(date(2014, 1, 1), date(2016, 1, 2)) == "month"
    assert FORMATS["gif"].usual_step(date(2014, 1, 1), date(2016, 1, 1)) == 7
    assert FORMATS["gpkg"].usual_step(date(2017, 1, 1), date(2017, 1, 31)) == "month"


def test_the_command_makes_a_film_of_days_unless_told_otherwise(small_theatre: Path, tmp_path: Path) -> None:
    dates = ["--since", "2017-05-01", "--until", "2017-05-04", "--theatre", str(small_theatre)]
    for name, chosen, every in (("a", [], 1), ("b", ["--every", "2"], 2), ("c", ["--every", "month"], "month")):
        file = tmp_path / f"{name}.gif"
        done = CliRunner().invoke(app, ["export", "gif", *dates, *chosen, "--output", str(file)])
        assert done.exit_code == 0, done.output
        assert read_provenance(file).every == every
