"""Pictures: what is on them, and that names stay apart."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.export.pictures.basemap import Projection
from control.export.pictures.date_picture import draw_date
from control.export.pictures.drawing import Dot, Text, printable, text_width, wrapped
from control.export.pictures.frames import LAST_MS
from control.export.pictures.labels import LabelRequest, place_labels
from control.export.provenance import png_chunks
from geo.terrain import Terrain

SVG = "{http://www.w3.org/2000/svg}"


def on(extract: Extract, day: date) -> Extract:
    return replace(extract, since=day, until=day)


def written(form: str, extract: Extract, folder: Path) -> bytes:
    file = folder / f"a.{form}"
    write(form, extract, file)
    return file.read_bytes()


@pytest.fixture
def summer(small: Extract) -> Extract:
    """Alpha is Red's, and so is the place beside it."""
    return on(small, date(2017, 6, 1))


def test_png(summer: Extract, tmp_path: Path) -> None:
    content = written("png", summer, tmp_path)
    image = Image.open(io.BytesIO(content))
    image.load()
    assert image.width == 2400
    assert {kind for kind, _ in png_chunks(content)} <= {b"IHDR", b"tEXt", b"pHYs", b"IDAT", b"IEND"}  # no tIME
    assert written("png", summer, tmp_path) == content


def test_red_ground_is_red(summer: Extract, tmp_path: Path) -> None:
    """Ten kilometres north of Alpha the map has the colour of Red's ground: #aa0000 over the land."""
    drawing = draw_date(summer)
    image = Image.open(io.BytesIO(written("png", summer, tmp_path))).convert("RGB")
    (alpha, *_) = [item for item in drawing.inside if isinstance(item, Dot) and item.radius == 5.5]
    red, green, blue = image.getpixel((round(alpha.x * 2), round((alpha.y - 20) * 2)))  # type: ignore[misc]
    assert red > 190
    assert 60 < green < 90  # .68 of none and .32 of the land's 247 are 79
    assert 60 < blue < 90


def test_svg_keeps_text_as_text(summer: Extract, tmp_path: Path) -> None:
    root = ET.fromstring(written("svg", summer, tmp_path))  # noqa: S314 (our own file)
    texts = [t.text or "" for t in root.iter(f"{SVG}text")]
    assert "1 June 2017" in texts
    assert "Alpha" in texts
    assert any(summer.id in text for text in texts)
    assert any("policy balanced" in text for text in texts)
    assert not list(root.iter(f"{SVG}script"))


def test_names_stay_apart(one_day: Extract) -> None:
    """No name lies over another one, on the busiest map we have; and the largest cities are named."""
    drawing = draw_date(one_day)
    texts = [item for item in drawing.inside if isinstance(item, Text) and item.halo]
    boxes = []
    for text in texts:
        width = text_width(text.text, text.size, text.bold, text.spacing)
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        boxes.append((left, text.y - text.size * 0.75, left + width, text.y))
    for number, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert not (left < other[2] and other[0] < right and top < other[3] and other[1] < bottom)
    assert {"Baghdad", "Aleppo", "Mosul", "Damascus", "Raqqa", "Deir ez-Zor"} <= {text.text for text in texts}


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(0, 200), st.booleans()), max_size=25),
)
def test_labels_never_overlap_and_stay_on_the_map(spots: list[tuple[float, float, bool]]) -> None:
    projection = Projection(Terrain("", None), 0, 0, 300, 200, 0, 0, 1)  # type: ignore[arg-type]
    asked = [LabelRequest(f"Place {n}", x, y, 4, 12, bold) for n, (x, y, bold) in enumerate(spots)]
    dots = [(w.x - 5, w.y - 5, w.x + 5, w.y + 5) for w in asked]
    boxes = []
    for text in place_labels(asked, dots, projection, []):
        width = text_width(text.text, text.size, text.bold)
        left = text.x - {"start": 0.0, "middle": width / 2, "end": width}[text.anchor]
        boxes.append((left, text.y - 9, left + width, text.y))
        assert left >= 0
        assert left + width <= 300
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3])


def test_text_that_the_font_lacks_is_written_in_ascii() -> None:
    assert printable("الموصل").isascii()
    assert printable("Şanlıurfa – Kobanê") == "Şanlıurfa – Kobanê"


@given(st.text("abc ", max_size=80), st.floats(30, 200))
def test_wrapped_lines_keep_every_word(text: str, width: float) -> None:
    lines = wrapped(text, 12, width)
    assert " ".join(lines).split() == text.split()
    assert all(text_width(line, 12) <= width or " " not in line for line in lines)


def test_animation(small: Extract, tmp_path: Path) -> None:
    """Three months: three frames, the last one shown longer; frames differ when Alpha changes hands."""
    autumn = replace(small, since=date(2017, 8, 1), until=date(2017, 10, 31))
    content = written("gif", autumn, tmp_path)
    image = Image.open(io.BytesIO(content))
    assert image.n_frames == 3
    assert image.info["loop"] == 0
    frames = []
    for number in range(3):
        image.seek(number)
        frames.append(image.convert("RGB").tobytes())
    assert image.info["duration"] == LAST_MS
    assert len(set(frames)) == 3
    assert read_provenance(tmp_path / "a.gif").id == autumn.id
    assert written("gif", autumn, tmp_path) == content


@pytest.mark.parametrize(("form", "suffix"), [("png", ".png"), ("svg", ".svg")])
def test_a_picture_shows_one_date(small: Extract, form: str, suffix: str, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="give --date"):
        write(form, small, tmp_path / f"a{suffix}")


def test_an_animation_shows_a_range(summer: Extract, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="--since and --until"):
        write("gif", summer, tmp_path / "a.gif")
