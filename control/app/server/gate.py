"""What stands before the app: who may ask, how much may be left here, and what a browser is told about every answer.

A middleware of ASGI (https://asgi.readthedocs.io), which sees each request before Streamlit does.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Collection, Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit import runtime

from control.upload.sheet import MAX_BYTES

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

FRAMES = "CONTROLMAP_FRAME_ANCESTORS"
"""Environment variable: which other sites may show the app in a frame, as in `frame-ancestors` of the header."""

LOCAL = ("localhost", "127.0.0.1", "::1")
MOST_FILES = 3
"""Files of one session that wait to be read: the app takes each as soon as it is there."""

MOST_WAITING = 10 * MAX_BYTES
"""Bytes of all files that wait to be read, of all sessions together."""

CLOSED = "/_stcore/metrics"
"""Names of functions and numbers of visitors; nobody who reads a map needs them."""

UPLOADS = "/_stcore/upload_file/"


class Gate:
    """Refuses what no visitor of this app asks for, before anything is read or looked up for it.

    Parameters
    ----------
    app
        The application behind the gate.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] == "websocket" and not is_own(_headers(scope), _trusted()):
            # Streamlit would ask a server in the network for the outer address of this machine, to compare the two.
            await send({"type": "websocket.close", "code": 1008, "reason": "opened by a page of another site"})
        elif scope["type"] != "http":
            await self.app(scope, receive, send)
        elif refusal := _refusal(scope):
            await _answer(send, *refusal)
        else:
            await self.app(scope, receive, _telling(send))


def is_own(headers: Mapping[str, str], trusted: Collection[str]) -> bool:
    """Whether a WebSocket was opened by a page of this app.

    Browsers name the page's origin; what names none is no browser.

    Parameters
    ----------
    headers
        Of the request, names in small letters.
    trusted
        Names of hosts whose pages are as good as our own.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        parts = urlsplit(origin)
        name = parts.hostname
    except ValueError:  # a malformed address
        return False
    return parts.netloc.lower() == headers.get("host", "").lower() or name in trusted


def _trusted() -> set[str]:
    """Return the hosts that whoever runs the server has named, beside this machine."""
    named = [*(st.get_option("server.corsAllowedOrigins") or ()), st.get_option("browser.serverAddress") or ""]
    return {*LOCAL, *(urlsplit(name if "//" in name else f"//{name}").hostname or "" for name in named)} - {""}


def _refusal(scope: Message) -> tuple[int, str] | None:
    """Return status and words for a request that is not passed on."""
    path = str(scope["path"])
    if path.endswith(CLOSED):
        return 404, "There is nothing here."
    if scope["method"] == "PUT" and UPLOADS in path:
        session = path.split(UPLOADS, 1)[1].split("/", maxsplit=1)[0]
        return _too_much(session)
    return None


def _too_much(session: str) -> tuple[int, str] | None:
    """Say no to a file when others wait to be read already. What no field of the app asked for is never read."""
    waiting: Mapping[str, Mapping[str, Any]] = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    if len(waiting.get(session, ())) >= MOST_FILES:
        return 429, f"{MOST_FILES} files of this window wait to be read. Close the window and open the app again."
    if sum(len(file.data) for files in list(waiting.values()) for file in list(files.values())) > MOST_WAITING:
        return 503, "Too many files wait to be read at this moment. Try again in a minute."
    return None


async def _answer(send: Send, status: int, words: str) -> None:
    body = words.encode()
    head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await _telling(send)({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


def _telling(send: Send) -> Send:
    """Return a sender that tells the browser to take answers for what they say they are, and where they may be framed."""
    frames = f"frame-ancestors 'self' {_one_line(os.environ.get(FRAMES, ''))}".strip()
    ours = {
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"strict-origin-when-cross-origin",
        b"content-security-policy": frames.encode("latin-1", "ignore"),
    }

    async def tell(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = list(message.get("headers", ()))
            names = {name.lower() for name, _ in there}
            message["headers"] = [*there, *((name, value) for name, value in ours.items() if name not in names)]
        await send(message)

    return tell


def _one_line(text: str) -> str:
    """Keep a header one header, and one rule of it one rule."""
    return " ".join(text.replace(";", " ").split())


def _headers(scope: Message) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
