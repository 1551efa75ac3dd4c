"""Keys of widgets: no two widgets of the app can have the same, whatever they are made of."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from control.app.widgets.keys import widget_key
from tests.conftest import ROOT

PARTS = st.lists(st.text(alphabet="a:%_- \u0627", max_size=4), min_size=1, max_size=4)
WIDGETS = frozenset(
    {
        "button", "checkbox", "color_picker", "date_input", "download_button", "feedback", "file_uploader", "form",
        "form_submit_button", "multiselect", "number_input", "pills", "radio", "segmented_control", "select_slider",
        "selectbox", "slider", "tabs", "text_area", "text_input", "time_input", "toggle",
    }
)  # fmt: skip
"""What Streamlit gives a state of its own, or stops the app for when there are two alike."""

SOURCES = [ROOT / "streamlit_app.py", *sorted((ROOT / "control" / "app").rglob("*.py"))]


@given(PARTS, PARTS)
def test_different_parts_give_different_keys(first: list[str], second: list[str]) -> None:
    assert (widget_key(*first) == widget_key(*second)) == (first == second)


@dataclass(frozen=True)
class Site:
    """A place of the program that makes a key: its parts, `None` where they are known only when it runs."""

    where: str
    parts: tuple[str | None, ...]

    def may_equal(self, other: Site) -> bool:
        alike = zip(self.parts, other.parts, strict=False)
        return len(self.parts) == len(other.parts) and all(None in pair or pair[0] == pair[1] for pair in alike)


@cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def calls(path: Path) -> list[ast.Call]:
    return [node for node in nodes(path) if isinstance(node, ast.Call)]


def states(path: Path) -> list[ast.expr]:
    """Return what stands between the brackets of `state[...]`: there a key is looked up, and none is made."""
    return [node.slice for node in nodes(path) if isinstance(node, ast.Subscript)]


def is_called(call: ast.Call, names: frozenset[str]) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) in names


def sites() -> list[Site]:
    found = []
    for path in SOURCES:
        looked_up = states(path)
        for call in calls(path):
            if is_called(call, frozenset({"widget_key"})) and call not in looked_up:
                assert not any(isinstance(part, ast.Starred) for part in call.args)
                parts = tuple(part.value if isinstance(part, ast.Constant) else None for part in call.args)
                found.append(Site(f"{path.name}:{call.lineno}", tuple(p if p is None else str(p) for p in parts)))
    return found


def test_no_two_places_of_the_app_can_make_the_same_key() -> None:
    found = sites()
    assert len(found) > 30
    assert all(site.parts[0] is not None for site in found)
    clashes = [(a.where, b.where) for a, b in combinations(found, 2) if a.may_equal(b)]
    assert clashes == []


def test_every_widget_and_every_named_container_has_a_key_that_was_made_so() -> None:
    """A key is made where the widget is, or has a name that is used by one widget alone."""
    named: Counter[str] = Counter()
    seen = 0
    for path in SOURCES:
        for call in calls(path):
            key = next((word.value for word in call.keywords if word.arg == "key"), None)
            if not is_called(call, WIDGETS) and not (is_called(call, frozenset({"container"})) and key is not None):
                continue
            where = f"{path.name}:{call.lineno}"
            assert key is not None, f"{where}: a widget without a key"
            seen += 1
            if isinstance(key, ast.Call):
                assert is_called(key, frozenset({"widget_key"})), where
            else:
                assert isinstance(key, ast.Name), f"{where}: a key that is written out"
                if key.id.isupper():  # other names hold what was made, or given, in the same function
                    named[f"{path.name}:{key.id}"] += 1
    assert seen > 30
    assert {name for name, count in named.items() if count > 1} == set()
