"""The session state has one home: every entry has a key of its own there, and nobody else reads Streamlit's."""

from __future__ import annotations

import ast

from streamlit.testing.v1 import AppTest

from control.app.session_state import Entry, SessionState
from tests.conftest import ROOT


def test_only_one_module_reads_the_session_state() -> None:
    readers = {
        path.name
        for path in (ROOT / "control").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "session_state"
    }
    assert readers == {"session_state.py"}


def test_no_two_entries_have_one_key() -> None:
    keys = [entry.key for entry in vars(SessionState).values() if isinstance(entry, Entry)]
    assert len(keys) > 30
    assert len(set(keys)) == len(keys)


def test_an_entry_is_its_default_until_it_is_set_and_after_it_is_forgotten() -> None:
    def script() -> None:
        from control.app.session_state import session

        found = [session.upload_turn]
        session.upload_turn += 2
        found.append(session.upload_turn)
        del session.upload_turn
        del session.upload_turn  # forgetting twice is no fault
        session.tab = str([*found, session.upload_turn])

    app = AppTest.from_function(script).run()
    assert not app.exception
    assert app.session_state[SessionState.tab.key] == "[0, 2, 0]"
