"""Colours that can be seen, and nothing but colours."""

from __future__ import annotations

from control.app.widgets.colours import GREY, colour_on_dark, safe_colour


def test_only_a_colour_is_a_colour() -> None:
    assert safe_colour("#12aBcd") == "#12aBcd"
    for text in ("red", "#12345", "#1234567", "url(x)", '#12345"', ""):
        assert safe_colour(text) == GREY


def test_a_dark_colour_is_lightened_on_a_dark_page() -> None:
    assert colour_on_dark("#32353d") == "#989a9e"
    assert colour_on_dark("#f4af05") == "#f4af05"
    assert colour_on_dark("javascript:1") == GREY
