"""A film, opened with the library that players use."""

from __future__ import annotations

import builtins
import json
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.export.pictures.frames import FRAME_MS, LAST_MS
from control.export.pictures.map_layout import MapLayout
from control.export.provenance import ProvenanceError

av = pytest.importorskip("av", reason="PyAV comes with the extra [video]")


@pytest.fixture
def autumn(small: Extract) -> Extract:
    """August to October 2017: Alpha passes from Red to Blue on 1 September."""
    return replace(small, since=date(2017, 8, 1), until=date(2017, 10, 31))


@pytest.fixture
def film(autumn: Extract, tmp_path: Path) -> Path:
    write("mp4", autumn, tmp_path / "a.mp4")
    return tmp_path / "a.mp4"


def test_it_plays_everywhere(film: Path) -> None:
    """H.264 with halved colour in a box whose index comes first; a picture a month, the last one for longer."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width % 2, stream.height % 2) == (0, 0)
        assert "creation_time" not in {**container.metadata, **stream.metadata}
        seconds = float(container.duration / av.time_base)
    assert seconds == pytest.approx((2 * FRAME_MS + LAST_MS) / 1000)
    content = film.read_bytes()
    assert content[4:8] == b"ftyp"
    assert 0 < content.find(b"moov") < content.find(b"mdat")


def test_pictures_show_who_held_what(film: Path, autumn: Extract) -> None:
    """Twenty pixels above Alpha the ground is Red's in August and Blue's in October."""
    x, y = MapLayout(autumn, 1280).spots["1"]
    with av.open(str(film)) as container:
        colours = [frame.to_ndarray(format="rgb24")[round(y) - 20, round(x)] for frame in container.decode(video=0)]
    (red, _, other), (other_then, _, blue) = colours[0].tolist(), colours[2].tolist()
    assert red > other + 60
    assert blue > other_then + 60


def test_where_it_comes_from(film: Path, autumn: Extract) -> None:
    said = read_provenance(film)
    assert (said.id, said.form) == (autumn.id, "mp4")
    assert {"av", "libavcodec", "pillow"} <= set(said.libraries)


def test_a_film_of_others(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"\0\0\0\x18ftypisom")
    with pytest.raises(ProvenanceError, match=r"a\.mp4: no film"):
        read_provenance(tmp_path / "a.mp4")


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="needs ffprobe")
def test_ffprobe(film: Path) -> None:
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_streams", str(film)]
    streams = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["streams"]
    assert [(s["codec_name"], s["pix_fmt"], s["color_space"]) for s in streams] == [("h264", "yuv420p", "bt709")]


def test_without_the_extra_one_learns_what_is_missing(
    autumn: Extract, film: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "control.export.pictures.video":
            raise ModuleNotFoundError("No module named 'av'", name="av")
        return imported(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExportError, match=r"pip install -e '\.\[video\]'"):
        write("mp4", autumn, tmp_path / "b.mp4")
    with pytest.raises(ProvenanceError, match=r"\[video\]"):
        read_provenance(film)
    assert not (tmp_path / "b.mp4").exists()
