from __future__ import annotations

import pytest

from control.markup import escape_markdown, safe_file_name, safe_link


@pytest.mark.parametrize("text", ["<b>x</b>", "[a](javascript:x)", "`x`", "$$x$$", ":red[x]", "# x", "a*b*"])
def test_markdown_is_shown_as_written(text: str) -> None:
    escaped = escape_markdown(text)
    assert escaped.replace("\\", "") == text
    assert escaped != text


def test_direction_marks_and_line_breaks_become_blanks() -> None:
    assert escape_markdown("a\u202eb\nc") == "a b c"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//x.org", "http://", "https://x.org/<script>", "http://[x", "x"]
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert safe_link("label", url) == "label"


def test_a_link_is_found_in_a_citation() -> None:
    assert safe_link("x", "English Wikipedia, X, https://x.org/X") == "[x](<https://x.org/X>)"


def test_a_link_keeps_its_address() -> None:
    assert safe_link("a]b", "https://x.org/a_(b)") == r"[a\]b](<https://x.org/a_%28b%29>)"


@pytest.mark.parametrize(("text", "name"), [("../../etc/passwd", "etc-passwd"), ("", "file"), ("a" * 200, "a" * 80)])
def test_file_names(text: str, name: str) -> None:
    assert safe_file_name(text) == name
