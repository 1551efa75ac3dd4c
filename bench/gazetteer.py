"""Score toponym resolvers on documented spellings: baselines and ours side by side.

    python bench/gazetteer.py [--frozen] [--errors] [--left-out] [--theatre seeds/iraq-syria] [--cut-offs]

Right: the first answer lies within 15 km of the place meant. A place is in the data when the gazetteer has one of the same
class (settlement, quarter, site) within 3 km of it. Names that must get no answer: words, persons, organisations, places
elsewhere; areas must not get a town. In brackets: wrong answers whose own coordinate is marked as approximate, and that lie
within 15 km and that radius.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anyascii import anyascii
from rapidfuzz import fuzz, process

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.record.theatre import load_theatre  # noqa: E402
from geo import gazetteer as module  # noqa: E402
from geo import lexicon  # noqa: E402
from geo.evidence import Evidence  # noqa: E402
from geo.gazetteer import Gazetteer, PlaceError  # noqa: E402
from geo.lexicon import Lexicon  # noqa: E402
from geo.place import LonLat, Place, PlaceKind  # noqa: E402

RIGHT_KM, IN_DATA_KM = 15, 3
Resolver = Callable[[str, str], Place | None]


@dataclass
class Score:
    """Counts of one resolver."""

    rows: int = 0
    in_data: int = 0
    right: int = 0
    wrong: int = 0
    vague: int = 0
    none_rows: int = 0
    abstained: int = 0
    errors: list[str] = field(default_factory=list)

    def line(self) -> str:
        """Format the shares and counts as a row of the table."""
        return (
            f"{self.right / self.in_data:7.1%} {self.right:5d}/{self.in_data:<5d} "
            f"{self.wrong / self.rows:7.1%} {self.wrong:5d}/{self.rows:<5d} ({self.vague:2d}) "
            f"{self.abstained / self.none_rows:7.1%} {self.abstained:4d}/{self.none_rows}"
        )


def read_rows(*files: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in files:
        with (ROOT / "tests" / "data" / name).open(encoding="utf-8", newline="") as file:
            rows += csv.DictReader(file)
    return rows


def score(rows: list[dict[str, str]], gazetteer: Gazetteer, resolver: Resolver) -> Score:
    """Count right and wrong answers and abstentions."""
    result = Score()
    spots = [(p.position, _class(p.kind)) for p in gazetteer.places if not p.kind.is_area]
    for row in rows:
        answer = resolver(row["name"], row["hint"])
        shown = f"{row['name']} ({row['hint']})" if row["hint"] else row["name"]
        result.rows += 1
        if row["category"] in {"none", "other_theatre"}:
            result.none_rows += 1
            result.abstained += answer is None
            result.wrong += answer is not None
            if answer is not None:
                result.errors.append(f"must get none: {shown} -> {answer.name} ({answer.kind}, {answer.admin})")
            continue
        if row["category"] == "area":
            wrong_kind = answer is not None and not answer.kind.is_area
            result.wrong += wrong_kind
            if wrong_kind and answer:
                result.errors.append(f"area: {shown} -> {answer.name} ({answer.kind}, {answer.admin})")
            continue
        meant = LonLat(float(row["lon"]), float(row["lat"]))
        wanted = _class(PlaceKind(row["kind"]))
        known = any(kind == wanted and meant.distance_km(spot) <= IN_DATA_KM for spot, kind in spots)
        right = answer is not None and not answer.kind.is_area and answer.position.distance_km(meant) <= RIGHT_KM
        result.in_data += known
        result.right += known and right
        result.wrong += answer is not None and not right
        if answer is not None and not right and not answer.kind.is_area:
            result.vague += answer.position.distance_km(meant) <= RIGHT_KM + (answer.radius_km or 0)
        if (known and not right) or (answer is not None and not right):
            told = f"{answer.name} ({answer.kind}, {answer.admin})" if answer else "no answer"
            result.errors.append(f"{'' if known else 'absent '}{row['category']}: {shown} -> {told}")
    return result


def _class(kind: PlaceKind) -> str:
    """Settlement, part of one, or site: a place of another class near by is not the place meant."""
    if kind in {PlaceKind.QUARTER, PlaceKind.CAMP}:
        return "quarter"
    return "settlement" if kind is PlaceKind.TOWN else "site"


def baselines(gazetteer: Gazetteer) -> dict[str, Resolver]:
    """Build the resolvers that people write first."""
    spellings: dict[str, Place] = {}
    for place in gazetteer.places:
        for text in (place.name, *(n.text for n in place.names)):
            spellings.setdefault(text.casefold(), place)
    plain = {anyascii(text).casefold(): place for text, place in spellings.items()}

    def exact(name: str, _: str) -> Place | None:
        return spellings.get(name.casefold())

    def wratio(name: str, _: str) -> Place | None:
        best = process.extractOne(name.casefold(), list(spellings), scorer=fuzz.WRatio)
        return spellings[best[0]] if best else None

    def ratio(name: str, _: str) -> Place | None:
        best = process.extractOne(anyascii(name).casefold(), list(plain), scorer=fuzz.ratio, score_cutoff=80)
        return plain[best[0]] if best else None

    return {"exact": exact, "WRatio, no cut-off": wratio, "anyascii + ratio >= 80": ratio}


def ours(gazetteer: Gazetteer) -> Resolver:
    """`Gazetteer.find`, with the hint in brackets as in reports."""

    def resolve(name: str, hint: str) -> Place | None:
        try:
            return gazetteer.find(f"{name} ({hint})" if hint else name).place
        except PlaceError:
            return None

    return resolve


def ablations(rows: list[dict[str, str]], gazetteer: Gazetteer) -> None:
    """Print what each part buys: ours without it."""

    def line(title: str) -> None:
        print(f"{title:44} {score(rows, gazetteer, ours(gazetteer)).line()}")

    named = Lexicon.named

    def only(*steps: str) -> None:
        def filtered(self: Lexicon, *args: Any, **options: Any) -> Iterator[Evidence]:
            return (e for e in named(self, *args, **options) if e.step in steps)

        Lexicon.named = filtered  # type: ignore[method-assign]

    only("spelling")
    line("spelling only (anyascii, articles, marks)")
    only("spelling", "sound")
    line("and sound")
    Lexicon.named = named  # type: ignore[method-assign]
    line("and guesses: all of it")
    weighted = lexicon.likeness
    lexicon.likeness = lambda a, b, **_: fuzz.ratio(a, b) / 100  # type: ignore[assignment]
    line("guesses by rapidfuzz's ratio of the sounds")
    lexicon.likeness = weighted
    read = module.readings
    module.readings = lambda name: read(name)[:1]  # type: ignore[assignment]
    line("without words of kind")
    module.readings = read
    word = module.is_english_word
    module.is_english_word = lambda _: False  # type: ignore[assignment]
    line("without English words")
    module.is_english_word = word
    elsewhere = gazetteer.__dict__.pop("_elsewhere", None)
    gazetteer.__dict__["_elsewhere"] = frozenset()
    line("without places elsewhere")
    if elsewhere is not None:
        gazetteer.__dict__["_elsewhere"] = elsewhere


def calibration(rows: list[dict[str, str]], gazetteer: Gazetteer) -> None:
    """Print how often answers of a score are right, within 15 km and the stated radius."""
    answers: list[tuple[float, bool]] = []
    for row in rows:
        try:
            match = gazetteer.find(f"{row['name']} ({row['hint']})" if row["hint"] else row["name"])
        except PlaceError:
            continue
        right = row["category"] == "area" and match.place.kind.is_area
        if row["lon"] and row["category"] != "other_theatre" and not match.place.kind.is_area:
            away = match.place.position.distance_km(LonLat(float(row["lon"]), float(row["lat"])))
            right = away <= RIGHT_KM + (match.place.radius_km or 0)
        answers.append((match.score, right))
    print("score      answers  mean score   right")
    for low, high in ((0.8, 0.85), (0.85, 0.9), (0.9, 0.95), (0.95, 1.01)):
        binned = [(given, right) for given, right in answers if low <= given < high]
        if binned:
            mean, share = (sum(column) / len(binned) for column in zip(*binned, strict=True))
            print(f"{low:.2f}-{min(high, 1):.2f} {len(binned):8d} {mean:11.2f} {share:7.1%}")


def left_out(gazetteer: Gazetteer) -> None:
    """Print what is answered for places that are not in the data: each is left out in turn, and asked by its names."""
    evidence = Lexicon._evidence
    without = ""

    def others(self: Lexicon, row: int, *args: Any) -> Iterator[Evidence]:
        return iter(()) if self._places[self._owner[row]].id == without else evidence(self, row, *args)

    Lexicon._evidence = others  # type: ignore[method-assign]
    asked, far = 0, Counter[str]()
    for place in gazetteer.places:
        if place.kind.is_area:
            continue
        without = place.id
        for name in sorted({place.name, *(name.text for name in place.names)}):
            asked += 1
            try:
                match = gazetteer.find(name, country=place.country)
            except PlaceError:
                continue
            allowed = RIGHT_KM + (match.place.radius_km or 0) + (place.radius_km or 0)
            if match.place.position.distance_km(place.position) > allowed:
                far["namesakes" if match.candidates[0].exact else "only alike, or in another romanisation"] += 1
    Lexicon._evidence = evidence  # type: ignore[method-assign]
    print(f"places left out in turn, {asked} names: answered with a place more than {RIGHT_KM} km away")
    for what, count in sorted(far.items()):
        print(f"  {what}: {count} ({count / asked:.1%})")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--theatre", type=Path, default=ROOT / "seeds" / "iraq-syria")
    parser.add_argument("--frozen", action="store_true", help="score the frozen third; its errors are never listed")
    parser.add_argument("--errors", action="store_true", help="list our errors on the open two thirds")
    parser.add_argument("--cut-offs", action="store_true", help="score other cut-offs")
    parser.add_argument("--calibration", action="store_true", help="how often answers of a score are right")
    parser.add_argument("--left-out", action="store_true", help="what is answered for places that are not in the data")
    parser.add_argument("--ablations", action="store_true", help="score ours without each of its parts")
    options = parser.parse_args()
    gazetteer = load_theatre(options.theatre).gazetteer
    if options.left_out:
        left_out(gazetteer)
        return
    sets = {"open two thirds": read_rows("toponyms.csv")}
    if options.frozen:
        sets["frozen third"] = read_rows("toponyms_frozen.csv")
    for title, rows in sets.items():
        print(f"\n{title}: {len(rows)} names, {len(gazetteer)} places")
        print(f"{'':26} {'top-1 within 15 km':>19} {'wrong answers':>24} {'abstain where due':>17}")
        for name, resolver in {**baselines(gazetteer), "ours": ours(gazetteer)}.items():
            started = time.perf_counter()
            result = score(rows, gazetteer, resolver)
            spent = (time.perf_counter() - started) / len(rows) * 1000
            print(f"{name:26} {result.line()}  {spent:6.2f} ms a name")
            if name == "ours" and options.errors and title != "frozen third":
                print("\n".join(f"  {error}" for error in result.errors))
        if options.calibration:
            calibration(rows, gazetteer)
        if options.ablations:
            ablations(rows, gazetteer)
        if options.cut_offs:
            chosen = module.CUT_OFF
            for cut_off in (0.8, 0.82, 0.84, 0.86, 0.88, 0.9):
                module.CUT_OFF = cut_off
                print(f"{'  cut-off ' + str(cut_off):26} {score(rows, gazetteer, ours(gazetteer)).line()}")
            module.CUT_OFF = chosen


if __name__ == "__main__":
    main()
