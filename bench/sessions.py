"""Many readers at once on one server: how fast the panel answers, what a session costs in memory, whether sessions mix.

    python bench/sessions.py [--sessions 50] [--rounds 5] [--pace 10]

Clients speak Streamlit's own protocol over websockets: the server does for each all that it does for a browser, and no
browser takes the processors away from it. Every session has a date, a day of knowledge, and at each step a place of its
own; each answer is checked for all three. An answer is timed from the request to the end of the script run.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import random
import re
import statistics
import sys
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

sys.path.insert(0, str(Path(__file__).parent))

from screenshots import served

ROOT = Path(__file__).parent.parent
PLACES = (
    "Mosul", "Raqqa", "Tikrit", "Palmyra", "Kobani", "Ramadi", "Fallujah", "Manbij", "Rawa", "Sinjar", "Hit", "Haditha",
    "Deir ez-Zor", "Albu Kamal",
)  # fmt: skip
KNOWN_ON = (None, date(2015, 1, 1), date(2016, 6, 1), date(2018, 1, 1))
THEATRE = "iraq-syria"
FIRST = date(2014, 7, 1)


@dataclass
class Session:
    """One reader: what was asked for, and what the app showed last."""

    number: int
    socket: ClientConnection
    widgets: dict[str, str] = field(default_factory=dict)
    shown: dict[str, str] = field(default_factory=dict)
    view: dict[str, str | None] = field(default_factory=dict)
    kept: dict[str, ForwardMsg] = field(default_factory=dict)
    """Large messages by their hash: the server sends no browser again what it says it has."""

    @property
    def day(self) -> date:
        """The date that the reader came for."""
        return FIRST + timedelta(days=17 * self.number)

    @property
    def known_on(self) -> date | None:
        """The day of knowledge that the reader came for."""
        return KNOWN_ON[self.number % len(KNOWN_ON)]

    async def open(self) -> float:
        """Open the app by a link; return the seconds until everything was there."""
        query = {"date": self.day.isoformat()}
        if self.known_on:
            query["known_on"] = self.known_on.isoformat()
        message = BackMsg()
        message.rerun_script.query_string = urlencode(query)
        seconds = await self._ask(message)
        await self._ask(self._states())
        return seconds

    async def find(self, place: str) -> float:
        """Look for a place; return the seconds until its reasons were there."""
        self.shown.pop("place", None)
        seconds = await self._ask(self._states(place))
        await self._ask(self._states(place))
        return seconds

    def _states(self, place: str | None = None) -> BackMsg:
        """Tell what the widgets hold. The map carries out the order that came last, and says so, as in a browser."""
        message = BackMsg()
        shown = message.rerun_script.widget_states.widgets.add()
        shown.id, shown.json_value = self.widgets["map"], json.dumps({"view": {"theatre": THEATRE, **self.view}})
        if place:
            search = message.rerun_script.widget_states.widgets.add()
            search.id, search.string_value = self.widgets["search"], place
        return message

    async def _ask(self, message: BackMsg) -> float:
        started = time.perf_counter()
        message.rerun_script.cached_message_hashes.extend(self.kept)
        await self.socket.send(message.SerializeToString())
        while True:
            answer = ForwardMsg()
            answer.ParseFromString(await self.socket.recv(decode=False))
            if answer.WhichOneof("type") == "ref_hash":
                answer = self.kept[answer.ref_hash]
            elif answer.metadata.cacheable:
                self.kept[answer.hash] = answer
            kind = answer.WhichOneof("type")
            if kind == "delta" and answer.delta.HasField("new_element"):
                self._take(answer.delta.new_element)
            elif kind == "script_finished" and answer.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                return time.perf_counter() - started

    def _take(self, element: object) -> None:
        kind = element.WhichOneof("type")  # type: ignore[attr-defined]
        part = getattr(element, kind)
        if kind == "text_input":
            self.widgets["search"] = part.id
        elif kind == "bidi_component":
            data = part.SerializeToString()
            if found := re.search(rb'"nonce": ?"(\w+)"', data):
                places = re.search(rb'"place": ?"([^"]+)"', data)
                self.view = {"date": self.day.isoformat(), "place": places[1].decode() if places else None,
                             "nonce": found[1].decode()}  # fmt: skip
            else:
                self.widgets["map"] = part.id
        elif kind == "exception":
            raise RuntimeError(f"session {self.number}: {part.message}")
        elif kind == "html" and (found := re.search(r"<h5>(.*?)</h5>", part.body)):
            self.shown["place"] = html.unescape(found[1])
        elif kind == "markdown" and part.body.startswith("#### "):
            self.shown["day"] = part.body.removeprefix("#### ")
        elif kind == "markdown" and part.body.startswith("Policy "):
            found = re.search(r"As known on (\d+ \w+ \d+)", part.body)
            self.shown["known_on"] = found[1] if found else ""

    def mixed_up(self, place: str | None) -> list[str]:
        """Say what is not this session's own."""
        wanted = {"day": _long(self.day), "known_on": _long(self.known_on) if self.known_on else ""}
        if place:
            wanted["place"] = place
        return [
            f"session {self.number}: {key} is {self.shown.get(key)!r}, not {value!r}"
            for key, value in wanted.items()
            if self.shown.get(key) != value
        ]


def _long(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def memory(process: int) -> float:
    """Return the resident memory of a process in MB."""
    text = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]


async def arrive(host: str, number: int) -> tuple[Session, float]:
    """Connect and open the app."""
    connection = await connect(f"ws://{host}/_stcore/stream", subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
    session = Session(number, connection)
    return session, await session.open()


def place_of(session: int, step: int) -> str:
    """Give each session its own way through the places."""
    return PLACES[(session * 5 + step * 3) % len(PLACES)]


async def walk(session: Session, rounds: int, pace: float, faults: list[str]) -> list[float]:
    """Ask for one place after another, with a pause of up to `pace` seconds before each."""
    times = []
    for step in range(rounds):
        await asyncio.sleep(random.uniform(0, pace))  # noqa: S311  pauses of readers
        place = place_of(session.number, step)
        times.append(await session.find(place))
        faults += session.mixed_up(place)
    return times


def row(name: str, times: list[float]) -> str:
    """Write one line of the table, in milliseconds."""
    ordered = sorted(1000 * t for t in times)
    middle, late = statistics.median(ordered), ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
    return f"| {name} | {len(times)} | {middle:.0f} | {late:.0f} | {ordered[-1]:.0f} |"


async def measure(host: str, process: int, sessions: int, rounds: int, pace: float) -> None:
    faults: list[str] = []
    # Each day of knowledge is another map, drawn once for all readers: the first of them wait for it.
    first = [await arrive(host, number) for number in range(len(KNOWN_ON))]
    alone = await walk(first[0][0], rounds, 0, faults)
    for session, _ in first:
        await session.socket.close()
    await asyncio.sleep(2)
    before = memory(process)
    arrived = await asyncio.gather(*(arrive(host, number) for number in range(sessions)))
    everyone = [session for session, _ in arrived]
    for session in everyone:
        faults += session.mixed_up(None)
    opened = memory(process)
    paced = await asyncio.gather(*(walk(session, rounds, pace, faults) for session in everyone))
    crowd = await asyncio.gather(*(walk(session, rounds, 0, faults) for session in everyone))
    after = memory(process)
    await asyncio.gather(*(session.socket.close() for session in everyone))
    print("| answer | n | median ms | 95 % ms | longest ms |\n|---|---|---|---|---|")
    print(row("first visit of a day of knowledge", [seconds for _, seconds in first]))
    print(row("panel, one reader alone", alone))
    print(row(f"app opened by {sessions} at the same moment", [seconds for _, seconds in arrived]))
    print(row(f"panel, {sessions} readers, a question every {pace / 2:g} s", [t for times in paced for t in times]))
    print(row(f"panel, {sessions} readers, without a pause", [t for times in crowd for t in times]))
    print(f"\nmemory of the server: {before:.0f} MB before, {opened:.0f} MB with {sessions} sessions open,")
    print(f"{after:.0f} MB after {2 * sessions * rounds} answers: {(after - before) / sessions:.1f} MB a session")
    print(f"answers that were another session's: {len(faults)}", *faults[:5], sep="\n  ")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5, help="questions of each reader")
    parser.add_argument("--pace", type=float, default=10, help="longest pause before a question, seconds")
    options = parser.parse_args()
    with served() as (url, process):
        host = url.removeprefix("http://")
        asyncio.run(measure(host, process, options.sessions, options.rounds, options.pace))


if __name__ == "__main__":
    main()
