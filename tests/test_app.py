"""The app without a browser: Streamlit's own test harness runs the script and reads what it shows."""

from __future__ import annotations

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def shown(app: AppTest) -> str:
    assert not app.exception
    return "\n".join(element.value for element in (*app.markdown, *app.caption))


def test_it_opens_in_autumn_2017(app: AppTest) -> None:
    text = shown(app.run())
    assert "October 2017" in text or "November 2017" in text
    assert "rows rejected" in text
    assert not app.error


def test_a_link_opens_its_date_and_place(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-20"
    app.query_params["place"] = "174448"
    text = shown(app.run())
    assert "20 November 2017" in text
    assert "Albu Kamal" in text
    assert "Syrian government" in text
    assert "2017\\-11\\-19" in text


@pytest.mark.parametrize(
    ("date", "complaint"), [("2021-01-01", "2013\\-01\\-01 to 2019\\-12\\-31"), ("<script>", "is not a day")]
)
def test_a_bad_date_is_an_error_that_helps(app: AppTest, date: str, complaint: str) -> None:
    app.query_params["date"] = date
    app.query_params["place"] = "<img src=x>"
    shown(app.run())
    assert complaint in app.error[0].value


def test_search_finds_odd_spellings_and_explains_failures(app: AppTest) -> None:
    app.run()
    app.text_input(key="search").input("Rakka").run()
    assert "Raqqa" in shown(app)
    app.text_input(key="search").input("Timbuktu").run()
    assert "Timbuktu" in app.error[0].value


def test_as_known_on_leaves_hindsight_out(app: AppTest) -> None:
    """On the day after Rawa fell the press had said so; on the eve nobody could."""
    app.query_params["date"] = "2017-11-18"
    app.query_params["place"] = "92004"
    text = shown(app.run())
    assert "Iraqi government; nearest confirmation" in text
    app.date_input(key="known_on").set_value(date(2017, 11, 16)).run()
    text = shown(app)
    assert "Islamic State \\(ISIL\\); nearest confirmation" in text
    assert "reports were published by then" in text


def test_a_change_leads_to_its_date_and_place(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-20"
    app.run()
    rawa = next(button for button in app.button if "Rawa" in button.label)
    rawa.click().run()
    text = shown(app)
    assert "17 November 2017" in text
    assert "##### Rawa" in text
