"""The server around the page: its gate, and what it clears away while it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from typing import Any

from starlette.formparsers import MultiPartParser
from starlette.middleware import Middleware

from control.app.server.gate import Gate
from control.app.server.scratch import sweep_scratch
from control.app.server.sessions import sweep_for_ever
from control.upload.sheet import MAX_BYTES


def middleware() -> list[Middleware]:
    """Return what every request passes first."""
    return [Middleware(Gate)]


@asynccontextmanager
async def keep_house(_app: Any) -> AsyncIterator[None]:
    """Clear away what visits left, from the server's start to its end."""
    # A file over a megabyte would be put on the disk on its way in; nothing that is uploaded touches one.
    MultiPartParser.spool_max_size = MAX_BYTES + 2**20
    sweep_scratch()
    sweeping = asyncio.create_task(sweep_for_ever())
    # What the page needs takes a second to import; the first visitor need not wait for it.
    await asyncio.to_thread(import_module, "control.app.page")
    try:
        yield
    finally:
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
