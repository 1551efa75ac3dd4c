"""Files of what is shown: one date with one click; any format and range in a dialog that makes them while one watches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import streamlit as st

from control.app.export_request import ExportRequest, fault_of, make
from control.app.session_state import session
from control.app.widgets.download_button import download_button
from control.app.widgets.keys import widget_key
from control.assessment.timeline import Timeline
from control.export.errors import ExportError
from control.export.extract import Progress, Step
from control.export.formats import FORMATS, Format
from control.markup import escape_markdown, safe_file_name
from control.record.date_words import long_date
from control.record.theatre import SpanError
from control.snapshot import Layer
from control.territory.ground import Grounds
from control.upload.turns import Turns

STEPS: dict[str, Step] = {"month": "month", "two weeks": 14, "week": 7, "day": 1}
USUAL, RANGE = "gpkg", "A range of dates"
_turns = Turns()  # one file at a time: GDAL's settings are shared, and other visitors want the processor as well


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
    with st.container(horizontal=True, gap="small", key=widget_key("downloads")):
        label = f"Download {long_date(day)} as GeoJSON"
        download_button(
            label,
            geojson,
            f"{name}_{day}.geojson",
            "application/geo+json",
            key=widget_key("downloads", "geojson"),
            width="stretch",
        )
        if st.button("More formats", key=widget_key("downloads", "more")):
            _forget()
            _show_dialog(timeline, grounds, day, compare, name)


def _forget() -> None:
    """Let go of a file that nobody looks at any more."""
    del session.ready_files


@st.dialog("Download", on_dismiss=_forget)
def _show_dialog(timeline: Timeline, grounds: Grounds, day: date, compare: date | None, name: str) -> None:
    request = _choose(timeline, day, compare)
    known = f"as known on {long_date(timeline.known_on)}" if timeline.known_on else "from all that is known"
    st.caption(
        f"Policy {escape_markdown(timeline.policy.name)}, {known}. The file says so itself, and can be verified."
    )
    if fault := fault_of(request, timeline, grounds):
        st.caption(f":material/block: {escape_markdown(fault)}")
    if st.button("Make the file", type="primary", disabled=bool(fault), key=widget_key("downloads", "make")):
        _forget()
        bar = st.progress(0.0, text="Beginning ...")
        try:
            with _turns.turn(lambda ahead: _say_ahead(bar, ahead)):
                session.ready_files = request, make(request, timeline, grounds, name, _shown_on(bar))
        except (ExportError, SpanError, OSError) as error:
            st.error(escape_markdown(str(error)))
        bar.empty()
    done, files = session.ready_files or (None, ())
    if done == request:
        for number, file in enumerate(files):
            label = f"Download {file.name} ({file.size})"
            download_button(
                label, file.content, file.name, file.mime, key=widget_key("downloads", "made", number), width="stretch"
            )


def _choose(timeline: Timeline, day: date, compare: date | None) -> ExportRequest:
    form = st.selectbox(
        "Format",
        list(FORMATS),
        index=list(FORMATS).index(USUAL),
        format_func=_title,
        key=widget_key("downloads", "format"),
    )
    kind = FORMATS[form]
    st.caption(f"For {escape_markdown(kind.about)}.")
    since, until = _choose_dates(timeline, kind, day, compare)
    layers = _choose_layers(kind)
    every: Step = "month"
    if since < until and kind.stepped and (kind.frames or set(layers) - {Layer.PLACES}):
        label = "A picture every" if kind.frames else "The ground anew every"
        usual = kind.usual_step(since, until)
        # another key for another proposal: what was proposed for another range is no choice
        key = widget_key("downloads", "every", str(usual))
        every = STEPS[st.selectbox(label, list(STEPS), index=list(STEPS.values()).index(usual), key=key)]
    return ExportRequest(form, since, until, every, layers)


def _choose_dates(timeline: Timeline, kind: Format, day: date, compare: date | None) -> tuple[date, date]:
    """Let a visitor choose one date or a range where the format can hold either."""
    settings = timeline.theatre.settings
    if not kind.dated:
        return settings.start, settings.last_day
    one = f"Only {long_date(day)}"
    if kind.one_date and kind.series:
        chosen = st.segmented_control(
            "Dates", [one, RANGE], default=one, required=True, key=widget_key("downloads", "dates")
        )
    else:
        chosen = one if kind.one_date else RANGE
    if chosen == one:
        return day, day
    first, second = sorted((day, compare)) if compare else (settings.start, day)
    columns = st.columns(2, gap="small")
    since, until = (
        column.date_input(
            label,
            value,
            min_value=settings.start,
            max_value=settings.last_day,
            format="YYYY-MM-DD",
            key=widget_key("downloads", "day", label),
        )
        for column, label, value in zip(columns, ("First day", "Last day"), (first, second), strict=True)
    )
    return since, until


def _choose_layers(kind: Format) -> tuple[Layer, ...]:
    if not kind.chosen or len(kind.layers) == 1:
        return kind.usual
    if kind.several:
        wanted = st.pills(
            "Layers",
            list(kind.layers),
            selection_mode="multi",
            default=list(kind.usual),
            key=widget_key("downloads", "layers", kind.name),
        )
        return tuple(layer for layer in kind.layers if layer in wanted)
    return (
        st.pills(
            "Layer", list(kind.layers), default=kind.usual[0], required=True, key=widget_key("downloads", "layer")
        ),
    )


def _title(form: str) -> str:
    return FORMATS[form].title


def _say_ahead(bar: st.delta_generator.DeltaGenerator, ahead: int) -> None:
    bar.progress(0.0, text=f"{ahead} other file{' is' if ahead == 1 else 's are'} made first ...")


def _shown_on(bar: st.delta_generator.DeltaGenerator) -> Progress:
    def hand_out(days: Sequence[date]) -> Iterator[date]:
        for number, day in enumerate(days, start=1):
            bar.progress((number - 1) / len(days), text=f"{long_date(day)}: {number} of {len(days)}")
            yield day
        bar.progress(1.0, text="Packing ...")

    return hand_out
