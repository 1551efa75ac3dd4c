"""The app without a browser: Streamlit's own test harness runs the script and reads what it shows."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from control.app.widgets.keys import widget_key
from control.assessment.audit import all_contradictions
from control.assessment.likelihood import percent
from control.assessment.then_and_now import then_and_now
from control.export.formats import FORMATS
from control.record.report_counts import count_reports
from control.words.assessments import describe_contradiction
from control.words.then_and_now import agreement_words
from tests.conftest import ROOT
from tests.theatres import theatre_of, timeline_of


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.chdir(ROOT)
    return AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=60)


def plain(markdown: str) -> str:
    """Markdown without its escapes."""
    return re.sub(r"\\(.)", r"\1", markdown)


def shown(app: AppTest) -> str:
    """Everything that the app says: Markdown without escapes, HTML without tags."""
    assert not app.exception
    written = [re.sub(r"<[^>]*>", "", html.unescape(element.proto.body)) for element in app.get("html")]
    return "\n".join([plain(element.value) for element in (*app.markdown, *app.caption)] + written)


def test_it_opens_in_autumn_2017(app: AppTest) -> None:
    text = shown(app.run())
    assert "October 2017" in text or "November 2017" in text
    # what was set aside is told of at once, not in a tab
    theatre = theatre_of("iraq-syria")
    counts = count_reports(theatre)
    assert counts.used == len(theatre.claims) + len(theatre.area_claims) > 900
    assert counts.set_aside == len(theatre.waiting) > 0
    assert f"{counts} (the tab About says why)" in text
    assert "Policy **balanced**" in text
    assert not app.error
    assert not app.warning


def test_an_area_that_is_searched_for_has_a_card_of_its_own(app: AppTest) -> None:
    """A place that is pointed at afterwards takes its place."""
    app.query_params["date"] = "2017-09-25"
    app.run()
    app.text_input(key=widget_key("search")).set_value("Anbar province").run()
    text = shown(app)
    assert "Anbar Governorate" in text
    assert "Reports of the area as a whole" in text
    app.text_input(key=widget_key("search")).set_value("Ana").run()
    text = shown(app)
    assert "Reports of the area as a whole" not in text
    assert "of the area around it" in text


def test_a_link_opens_its_date_and_place(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-20"
    app.query_params["place"] = "174448"
    text = shown(app.run())
    assert "20 November 2017" in text
    assert "Albu Kamal" in text
    assert "Syrian government" in text
    assert "19 November 2017" in text


def test_a_link_opens_everything_else_too(app: AppTest) -> None:
    app.query_params["policy"] = "strict"
    app.query_params["known_on"] = "2017-12-01"
    app.query_params["compare"] = "2015-06-01"
    app.query_params["center"] = "40,35"
    app.query_params["zoom"] = "7"
    app.query_params["hidden"] = "isil"
    text = shown(app.run())
    assert "Policy **strict**: Only what is well supported" in text
    assert "As known on 1 December 2017" in text
    assert app.date_input(key="compare_field").value == date(2015, 6, 1)
    assert app.session_state["goto"]["view"] == {"center": (35.0, 40.0), "zoom": 7.0}
    assert app.session_state["goto"]["hidden"] == ["isil"]
    assert not app.warning


@pytest.mark.parametrize(
    ("key", "value", "note"),
    [
        (
            "date",
            "2021-01-01",
            "The date 1 January 2021 is outside this map (1 January 2013 to 31 December 2019). Showing ",
        ),
        ("date", "<script>", "The date is not a day of the calendar"),
        ("place", "<img src=x>", "The place in the link is not on this map"),
        ("policy", "[x](javascript:1)", "There is no policy of that name, only balanced, strict, claims-only"),
        ("theatre", "../../etc", "There is no map of that name; the maps are iraq-syria"),
        ("zoom", "9e999", "Where the map looks: center must be longitude"),
        ("<img>", "x", "1 parameter is not a setting and was ignored."),
    ],
)
def test_what_a_link_names_in_vain_is_told_and_never_repeated(app: AppTest, key: str, value: str, note: str) -> None:
    app.query_params[key] = value
    text = shown(app.run())
    assert [note in plain(warning.value) for warning in app.warning] == [True]
    if not value[0].isalnum():
        assert value not in text + app.warning[0].value
    assert "20 October 2017" in text


def test_another_theatre_begins_with_its_own_opening(app: AppTest) -> None:
    """Date, place, comparison and what was known stay behind; the policy weighs any theatre alike."""
    for key, value in {"date": "2017-11-18", "place": "92004", "known_on": "2018-01-01", "policy": "strict"}.items():
        app.query_params[key] = value
    app.query_params["compare"] = "2015-06-01"
    app.run()
    chooser = app.selectbox(key="theatre_choice")
    assert (chooser.value, chooser.options) == ("iraq-syria", ["Iraq and Syria 2013-2019", "Ukraine 2022-2024"])
    text = shown(chooser.select("ukraine").run())
    assert "12 November 2022" in text
    assert "Rawa" not in text
    assert "Policy **strict**" in text
    assert app.date_input(key="known_on").value is None
    assert app.session_state["compare"] is None
    assert not app.warning
    app.text_input(key="search").input("Херсон").run()
    assert "Kherson" in shown(app)
    text = shown(app.selectbox(key="theatre_choice").select("iraq-syria").run())
    assert "20 October 2017" in text
    assert "Kherson" not in text


def test_a_link_opens_its_theatre(app: AppTest) -> None:
    app.query_params["theatre"] = "ukraine"
    text = shown(app.run())
    assert app.selectbox(key="theatre_choice").value == "ukraine"
    assert "12 November 2022" in text


def test_files_are_offered_in_every_format(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-10"
    app.query_params["compare"] = "2015-06-01"
    app.run()
    assert not [box for box in app.selectbox if box.key == "format"]
    text = shown(app.button(key=widget_key("downloads", "more")).click().run())
    assert app.selectbox(key=widget_key("downloads", "format")).options == [kind.title for kind in FORMATS.values()]
    assert "For QGIS, ArcGIS: layers with colours and time." in text
    assert "from all that is known. The file says so itself" in text


def test_a_link_proposes_a_background_and_the_reader_decides(app: AppTest) -> None:
    """Nothing is fetched before the reader agrees; then the address of the view names the background."""
    app.query_params["background"] = "online"
    app.run()
    assert "has not been asked for" in app.info[0].value
    assert app.toggle(key="online").value is False
    assert not app.warning
    next(button for button in app.button if button.label == "Show it").click()
    app.run()
    assert app.toggle(key="online").value is True
    assert not app.info
    app.toggle(key="online").set_value(False).run()
    assert not app.info


def test_a_proposed_background_can_be_left_out(app: AppTest) -> None:
    app.query_params["background"] = "online"
    app.run()
    next(button for button in app.button if button.label == "Leave it out").click()
    app.run()
    assert app.toggle(key="online").value is False
    assert not app.info


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
    assert "Iraqi government (last reported as its holder 1 day earlier)" in text
    app.date_input(key="known_on").set_value(date(2017, 11, 16)).run()
    text = shown(app)
    assert "Islamic State (ISIL) (last reported as its holder" in text
    assert "reports had been published by then" in text


def test_another_policy_weighs_anew(app: AppTest) -> None:
    """Under `claims-only` belief fades within months: long after the last report Palmyra is less certain."""
    app.query_params["date"] = "2019-12-31"
    app.query_params["place"] = "163808"
    before = shown(app.run())
    app.selectbox(key="policy").select("claims-only").run()
    after = shown(app)
    assert "Policy **claims-only**" in after
    odds = [re.search(r"Probability: .*", text) for text in (before, after)]
    assert odds[0] is not None
    assert odds[1] is not None
    assert odds[0].group() != odds[1].group()


def test_a_change_leads_to_its_date_and_place(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-20"
    app.run()
    rawa = next(button for button in app.button if "Rawa" in button.label)
    rawa.click().run()
    text = shown(app)
    assert "17 November 2017" in text
    assert "Rawa over time" in text


def test_who_points_at_nothing_is_offered_the_last_changes(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-20"
    text = shown(app.run())
    assert "Click a town on the map, or find it above" in text
    offered = [
        plain(button.label) for button in app.button if (button.key or "").startswith(widget_key("change", "welcome"))
    ]
    assert offered[0] == "**19 November 2017** Albu Kamal: contested, ISIL → Syria govt"
    assert len(offered) == 5
    app.button(key=widget_key("change", "welcome", "2017-11-19", "174448")).click().run()
    text = shown(app)
    assert "19 November 2017" in text
    assert "Albu Kamal over time" in text
    assert "Click a town" not in text


def test_two_dates_are_compared(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-10"
    app.session_state["tab"] = "Compare"
    app.run()
    app.date_input(key="compare_field").set_value(date(2015, 6, 1)).run()
    text = shown(app)
    assert "From **1 June 2015** to **10 November 2017**" in text
    assert "gained" in text
    assert "ISIL → Iraq govt" in text


def test_policies_stand_side_by_side_when_somebody_asks(app: AppTest) -> None:
    app.session_state["tab"] = "Compare"
    assert "claims-only" not in shown(app.run())
    app.toggle(key="policies_compared").set_value(True).run()
    text = shown(app)
    assert "balanced and" in text
    assert re.search(r"claims-only\d+\.\d %\d+\.\d %\d\.\d\d", text)
    assert re.search(r"they name different holders of \d+ places", text)


def test_the_tab_about_says_which_reports_others_contradict(app: AppTest) -> None:
    """Each with who says what instead, and how many there are."""
    app.session_state["tab"] = "About"
    text = shown(app.run())
    contradictions = all_contradictions(timeline_of("iraq-syria"))
    assert contradictions
    labels = [expander.label for expander in app.expander]
    assert f"Reports that others contradict ({len(contradictions)})" in labels
    for found in contradictions:
        assert describe_contradiction(theatre_of("iraq-syria"), found) in text
        assert all(denier.source.title in text for denier in found.by)


def test_a_view_is_cited(app: AppTest) -> None:
    app.query_params["date"] = "2017-11-10"
    app.query_params["policy"] = "strict"
    app.session_state["tab"] = "Cite"
    shown(app.run())
    link, text, bibtex = (element.value for element in app.code)
    assert link.endswith("?theatre=iraq-syria&date=2017-11-10&policy=strict")
    assert "who held what on 10 November 2017" in text
    assert "policy strict" in text
    assert bibtex.startswith("@misc{controlmap-iraq-syria-2017-11-10,")


def test_figures_are_drawn_only_when_somebody_looks(app: AppTest) -> None:
    app.run()
    assert not app.get("vega_lite_chart")
    app.session_state["tab"] = "Charts"
    text = shown(app.run())
    assert len(app.get("vega_lite_chart")) == 1
    assert "Ground within 25 km of the places held, km²" in text


def test_what_was_known_stands_beside_what_is_when_somebody_asks(app: AppTest) -> None:
    """Mosul on the day it fell: the figures of the command line, and none before the reader asks for them."""
    day = date(2014, 6, 10)
    timeline = timeline_of("iraq-syria")
    mosul = timeline.theatre.gazetteer.find("Mosul").place.id
    app.query_params["date"], app.query_params["place"] = day.isoformat(), mosul
    assert "Known now" not in shown(app.run())
    text = shown(app.toggle(key=widget_key("then_and_now")).set_value(True).run())
    found = then_and_now(timeline, mosul, day)
    assert found.then == timeline.assess(mosul, day, known_on=day)
    assert agreement_words(timeline.theatre, found) == "They disagree: Iraqi government then; Islamic State (ISIL) now."
    assert agreement_words(timeline.theatre, found) in text
    for cell in (
        "Known on 10 June 2014",
        "Known now",
        percent(found.then.probability or 0),
        percent(found.now.probability or 0),
    ):
        assert cell in text
    assert re.search(rf"Reports\s*{found.then_reports}\s*{found.now_reports}\s", text)
