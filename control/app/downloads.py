"""Files of what is shown: one date with one click; any format and range in a dialog that makes them while one watches."""

from __future__ import annotations

import mimetypes
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import streamlit as st

from control.export.errors import ExportError
from control.export.extract import Extract, Progress, Step
from control.export.formats import FORMATS, Format, write
from control.export.readers import sidecar
from control.ground import Grounds
from control.markup import escape_markdown, safe_file_name
from control.snapshot import Layer
from control.theatre import SpanError
from control.timeline import Timeline
from control.words import long_date

MOST_STEPS = 250
"""So many pictures, or states of the ground, are made for one visitor; the command line knows no such limit."""
MOST_BYTES = 200_000_000
STEPS: dict[str, Step] = {"month": "month", "two weeks": 14, "week": 7, "day": 1}
USUAL, RANGE = "gpkg", "A range of dates"
WAIT_S = 0.5
_turn = Lock()  # one file at a time: GDAL's settings are shared, and other visitors want the processor as well


@dataclass(frozen=True, slots=True)
class Made:
    """A file that is ready."""

    name: str
    content: bytes

    @property
    def mime(self) -> str:
        """Its media type, for the browser."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def size(self) -> str:
        """How large it is, for a reader."""
        kilobytes = len(self.content) / 1000
        return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{max(1, round(kilobytes))} kB"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor wants a file of."""

    form: str
    since: date
    until: date
    every: Step
    layers: tuple[Layer, ...]


def show_downloads(
    timeline: Timeline, grounds: Grounds, day: date, compare: date | None, geojson: str, name: str = ""
) -> None:
    """Offer what is shown as a file.

    Parameters
    ----------
    timeline, grounds
        What is shown, as known and weighed there.
    day, compare
        The date of the map, and that it is compared with.
    geojson
        The file of the date, made already: a click never waits for a rerun.
    name
        What files are called, by default the id of the theatre.
    """
    name = safe_file_name(name or timeline.theatre.settings.id)
    with st.container(horizontal=True, gap="small", key="downloads"):
        st.download_button(
            f"Download {long_date(day)} as GeoJSON",
            geojson,
            file_name=f"{name}_{day}.geojson",
            mime="application/geo+json",
            on_click="ignore",
            width="stretch",
        )
        if st.button("More formats", key="more_formats"):
            _forget()
            _show_dialog(timeline, grounds, day, compare, name)


def _forget() -> None:
    """Let go of a file that nobody looks at any more."""
    st.session_state.pop("made", None)


@st.dialog("Download", on_dismiss=_forget)
def _show_dialog(timeline: Timeline, grounds: Grounds, day: date, compare: date | None, name: str) -> None:
    wish = _choose(timeline, day, compare)
    known = f"as known on {long_date(timeline.known_on)}" if timeline.known_on else "from all that is known"
    st.caption(
        f"Policy {escape_markdown(timeline.policy.name)}, {known}. The file says so itself, and can be verified."
    )
    if fault := fault_of(wish, timeline, grounds):
        st.caption(f":material/block: {escape_markdown(fault)}")
    if st.button("Make the file", type="primary", disabled=bool(fault), key="make"):
        _forget()
        bar = st.progress(0.0, text="Beginning ...")
        try:
            while not _turn.acquire(timeout=WAIT_S):
                bar.progress(0.0, text="Somebody else's file is being made; yours comes next ...")
            try:
                st.session_state["made"] = wish, make(wish, timeline, grounds, name, _shown_on(bar))
            finally:
                _turn.release()
        except (ExportError, SpanError, OSError) as error:
            st.error(escape_markdown(str(error)))
        bar.empty()
    done, files = st.session_state.get("made", (None, ()))
    if done == wish:
        for number, file in enumerate(files):
            st.download_button(
                f"Download {file.name} ({file.size})", file.content, file.name, file.mime, key=f"made-{number}",
                on_click="ignore", width="stretch",
            )  # fmt: skip


def _choose(timeline: Timeline, day: date, compare: date | None) -> Wish:
    form = st.selectbox("Format", list(FORMATS), index=list(FORMATS).index(USUAL), format_func=_title, key="format")
    kind = FORMATS[form]
    st.caption(f"For {escape_markdown(kind.about)}.")
    since, until = _choose_dates(timeline, kind, day, compare)
    layers = _choose_layers(kind)
    every: Step = "month"
    if since < until and kind.stepped and (kind.frames or set(layers) - {Layer.PLACES}):
        label = "A picture every" if kind.frames else "The ground anew every"
        every = STEPS[st.selectbox(label, list(STEPS), key="every")]
    return Wish(form, since, until, every, layers)


def _choose_dates(timeline: Timeline, kind: Format, day: date, compare: date | None) -> tuple[date, date]:
    """Let a visitor choose one date or a range where the format can hold either."""
    settings = timeline.theatre.settings
    if not kind.dated:
        return settings.start, settings.last_day
    one = f"Only {long_date(day)}"
    if kind.one_date and kind.series:
        chosen = st.segmented_control("Dates", [one, RANGE], default=one, required=True, key="dates")
    else:
        chosen = one if kind.one_date else RANGE
    if chosen == one:
        return day, day
    first, second = sorted((day, compare)) if compare else (settings.start, day)
    columns = st.columns(2, gap="small")
    since, until = (
        column.date_input(
            label, value, min_value=settings.start, max_value=settings.last_day, format="YYYY-MM-DD", key=label
        )
        for column, label, value in zip(columns, ("First day", "Last day"), (first, second), strict=True)
    )
    return since, until


def _choose_layers(kind: Format) -> tuple[Layer, ...]:
    if not kind.chosen or len(kind.layers) == 1:
        return kind.usual
    if kind.several:
        wanted = st.pills(
            "Layers", list(kind.layers), selection_mode="multi", default=list(kind.usual), key=f"layers-{kind.name}"
        )
        return tuple(layer for layer in kind.layers if layer in wanted)
    return (st.pills("Layer", list(kind.layers), default=kind.usual[0], required=True, key="layer"),)


def _title(form: str) -> str:
    return FORMATS[form].title


def fault_of(wish: Wish, timeline: Timeline, grounds: Grounds) -> str | None:
    """Say why a file cannot be made; `None` when it can."""
    kind = FORMATS[wish.form]
    if not wish.layers:
        return "Choose at least one layer."
    if wish.since > wish.until:
        return "The first day comes after the last."
    if wish.since == wish.until and not kind.one_date:
        return "Choose a range: first and last day are the same."
    if not kind.stepped or not (kind.frames or set(wish.layers) - {Layer.PLACES}):
        return None
    steps = len(_extract(wish, timeline, grounds).days)
    if steps > MOST_STEPS:
        what = "pictures" if kind.frames else "states of the ground"
        return (
            f"{steps} {what} are more than {MOST_STEPS}: choose a shorter range or longer steps, or the command line."
        )
    return None


def make(wish: Wish, timeline: Timeline, grounds: Grounds, name: str, progress: Progress = iter) -> tuple[Made, ...]:
    """Write the file, and what belongs beside it.

    Raises
    ------
    ExportError
        When the format cannot hold what is wished for, or the file is too large.
    """
    kind = FORMATS[wish.form]
    with tempfile.TemporaryDirectory(prefix="controlmap-") as folder:
        file = Path(folder) / file_name(wish, name)
        write(wish.form, _extract(wish, timeline, grounds, progress), file)
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise ExportError(
                f"The file has {size / 1e6:.0f} MB, more than is sent to a browser; use the command line."
            )
        files = (file, sidecar(file)) if kind.table else (file,)
        return tuple(Made(f.name, f.read_bytes()) for f in files)


def file_name(wish: Wish, name: str) -> str:
    """Name a file by theatre, dates and, where several formats end alike and its ending does not say it, format."""
    kind = FORMATS[wish.form]
    alike = Counter(other.suffix for other in FORMATS.values())[kind.suffix] > 1 and kind.name != kind.suffix[1:]
    dates = f"{wish.since}" if wish.since == wish.until else f"{wish.since}_{wish.until}"
    return (
        "_".join([name, *([dates] if kind.dated else []), *([kind.name] if alike or not kind.dated else [])])
        + kind.suffix
    )


def _extract(wish: Wish, timeline: Timeline, grounds: Grounds, progress: Progress = iter) -> Extract:
    return Extract(timeline, wish.since, wish.until, wish.every, wish.layers, grounds, progress)


def _shown_on(bar: st.delta_generator.DeltaGenerator) -> Progress:
    def hand_out(days: Sequence[date]) -> Iterator[date]:
        for number, day in enumerate(days, start=1):
            bar.progress((number - 1) / len(days), text=f"{long_date(day)}: {number} of {len(days)}")
            yield day
        bar.progress(1.0, text="Packing ...")

    return hand_out
