"""A citation names what is needed to find the view again, and no text of others can break out of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from control.export.citation import Citation, escape_tex

CITATION = Citation(
    title="Iraq and Syria 2013-2019",
    theatre="iraq-syria",
    day=date(2017, 11, 10),
    known_on=None,
    policy="balanced",
    snapshot="0123456789abcdef",
    url="http://localhost:8501/?theatre=iraq-syria&date=2017-11-10",
    accessed=date(2026, 3, 2),
)


def test_the_text() -> None:
    assert CITATION.text == (
        "Iraq and Syria 2013-2019: who held what on 10 November 2017, as known on the day of access. controlmap, policy "
        "balanced, snapshot 0123456789abcdef. http://localhost:8501/?theatre=iraq-syria&date=2017-11-10 "
        "(accessed 2 March 2026)."
    )
    assert "as known on 3 October 2017" in replace(CITATION, known_on=date(2017, 10, 3)).text


def test_the_bibtex_entry() -> None:
    assert replace(CITATION, known_on=date(2017, 10, 3)).bibtex == (
        "@misc{controlmap-iraq-syria-2017-11-10,\n"
        "  title        = {{Iraq and Syria 2013-2019: who held what on 10 November 2017}},\n"
        "  year         = {2026},\n"
        "  howpublished = {controlmap},\n"
        "  note         = {as known on 2017-10-03; policy balanced; snapshot 0123456789abcdef},\n"
        "  url          = {http://localhost:8501/?theatre=iraq-syria&date=2017-11-10},\n"
        "  urldate      = {2026-03-02}\n"
        "}\n"
    )


def test_tex_prints_every_character() -> None:
    assert escape_tex(r"50 % of {A_1} & #2 \ $x$ ~ ^ \"q\"") == (
        r"50 \% of \textbraceleft{}A\_1\textbraceright{} \& \#2 \textbackslash{} \$x\$ \textasciitilde{} \textasciicircum{} "
        r"\textbackslash{}''q\textbackslash{}''"
    )


@given(title=st.text(max_size=40), policy=st.text(max_size=10), url=st.text(max_size=40))
def test_no_text_breaks_out_of_its_field(title: str, policy: str, url: str) -> None:
    hostile = replace(CITATION, title=title, policy=policy, url=url)
    entry = hostile.bibtex
    depth = [entry[: i + 1].count("{") - entry[: i + 1].count("}") for i in range(len(entry))]  # as BibTeX counts
    assert min(depth) >= 0
    assert depth[-1] == 0
    assert depth.index(0, 6) == len(entry) - 2  # the entry ends where it should, and nowhere before
    assert len(entry.splitlines()) == (8 if url else 7), "without a URL there is no line for it"
    assert len(hostile.text.splitlines()) == 1
