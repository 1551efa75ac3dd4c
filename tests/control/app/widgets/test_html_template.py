"""Templates escape whatever they are filled with, and miss no value in silence."""

from __future__ import annotations

import pytest
from jinja2 import UndefinedError

from control.app.widgets.html_template import TEMPLATES, render_html

HOSTILE = "\"'><img src=x onerror=alert(1)>\u202e"


def test_every_text_is_escaped_and_loses_its_marks() -> None:
    html = render_html("policies.html", policy=HOSTILE, rows=(), day="1 May 2017", count=1, most_names=1,
                       groups=[(HOSTILE, [HOSTILE, "b"])])  # fmt: skip
    assert "<img" not in html
    assert "\u202e" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 3
    assert "and 1 more" in html


def test_a_name_without_a_value_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        render_html("policies.html", policy="mine")


def test_no_template_passes_a_value_unescaped() -> None:
    templates = sorted(TEMPLATES.glob("*.html"))
    assert len(templates) > 3
    for template in templates:
        text = template.read_text(encoding="utf-8")
        assert "safe" not in text, template.name
        assert "autoescape" not in text, template.name
