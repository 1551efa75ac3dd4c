"""KML against the OGC's schema, and read with fastkml."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from control.export.extract import Extract
from control.export.formats import write

KML = "{http://www.opengis.net/kml/2.2}"
fastkml = pytest.importorskip("fastkml")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of KML 2.2, as the OGC published it and fastkml brings it along."""
    return etree.XMLSchema(file=str(files("fastkml") / "schema" / "ogckml22.xsd"))


def test_the_schema(winter: Extract, schema: etree.XMLSchema, tmp_path: Path) -> None:
    write("kml", winter, tmp_path / "winter.kml")
    schema.assertValid(etree.parse(str(tmp_path / "winter.kml")))


def test_the_schema_would_notice(small: Extract, schema: etree.XMLSchema, tmp_path: Path) -> None:
    write("kml", small, tmp_path / "small.kml")
    text = (tmp_path / "small.kml").read_text(encoding="utf-8")
    (tmp_path / "other.kml").write_text(text.replace("<begin>2017-03-01<", "<begin>in spring<", 1), encoding="utf-8")
    assert schema.validate(etree.parse(str(tmp_path / "small.kml")))
    assert not schema.validate(etree.parse(str(tmp_path / "other.kml")))


def test_time_spans(small: Extract, tmp_path: Path) -> None:
    """First and last day: Alpha is Red's until 31 August 2017, the day before Blue takes it."""
    write("kml", small, tmp_path / "small.kml")
    places = ET.parse(tmp_path / "small.kml").getroot().find(f"{KML}Document/{KML}Folder")  # noqa: S314 (our own file)
    assert places is not None
    spans = [
        (
            mark.findtext(f"{KML}styleUrl"),
            mark.findtext(f"{KML}TimeSpan/{KML}begin"),
            mark.findtext(f"{KML}TimeSpan/{KML}end"),
        )
        for mark in places.iter(f"{KML}Placemark")
        if mark.findtext(f"{KML}name") == "Alpha"
    ]
    assert spans == [("#actor-red", "2017-03-01", "2017-08-31"), ("#actor-blue", "2017-09-01", "2017-12-31")]


def test_fastkml_reads_names_as_text(small: Extract, hostile_name: str, tmp_path: Path) -> None:
    write("kml", small, tmp_path / "small.kml")
    (document,) = fastkml.KML.parse(tmp_path / "small.kml").features
    places, areas, _ = document.features
    assert {mark.name for mark in places.features} == {"Alpha", hostile_name}
    assert places.features[0].times.begin.dt == date(2017, 3, 1)
    assert all(area.geometry.is_valid for area in areas.features if hasattr(area.geometry, "is_valid"))
