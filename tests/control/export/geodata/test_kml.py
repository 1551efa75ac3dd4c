"""KML against the OGC's schema, and read with fastkml."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from control.assessment.timeline import Timeline
from control.export.extract import Extract
from control.export.files import write

KML = "{http://www.opengis.net/kml/2.2}"
fastkml = pytest.importorskip("fastkml")


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of KML 2.2, as the OGC published it and fastkml brings it along."""
    return etree.XMLSchema(file=str(files("fastkml") / "schema" / "ogckml22.xsd"))


NEAR_BLACK = "2e2a2b"
"""ISIL's colour as KML writes it."""


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
    held = folders_of(tmp_path / "small.kml")["places", "controlled"]
    spans = [
        (
            mark.findtext(f"{KML}styleUrl"),
            mark.findtext(f"{KML}TimeSpan/{KML}begin"),
            mark.findtext(f"{KML}TimeSpan/{KML}end"),
        )
        for mark in held.iter(f"{KML}Placemark")
        if mark.findtext(f"{KML}name") == "Alpha"
    ]
    assert spans == [
        ("#places-controlled-red", "2017-03-01", "2017-08-31"),
        ("#places-controlled-blue", "2017-09-01", "2017-12-31"),
    ]


def folders_of(file: Path) -> dict[tuple[str, str], ET.Element]:
    """Return the folders by the names of their layer and of the way to stand."""
    return {
        (layer.findtext(f"{KML}name") or "", folder.findtext(f"{KML}name") or ""): folder
        for layer in ET.parse(file).getroot().iterfind(f"{KML}Document/{KML}Folder")  # noqa: S314 (our own file)
        for folder in layer.iterfind(f"{KML}Folder")
    }


def test_what_stands_alike_shares_a_folder_and_the_unknown_is_switched_off(winter: Extract, tmp_path: Path) -> None:
    write("kml", winter, tmp_path / "winter.kml")
    folders = folders_of(tmp_path / "winter.kml")
    assert list(folders) == [
        *(("places", name) for name in ("controlled", "besieged", "contested", "divided", "unknown")),
        *(("areas", name) for name in ("assessed", "estimated", "contested", "divided", "unknown", "nobody")),
        *(("fronts", name) for name in ("reported", "estimated")),
    ]
    for (_, name), folder in folders.items():
        marks = list(folder.iter(f"{KML}Placemark"))
        hidden = [mark.findtext(f"{KML}visibility") == "0" for mark in [folder, *marks]]
        assert marks
        assert set(hidden) == {name in {"unknown", "nobody"}}


def test_estimated_ground_is_paler_and_contested_ground_shows_both_sides(winter: Extract, tmp_path: Path) -> None:
    """Opacity of ground as on our pictures: 0.68 is 0xad of 0xff, 0.34 is 0x57; near-black has 0.5, 0x80, at least.

    KML writes opacity, blue, green, red.
    """
    write("kml", winter, tmp_path / "winter.kml")
    root = ET.parse(tmp_path / "winter.kml").getroot()  # noqa: S314 (our own file)
    styles = {f"#{style.get('id')}": style for style in root.iter(f"{KML}Style")}
    colours = {a.id: a.colour[5:7] + a.colour[3:5] + a.colour[1:3] for a in winter.timeline.theatre.actors.values()}
    folders = folders_of(tmp_path / "winter.kml")
    for name, opacity in (("assessed", "ad"), ("estimated", "57"), ("contested", "ad")):
        for mark in folders["areas", name].iter(f"{KML}Placemark"):
            data = {item.get("name"): item.findtext(f"{KML}value") for item in mark.iter(f"{KML}Data")}
            style = styles[mark.findtext(f"{KML}styleUrl") or ""]
            sides = [side for side in (data.get("actor"), *(data.get("rivals") or "").split("; ")) if side]
            shown = max(opacity, "80") if colours[sides[0]] == NEAR_BLACK else opacity
            assert style.findtext(f"{KML}PolyStyle/{KML}color") == shown + colours[sides[0]]
            assert style.findtext(f"{KML}PolyStyle/{KML}outline") == ("1" if name == "contested" else "0")
            if name == "contested":
                assert style.findtext(f"{KML}LineStyle/{KML}color") == "ff" + colours[sides[min(1, len(sides) - 1)]]
    for mark in folders["places", "besieged"].iter(f"{KML}Placemark"):
        data = {item.get("name"): item.findtext(f"{KML}value") for item in mark.iter(f"{KML}Data")}
        style = styles[mark.findtext(f"{KML}styleUrl") or ""]
        assert style.findtext(f"{KML}IconStyle/{KML}color") == "ff" + colours[str(data["actor"])]
        assert style.findtext(f"{KML}LabelStyle/{KML}color") == "ff" + colours[str(data["besieger"])]


def test_fastkml_reads_names_as_text(small: Extract, hostile_name: str, tmp_path: Path) -> None:
    write("kml", small, tmp_path / "small.kml")
    (document,) = fastkml.KML.parse(tmp_path / "small.kml").features
    places, areas, _ = document.features
    held, unknown = places.features
    assert {mark.name for mark in held.features} == {"Alpha", hostile_name}
    assert held.features[0].times.begin.dt == date(2017, 3, 1)
    assert (unknown.name, unknown.visibility) == ("unknown", False)
    grounds = [area for folder in areas.features for area in folder.features]
    assert all(area.geometry.is_valid for area in grounds if hasattr(area.geometry, "is_valid"))


class _Tags(HTMLParser):
    """Collects the elements that a browser would make of a text, and what it would show."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.shown = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.shown += data


def test_descriptions_show_the_words_of_a_theatre_letter_for_letter(
    small: Extract, hostile_name: str, tmp_path: Path
) -> None:
    """Google Earth runs descriptions as HTML: only our own table is in them, and `<b>` of a name is shown as it is."""
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    theatre = small.timeline.theatre
    changes = {"title": attack, "attribution": attack, "licence": attack}
    hostile = replace(theatre, settings=theatre.settings.model_copy(update=changes))
    write("kml", replace(small, timeline=Timeline(hostile)), tmp_path / "small.kml")
    root = ET.parse(tmp_path / "small.kml").getroot()  # noqa: S314 (our own file)
    document = root.find(f"{KML}Document")
    assert document is not None
    about = _Tags(document.findtext(f"{KML}description") or "")
    assert (about.tags, about.shown.count(attack)) == (set(), 3)
    marks = list(root.iter(f"{KML}Placemark"))
    balloons = [_Tags(mark.findtext(f"{KML}description") or "") for mark in marks]
    assert set().union(*(balloon.tags for balloon in balloons)) == {"h3", "table", "tr", "th", "td"}
    assert any(balloon.shown.startswith(hostile_name) for balloon in balloons)
    # without a balloon of their own, styles would show names and data as HTML
    assert {style.findtext(f"{KML}BalloonStyle/{KML}text") for style in root.iter(f"{KML}Style")} == {"$[description]"}
    values = {value.text for mark in marks for value in mark.iter(f"{KML}value")}
    assert not any("&lt;" in (value or "") for value in values)
