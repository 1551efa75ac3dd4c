"""Every policy that comes with the program can be chosen, and says in a sentence what it is."""

from __future__ import annotations

from control.app.choices import policy_summaries
from control.assessment.policy import POLICIES, load_policy


def test_every_shipped_policy_has_a_sentence() -> None:
    summaries = policy_summaries()
    assert list(summaries)[:4] == ["balanced", "strict", "claims-only", "against-interest"]
    assert set(summaries) == {path.stem for path in POLICIES.glob("*.toml")}
    for name, sentence in summaries.items():
        assert load_policy(name).name == name
        assert sentence.endswith(".")
        assert not sentence.startswith("#")
