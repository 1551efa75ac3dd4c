from __future__ import annotations

from collections.abc import Callable

from control.audit import audit_sources
from control.timeline import Timeline
from tests.conftest import report


def test_who_was_first_and_what_hangs_on_whom(timeline_of: Callable[..., Timeline]) -> None:
    """The daily told of Alpha first; the rumour was contradicted by the wire; without the wire Beta would be unknown."""
    timeline = timeline_of(
        report("2017-03-01", "captured", "Red Army", source="daily", published="2017-03-02"),
        report("2017-03-01", "captured", "Red Army", source="wire", published="2017-03-05"),
        report("2017-03-01", "captured", "Green Party", source="rumour", published="2017-03-09"),
        report("2017-05-01", "captured", "Blue Front", "Red Army", source="wire", place="Beta"),
    )
    audits = {audit.source.id: audit for audit in audit_sources(timeline)}
    assert {key: (a.claims, a.first, a.contradicted) for key, a in audits.items()} == {
        "wire": (2, 0, 0),
        "daily": (1, 1, 0),
        "rumour": (1, 0, 1),
    }
    assert [flip.place_id for flip in audits["wire"].flips] == ["2"]
    assert audits["rumour"].flips == ()
