from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.markup import Html, csv_cell, escape_markdown, safe_file_name, safe_link


@pytest.mark.parametrize("text", ["<b>x</b>", "[a](javascript:x)", "`x`", "$$x$$", ":red[x]", "# x", "a*b*"])
def test_markdown_is_shown_as_written(text: str) -> None:
    escaped = escape_markdown(text)
    assert escaped.replace("\\", "") == text
    assert escaped != text


def test_direction_marks_and_line_breaks_become_blanks() -> None:
    assert escape_markdown("a\u202eb\nc") == "a b c"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//x.org",
        "http://",
        "https://x.org/<script>",
        "http://[x",
        "x",
        "https://bbc.example@evil.test/",
        "https://a:b@evil.test",
    ],
)
def test_only_web_addresses_become_links(url: str) -> None:
    assert safe_link("label", url) == "label"


def test_a_link_is_found_in_a_citation() -> None:
    assert safe_link("x", "English Wikipedia, X, https://x.org/X") == "[x](<https://x.org/X>)"


def test_a_link_keeps_its_address() -> None:
    assert safe_link("a]b", "https://x.org/a_(b)") == r"[a\]b](<https://x.org/a_%28b%29>)"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("../../etc/passwd", "etc-passwd"), ("", "file"), ("...", "file"), ("a" * 200, "a" * 80),
        ("الرقة", "الرقة"), ("دير الزور / 2017", "دير-الزور-2017"), ("Kobanî", "Kobanî"), ("Kobani\u0302", "Kobanî"),
        ("Київ: облога", "Київ-облога"), ("東京\u202egpj.exe", "東京-gpj-exe"), ("हिन्दी", "हिन्दी"), ("CON", "file-CON"),
        ("lpt1", "file-lpt1"), ("console", "console"), ("a\x00b\nc", "a-b-c"), ("東" * 200, "東" * 60),
    ],
)  # fmt: skip
def test_file_names_keep_their_script_and_nothing_else(text: str, name: str) -> None:
    """Letters, digits and the marks on them stay; paths, endings, direction marks and devices' names do not."""
    assert safe_file_name(text) == name


@given(st.text())
def test_any_text_becomes_a_name_that_every_file_system_takes(text: str) -> None:
    name = safe_file_name(text)
    assert 0 < len(name.encode()) <= 190
    assert not set(name) & set('/\\:*?"<>|. \0')


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('-20"', "'-20\""),
        ("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "-5"), ("-5 men", "'-5 men"),
        ("x;=1+1;y", "x;'=1+1;y"), ('x;"=1+1"', "x;\"'=1+1\""), ("x\t@SUM(A1)", "x\t'@SUM(A1)"), ("x\n+1+1", "x\n'+1+1"),
        ("x|-2+3|y", "x|'-2+3|y"), ("x;\uff1d1", "x;'\uff1d1"), ("a;-5;b", "a;-5;b"), ("a; b", "a; b"), ("a;b=c", "a;b=c"),
        ("2017-11-01 Wire; 2017-11-02 Daily", "2017-11-01 Wire; 2017-11-02 Daily"), (None, ""), (True, "true"), (-5, -5),
    ],
)  # fmt: skip
def test_no_cell_is_run_as_a_formula(text: object, cell: object) -> None:
    """Neither at its beginning nor behind a mark by which a spreadsheet may part it; numbers and lists stay as they are."""
    assert csv_cell(text) == cell
    assert csv_cell(cell) == cell


def test_gaps_in_html_are_escaped_and_html_is_not() -> None:
    name, bold = 'Qa\'im & "<b>"', Html("<b>{}</b>").format("<i>")
    assert bold == "<b>&lt;i&gt;</b>"
    assert Html("<td>{}</td>{}").format(name, bold) == f"<td>Qa&#x27;im &amp; &quot;&lt;b&gt;&quot;</td>{bold}"
    assert Html(", ").join([name, bold]) == f"Qa&#x27;im &amp; &quot;&lt;b&gt;&quot;, {bold}"
