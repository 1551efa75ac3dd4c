"""A theatre of one's own in the app: shown when it is named, read again when changed, and no traceback for its faults."""

from __future__ import annotations

from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT, ReportRow, report, write_rows

REPORTS = [report("2017-03-01", "captured", "Red Army"), report("2017-04-01", "captured", "Blue Front", place="Beta")]
Open = Callable[..., AppTest]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Open:
    """Open the app as it is started with these words after `--`."""

    def run(*words: str) -> AppTest:
        monkeypatch.setattr("sys.argv", ["streamlit_app.py", *words])
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60).run()
        assert not app.exception
        return app

    return run


def said(app: AppTest, *kinds: str) -> str:
    elements: list[Any] = [element for kind in kinds for element in getattr(app, kind)]
    return unescape(" ".join(str(element.value) for element in elements)).replace("\\", "")


def test_a_named_theatre_is_shown(opened: Open, write_theatre: Callable[..., Path]) -> None:
    app = opened("--theatre", str(write_theatre(REPORTS)))
    assert app.selectbox(key="theatre_choice").options[0] == "Mini"
    assert app.selectbox(key="theatre_choice").value == "mini"
    assert not app.error
    assert not app.warning
    assert not app.info


def test_bad_rows_are_counted_and_named_and_the_good_ones_shown(
    opened: Open, write_theatre: Callable[..., Path]
) -> None:
    bad = [report("2017-05-01", "captured", "<b>Nobody</b>"), report("2017-02-30", "captured", "Red Army")]
    app = opened("--theatre", str(write_theatre([*REPORTS, *bad])))
    assert "2 rows of the tables could not be used; 2 reports are shown." in said(app, "warning")
    listed = said(app, "markdown")
    assert "reports.csv:4: unknown actor" in listed
    assert "reports.csv:5: event_date: impossible date" in listed
    assert all("<b>" not in element.value for element in app.markdown)


def test_a_theatre_without_reports_says_how_to_begin(opened: Open, write_theatre: Callable[..., Path]) -> None:
    app = opened("--theatre", str(write_theatre([])))
    assert "No report yet, so nobody holds anything; expected rows in reports.csv" in said(app, "info")


def test_a_first_day_before_all_reports_is_told(opened: Open, write_theatre: Callable[..., Path]) -> None:
    app = opened("--theatre", str(write_theatre([report("2017-09-01", "captured", "Red Army")])))
    assert "The map opens on 2017-06-01, before the first report" in said(app, "info")


def test_borders_rivers_and_lakes_may_be_missing(opened: Open, write_theatre: Callable[..., Path]) -> None:
    folder = write_theatre(REPORTS)
    (folder / "borders.geojson").unlink()
    app = opened("--theatre", str(folder))
    assert "Borders.geojson marks no country of the theatre" in said(app, "info")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("theatre.toml", "[theatre", "theatre.toml: not TOML"),
        ("reports.csv", "event_date,plaec\n", "reports.csv:1: unknown column 'plaec'"),
        ("borders.geojson", "{}", "borders.geojson: not a GeoJSON FeatureCollection"),
        ("rivers.geojson", "[]", "rivers.geojson: not a GeoJSON FeatureCollection"),
        ("theatre.toml", "[theatre]\nid = " + "9" * 10_000, "theatre.toml: not TOML that can be read"),
        ("elsewhere.csv", "", "elsewhere.csv:1: no column name"),
    ],
)
def test_a_theatre_that_cannot_be_read_is_no_traceback(
    opened: Open, write_theatre: Callable[..., Path], name: str, content: str, told: str
) -> None:
    folder = write_theatre(REPORTS)
    (folder / name).write_text(content, encoding="utf-8")
    app = opened("--theatre", str(folder))
    assert "This theatre cannot be read: mini" in said(app, "error")
    assert told in said(app, "text")
    assert "Who held what, when" in said(app, "markdown"), "the others are shown"
    assert app.session_state["theatre"] == "iraq-syria"


def test_a_folder_in_place_of_the_settings_takes_no_other_theatre_down(
    opened: Open, write_theatre: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three theatres one is broken: the list has the two that can be read, and one of them is shown."""
    broken = write_theatre(REPORTS)
    (broken / "theatre.toml").unlink()
    (broken / "theatre.toml").mkdir()
    monkeypatch.setenv("CONTROLMAP_THEATRES", str(broken.parent))
    app = opened()
    assert "This theatre cannot be read: mini" in said(app, "error")
    assert "theatre.toml: it is a folder" in said(app, "text")
    assert len(app.selectbox(key="theatre_choice").options) == 2


def test_a_file_that_breaks_while_it_is_shown_is_told_and_another_is_shown(
    opened: Open, write_theatre: Callable[..., Path]
) -> None:
    folder = write_theatre(REPORTS)
    app = opened("--theatre", str(folder))
    whole = (folder / "theatre.toml").read_bytes()
    (folder / "theatre.toml").write_text("[theatre")
    app.run()
    assert not app.exception
    assert app.session_state["theatre"] == "iraq-syria"
    (folder / "theatre.toml").write_bytes(whole)
    app.run()
    assert not app.exception
    assert "cannot be read" not in said(app, "error")


def test_a_file_that_is_changed_is_read_again(opened: Open, write_theatre: Callable[..., Path]) -> None:
    folder = write_theatre(REPORTS)
    app = opened("--theatre", str(folder))
    assert "2 reports used: 2 about 2 places" in said(app, "markdown")
    write_rows(
        folder / "reports.csv", ReportRow, [*REPORTS, report("2017-05-01", "captured", "Red Army", place="Gamma")]
    )
    assert "3 reports used: 3 about 3 places" in said(app.run(), "markdown")


def test_what_was_named_in_vain_is_told_and_the_rest_is_shown(opened: Open, tmp_path: Path) -> None:
    app = opened("--theater", "x", "--theatre", str(tmp_path / "nowhere"))
    told = said(app, "error")
    assert "'--theater' says nothing to the app" in told
    assert "there is no such folder" in told
    assert "Who held what, when" in said(app, "markdown")
