"""The map over a range of dates as MP4: H.264, which plays in browsers, in slides and on phones."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from PIL import Image

from control.export.extract import Extract
from control.export.pictures.date_picture import libraries as drawing_libraries
from control.export.pictures.frames import FRAME_MS, LAST_MS, FramePainter
from control.export.pictures.looks import SHEET
from control.export.provenance import Provenance, ProvenanceError, read_json, seal

FORM = "mp4"
WIDTH = 1280
BRIEFLY = {"probesize": "100000", "analyzeduration": "0"}
"""Only the comment is wanted, no picture."""
PACE = Fraction(1000, FRAME_MS)
"""Pictures a second."""
QUALITY = {"crf": "18", "preset": "medium", "tune": "stillimage", "g": "8", "threads": "1", "flags": "+bitexact"}
"""Text stays sharp; a key frame every two seconds, so that one can scrub; one thread, so that the bytes are the same."""
_TO_VIDEO = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT


def write_mp4(extract: Extract, file: Path, width: int = WIDTH) -> None:
    """Draw the map at every step of an extract and write one film, the last picture shown longer.

    The comment of the file holds the provenance; there is no time of writing. Its index comes first, so that a browser
    plays it while it loads.
    """
    days = extract.days
    pictures = _lasting(FramePainter(extract, width).frames(extract.progress(days), days))
    with av.open(str(file), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"}) as film:
        film.metadata["comment"] = extract.provenance(FORM, libraries()).to_json()
        stream = film.add_stream("libx264", rate=PACE, options=QUALITY)
        stream.pix_fmt = "yuv420p"
        context = stream.codec_context
        context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        for number, picture in enumerate(pictures):
            frame = _frame(picture)
            frame.pts, frame.time_base = number, 1 / PACE
            if not number:
                stream.width, stream.height = frame.width, frame.height
            film.mux(stream.encode(frame))
        film.mux(stream.encode(None))
    file.write_bytes(seal(file.read_bytes())[0])


def libraries() -> dict[str, str]:
    """Return the versions of what draws and packs the file."""
    codec = ".".join(map(str, av.library_versions["libavcodec"]))
    return {**drawing_libraries(), "av": av.__version__, "libavcodec": codec}


def read_mp4(file: Path) -> Provenance:
    """Read where a film comes from. Raises `ProvenanceError` when it does not say."""
    try:
        # by its content a file could be a list of others, which would be opened: this one is read as a film alone
        with file.open("rb") as stream, av.open(stream, format="mp4", options=BRIEFLY) as film:
            comment = film.metadata.get("comment", "")
    except (av.FFmpegError, ValueError, OverflowError):
        raise ProvenanceError(f"{file.name}: no film that can be read; export the file anew") from None
    if not comment:
        raise ProvenanceError(
            f"{file.name}: no comment of ours; a program that wrote the film anew may have dropped it"
        )
    return read_json(comment)


def _lasting(pictures: Iterator[Image.Image]) -> Iterator[Image.Image]:
    """Show the last picture as often as it takes to look at it."""
    picture: Image.Image | None = None
    for picture in pictures:
        yield picture
    for _ in range(1, LAST_MS // FRAME_MS):
        if picture is not None:
            yield picture


def _frame(picture: Image.Image) -> av.VideoFrame:
    """Convert a picture to what H.264 takes: sides that halves of colour fit into, a white edge where they do not."""
    width, height = picture.width + picture.width % 2, picture.height + picture.height % 2
    if (width, height) != picture.size:
        even = Image.new("RGB", (width, height), SHEET)
        even.paste(picture)
        picture = even
    frame: av.VideoFrame = av.VideoFrame.from_image(picture)  # type: ignore[no-untyped-call]
    return frame.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, interpolation=_TO_VIDEO)
