"""Visits that are over: what they left in memory goes, whether or not another visitor comes.

Streamlit keeps a session for a while after its window has closed, in case a lost connection comes back, and looks for those
that have waited too long only when somebody else leaves. On a quiet server that may be days.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

AWAY = "CONTROLMAP_AWAY_SECONDS"
"""Environment variable: how long a session waits for its window."""

AWAY_SECONDS = 300
"""So long without the variable. `server.disconnectedSessionTTL` must be longer, or nobody clears up."""

SWEEP_SECONDS = 30

_seen: set[str] = set()
_away_since: dict[str, float] = {}


def note_session() -> None:
    """Remember the session that this answer is for."""
    context = get_script_run_ctx()
    if context is not None:
        _seen.add(context.session_id)


async def sweep_for_ever() -> None:
    """Close sessions without a window again and again. It runs on the server's event loop, as closing demands."""
    patience = float(os.environ.get(AWAY) or AWAY_SECONDS)
    while True:
        await asyncio.sleep(min(SWEEP_SECONDS, patience))
        server = runtime.get_instance()
        for session in overdue(server.is_active_session, time.monotonic(), patience):
            server.close_session(session)
        server.media_file_mgr.remove_orphaned_files()


def overdue(is_active: Callable[[str], bool], now: float, patience: float = AWAY_SECONDS) -> list[str]:
    """Return the sessions whose windows are gone for too long, and forget them.

    Parameters
    ----------
    is_active
        Whether a session has a window at this moment.
    now
        Seconds of a clock that never goes back.
    patience
        Seconds that a session waits for its window.
    """
    for session in sorted(_seen):
        if is_active(session):
            _away_since.pop(session, None)
        else:
            _away_since.setdefault(session, now)
    over = [session for session, since in _away_since.items() if now - since >= patience]
    for session in over:
        _seen.discard(session)
        del _away_since[session]
    return over
