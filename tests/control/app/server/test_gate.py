"""The gate: who may open a connection, how much may wait, and what browsers are told."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any

import pytest

from control.app.server import gate
from control.app.server.gate import FRAMES, MOST_FILES, MOST_WAITING, Gate, is_own


def scope(kind: str = "http", path: str = "/", method: str = "GET", **headers: str) -> dict[str, Any]:
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": kind, "path": path, "method": method, "headers": lines}


def ask(request: dict[str, Any]) -> list[dict[str, Any]]:
    """Send a request through a gate before an app that answers `inside`."""
    sent: list[dict[str, Any]] = []

    async def inside(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"Content-Type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b"inside"})

    async def send(message: Any) -> None:
        sent.append(dict(message))

    async def receive() -> dict[str, Any]:
        return {"type": "http.request"}

    with ThreadPoolExecutor(
        1
    ) as thread:  # a browser test of the same process may have left its event loop running in ours
        thread.submit(lambda: asyncio.run(Gate(inside)(request, receive, send))).result()
    return sent


@pytest.mark.parametrize(
    ("origin", "host", "expected"),
    [
        (None, "map.example", True),
        ("https://map.example", "map.example", True),
        ("https://MAP.example", "map.example", True),
        ("http://localhost:3000", "map.example", True),
        ("https://friend.example", "map.example", True),
        ("https://evil.example", "map.example", False),
        ("https://map.example.evil.example", "map.example", False),
        ("https://map.example:444", "map.example", False),
        ("null", "map.example", False),
        ("http://[", "map.example", False),
    ],
)
def test_a_websocket_is_opened_by_our_own_pages(origin: str | None, host: str, expected: bool) -> None:
    headers = {"host": host} | ({"origin": origin} if origin else {})
    assert is_own(headers, {"localhost", "127.0.0.1", "friend.example"}) is expected


def test_a_foreign_websocket_is_closed_before_the_app_hears_of_it() -> None:
    assert ask(scope("websocket", origin="https://evil.example", host="map.example")) == [
        {"type": "websocket.close", "code": 1008, "reason": "opened by a page of another site"}
    ]


def test_every_answer_says_how_it_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FRAMES, "https://blog.example; script-src *\r\nX: y")
    start, body = ask(scope())
    assert body["body"] == b"inside"
    assert dict(start["headers"]) == {
        b"Content-Type": b"text/plain",
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"strict-origin-when-cross-origin",
        b"content-security-policy": b"frame-ancestors 'self' https://blog.example script-src * X: y",
    }


def test_metrics_are_closed() -> None:
    assert ask(scope(path="/_stcore/metrics"))[0]["status"] == 404
    assert ask(scope(path="/base/_stcore/metrics"))[0]["status"] == 404


def test_files_that_nothing_reads_do_not_pile_up(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = SimpleNamespace(data=b"x"), SimpleNamespace(data=bytes(MOST_WAITING))
    waiting: dict[str, dict[str, Any]] = {"full": {str(n): small for n in range(MOST_FILES)}, "other": {"1": small}}
    manager = SimpleNamespace(uploaded_file_mgr=SimpleNamespace(file_storage=waiting))
    monkeypatch.setattr(gate, "runtime", SimpleNamespace(get_instance=lambda: manager))

    def status(session: str) -> int:
        return int(ask(scope(path=f"/_stcore/upload_file/{session}/abc", method="PUT"))[0]["status"])

    assert [status(session) for session in ("full", "other", "new")] == [429, 200, 200]
    waiting["other"]["2"] = large
    assert [status(session) for session in ("other", "new")] == [503, 503]
