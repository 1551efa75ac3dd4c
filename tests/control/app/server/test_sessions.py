"""Sessions without a window are closed in time, with what they hold."""

from __future__ import annotations

import tomllib

import pytest

from control.app.server import sessions
from control.app.server.sessions import AWAY_SECONDS, SWEEP_SECONDS, overdue
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _nobody_was_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "_seen", {"a", "b"})
    monkeypatch.setattr(sessions, "_away_since", {})


def test_a_session_goes_when_its_window_has_been_away_for_long() -> None:
    there = {"a", "b"}
    assert overdue(there.__contains__, 0) == []
    there.remove("a")
    assert overdue(there.__contains__, 10) == []
    assert overdue(there.__contains__, 9 + AWAY_SECONDS) == []
    assert overdue(there.__contains__, 10 + AWAY_SECONDS) == ["a"]
    assert overdue(there.__contains__, 99 + AWAY_SECONDS) == []  # once


def test_a_window_that_comes_back_begins_anew() -> None:
    there = {"b"}
    assert overdue(there.__contains__, 0) == []
    there.add("a")
    assert overdue(there.__contains__, AWAY_SECONDS - 1) == []
    there.remove("a")
    assert overdue(there.__contains__, AWAY_SECONDS) == []
    assert overdue(there.__contains__, 2 * AWAY_SECONDS) == ["a"]


def test_streamlit_waits_longer_than_the_sweep() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["disconnectedSessionTTL"] > AWAY_SECONDS + 2 * SWEEP_SECONDS
