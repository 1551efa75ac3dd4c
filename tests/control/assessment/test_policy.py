from __future__ import annotations

from pathlib import Path

import pytest

from control.assessment.policy import BALANCED, POLICIES, PolicyError, load_policy


def test_the_balanced_file_says_what_the_code_says() -> None:
    assert load_policy("balanced") == BALANCED


@pytest.mark.parametrize("path", sorted(POLICIES.glob("*.toml")), ids=lambda p: p.stem)
def test_every_policy_loads_and_differs(path: Path) -> None:
    policy = load_policy(path.stem)
    assert policy.name == path.stem
    assert path.stem == "balanced" or policy != BALANCED


def test_a_policy_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("hazard = 0.01\n[grades]\nA = 0.5\n")
    policy = load_policy(str(file))
    assert (policy.name, policy.hazard, policy.grades["A"], policy.grades["B"]) == ("mine", 0.01, 0.5, 0.88)


@pytest.mark.parametrize(
    ("content", "wrong"),
    [("hazrad = 1", "hazrad"), ("hazard = -1", "hazard"), ("[grades]\nZ = 1", "grades"), ("=", "not TOML")],
)
def test_faults_are_named(tmp_path: Path, content: str, wrong: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(content)
    with pytest.raises(PolicyError, match=wrong):
        load_policy(str(file))


def test_an_unknown_policy_names_the_known_ones() -> None:
    with pytest.raises(PolicyError, match="balanced"):
        load_policy("lenient")
