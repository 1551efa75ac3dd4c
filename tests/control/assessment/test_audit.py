from __future__ import annotations

from collections.abc import Callable

from control.assessment.audit import audit_sources
from control.assessment.timeline import Timeline
from control.export.records import contradiction_to_dict
from control.words.assessments import describe_contradiction
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


SPAN = ("2017-03-01", "captured")


def contradictions_of(timeline: Timeline) -> dict[str, list[tuple[str, str | None, list[str]]]]:
    """Source -> (date, holder it names, sources that deny it) of each report of it that is contradicted."""
    return {
        audit.source.id: [
            (str(c.claim.window), c.claim.actor, [d.source.id for d in c.by]) for c in audit.contradictions
        ]
        for audit in audit_sources(timeline)
        if audit.contradictions
    }


def test_two_that_are_lighter_outweigh_one_together(timeline_of: Callable[..., Timeline]) -> None:
    """The wire (.88) is denied by the daily (.75) and the radio (.75): each is lighter, one of them is right to .94."""
    deniers = [report(*SPAN, "Blue Front", source=source, credibility=2) for source in ("daily", "red-radio")]
    timeline = timeline_of(report(*SPAN, "Green Party", source="wire"), *deniers)
    weights = {c.source.id: timeline.policy.weight(c) for c in timeline.claims["1"]}
    assert max(weights["daily"], weights["red-radio"]) < weights["wire"]
    assert contradictions_of(timeline)["wire"] == [("2017-03-01", "green", ["daily", "red-radio"])]
    assert "wire" not in contradictions_of(timeline_of(report(*SPAN, "Green Party", source="wire"), deniers[0]))


def test_who_repeats_itself_is_one_voice(timeline_of: Callable[..., Timeline]) -> None:
    """Reports of the source's own family never deny it, and a rumour that says it five times does not outweigh the wire."""
    rumours = [report(f"2017-03-0{n}", "holds", "Blue Front", source="rumour", credibility=4) for n in range(1, 6)]
    timeline = timeline_of(report("2017-03-03", "holds", "Red Army", source="wire", credibility=1), *rumours)
    found = contradictions_of(timeline)
    assert "wire" not in found
    assert {denier for _, _, by in found["rumour"] for denier in by} == {"wire"}
    alone = timeline_of(
        report(*SPAN, "Red Army", source="wire"), report("2017-03-02", "holds", "Blue Front", source="wire")
    )
    assert contradictions_of(alone) == {}


def test_a_change_is_no_contradiction(timeline_of: Callable[..., Timeline]) -> None:
    """That it was lost again, that its loser held it till then, or that all was otherwise weeks before or after."""
    timeline = timeline_of(
        report(*SPAN, "Red Army", "Blue Front", source="rumour"),
        report("2017-03-01", "holds", "Blue Front", source="wire"),
        report("2017-03-05", "captured", "Blue Front", "Red Army", source="daily"),
        report("2017-02-01", "holds", "Green Party", source="daily"),
        report("2017-05-01", "holds", "Green Party", source="wire"),
    )
    assert contradictions_of(timeline) == {}


def test_another_holder_within_days_is_one(timeline_of: Callable[..., Timeline]) -> None:
    """The wire says a week later that Green holds it, and names nobody who lost it; the other way round it is no denial."""
    timeline = timeline_of(
        report(*SPAN, "Red Army", source="rumour"), report("2017-03-08", "holds", "Green Party", source="wire")
    )
    (audit,) = [audit for audit in audit_sources(timeline) if audit.contradicted]
    assert audit.source.id == "rumour"
    assert contradiction_to_dict(audit.contradictions[0]) == {
        "place_id": "1", "event_date": "2017-03-01", "actor": "red",
        "by": [{"source": "wire", "title": "Wire", "event_date": "2017-03-08", "actor": "green"}],
    }  # fmt: skip
    assert describe_contradiction(timeline.theatre, audit.contradictions[0]) == (
        "contradicted: Alpha 2017-03-01, Red Army; by Wire (Green Party, 2017-03-08)"
    )
