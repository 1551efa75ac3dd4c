"""The weights and thresholds an assessment is made with."""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from control.assessment.nodes import ChainRates
from control.record.model import Claim
from geo.errors import UserError

GRADE_WEIGHTS = {"A": 0.95, "B": 0.88, "C": 0.75, "D": 0.55, "E": 0.35, "F": 0.60}
"""P(claim true) by Admiralty reliability of the source; F is `cannot be judged`, not `worst`."""

CREDIBILITY_FACTORS = {1: 1.03, 2: 1.0, 3: 0.9, 4: 0.6, 5: 0.3, 6: 1.0}
"""Factor by Admiralty credibility of the report."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How claims are weighed.

    Attributes
    ----------
    own_side_factor
        For a claim that favours the side its source is aligned with.
    against_interest
        Least weight of a claim that speaks against that side.
    least_weight
        Claims weaker than this count for nothing; they are shown as discarded.
    hazard
        Rate, per day, at which a holder is forgotten: after 1 / hazard days (1,400) 63 % of what was known is gone.
    silence_days
        A report that names another holder than the one before counts for more than the silence between them: 63 % more
        after so many days, in the end twice; 0 for never.
    loser_days
        How long before a report the loser that it names is taken to have held a place, where nothing else says so.
    neighbours
        Power to which is taken what its neighbours say of a place, before its own odds are multiplied with it; 0: each
        place is judged by its own reports alone.
    other_loser
        How well a side fits as the loser that a report does not name, against the one it names.
    left_behind
        How probable a side still is, against others, where it is reported to have left.
    group_days
        Claims that one side took a place within so many days are one event.
    least_probability
        With less for anybody a place is unknown.
    contested_margin, evidence_days
        A place is contested while the two best are so near to each other, and both had evidence in so many days before.
    contested_days
        How long a report of fighting keeps a place contested when nothing follows.
    settled_within_days
        Fighting that a gain follows within so many days goes on until then.
    besieged_days
        How long a report of a siege keeps a place besieged when nothing follows.
    siege_silence_days
        A siege is over when so many days after its last report those inside are reported without it.
    mention_days
        How long after a report of presence, of an unconfirmed claim or of a dispute it is told beside the holder.
    settling_weight
        A claim that gives a divided place to one side counts for that when it is at least so heavy.
    look_back_days
        How long before the first report of a place the holder that it names is taken to have held it.
    """

    name: str = "balanced"
    grades: Mapping[str, float] = field(default_factory=lambda: GRADE_WEIGHTS)
    credibilities: Mapping[int, float] = field(default_factory=lambda: CREDIBILITY_FACTORS)
    own_side_factor: float = 0.8
    against_interest: float = 0.95
    least_weight: float = 0.0
    hazard: float = 0.00071
    silence_days: int = 120
    loser_days: int = 56
    neighbours: float = 0.0
    other_loser: float = 0.05
    left_behind: float = 0.1
    group_days: int = 10
    least_probability: float = 0.5
    contested_margin: float = 0.25
    evidence_days: int = 30
    contested_days: int = 30
    settled_within_days: int = 14
    besieged_days: int = 365
    siege_silence_days: int = 42
    settling_weight: float = 0.5
    mention_days: int = 60
    look_back_days: int = 180

    def weight(self, claim: Claim) -> float:
        """P(claim true), 0-0.99: grade x credibility x place match, corrected for the source's own side."""
        weight = self.grades[claim.source.grade] * self.credibilities[claim.credibility] * claim.place_score
        side = claim.source.aligned_with
        if side:
            if side == claim.actor:
                weight *= self.own_side_factor
            elif side == claim.loser and claim.event.meaning.move:
                weight = max(weight, self.against_interest)
        return min(0.99, weight)

    def combined(self, claims: Iterable[Claim]) -> float:
        """P(at least one of several agreeing claims true); repeats of one source family count half each time."""
        repeats: dict[str, int] = defaultdict(int)
        doubt = 1.0
        for claim in sorted(claims, key=lambda c: (-self.weight(c), c.id)):
            doubt *= 1 - self.weight(claim) * 0.5 ** repeats[claim.source.family]
            repeats[claim.source.family] += 1
        return min(0.99, 1 - doubt)

    @property
    def rates(self) -> ChainRates:
        """The numbers of the chain."""
        return ChainRates(self.hazard, self.other_loser, self.left_behind, self.silence_days, self.loser_days)


BALANCED = Policy()

POLICIES = Path(__file__).parent / "policies"
"""The policies that come with the program, one TOML file each."""

Share = Annotated[float, Field(ge=0, le=1)]
Days = Annotated[int, Field(ge=0, le=3650)]


class PolicyError(UserError, ValueError):
    """A policy that cannot be read; the message lists every fault."""


class _PolicyFile(BaseModel):
    """What a policy file may hold; every key is optional."""

    model_config = ConfigDict(extra="forbid")

    grades: dict[Literal["A", "B", "C", "D", "E", "F"], Share] = {}
    credibilities: dict[Literal["1", "2", "3", "4", "5", "6"], Annotated[float, Field(ge=0, le=2)]] = {}
    own_side_factor: Share = BALANCED.own_side_factor
    against_interest: Share = BALANCED.against_interest
    least_weight: Share = BALANCED.least_weight
    hazard: Annotated[float, Field(gt=0, le=1)] = BALANCED.hazard
    silence_days: Days = BALANCED.silence_days
    loser_days: Days = BALANCED.loser_days
    neighbours: Share = BALANCED.neighbours
    other_loser: Annotated[float, Field(gt=0, le=1)] = BALANCED.other_loser
    left_behind: Annotated[float, Field(gt=0, le=1)] = BALANCED.left_behind
    group_days: Days = BALANCED.group_days
    least_probability: Share = BALANCED.least_probability
    contested_margin: Share = BALANCED.contested_margin
    evidence_days: Days = BALANCED.evidence_days
    contested_days: Days = BALANCED.contested_days
    settled_within_days: Days = BALANCED.settled_within_days
    besieged_days: Days = BALANCED.besieged_days
    siege_silence_days: Days = BALANCED.siege_silence_days
    settling_weight: Share = BALANCED.settling_weight
    mention_days: Days = BALANCED.mention_days
    look_back_days: Days = BALANCED.look_back_days


def load_policy(name: str) -> Policy:
    """Read a policy by the name of one that comes with the program, or from a file of one's own.

    Raises
    ------
    PolicyError
        When there is none of that name, or the file has faults; all are listed.
    """
    known = bundled_policies()
    path = POLICIES / f"{name}.toml" if name in known else Path(name)
    try:
        content = _PolicyFile.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError:
        raise PolicyError(f"no policy {name!r}; name one of {', '.join(known)}, or a TOML file") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path.name}: not TOML: {error}") from None
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise PolicyError(f"{path.name}: {faults}; see control/assessment/policies/balanced.toml") from None
    return _policy_of(path.stem, content)


def bundled_policies() -> list[str]:
    """Return the names of the policies that come with the program."""
    return sorted(path.stem for path in POLICIES.glob("*.toml"))


def policy_from_weights(weights: Mapping[str, Any]) -> Policy:
    """Return the policy that a file of ours describes; nothing is looked up by its name.

    Raises
    ------
    PolicyError
        When these are no weights, or not all of them.
    """
    try:
        content = _PolicyFile.model_validate({key: value for key, value in weights.items() if key != "name"})
        policy = _policy_of(str(weights["name"]), content)
        if json.loads(json.dumps(asdict(policy))) != weights:
            raise ValueError("some are missing, or are no numbers")
    except (ValidationError, ValueError, KeyError) as error:
        reason = "; ".join(e["msg"] for e in error.errors()[:3]) if isinstance(error, ValidationError) else str(error)
        raise PolicyError(f"the weights cannot be read ({reason})") from None
    return policy


def _policy_of(name: str, content: _PolicyFile) -> Policy:
    values = content.model_dump()
    values["grades"] = {**GRADE_WEIGHTS, **content.grades}
    values["credibilities"] = CREDIBILITY_FACTORS | {int(k): v for k, v in content.credibilities.items()}
    return Policy(name=name, **values)
