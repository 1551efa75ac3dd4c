"""Whether the server's memory stays flat: uploads of many visitors one after another, and links with many knowledge dates.

    python bench/memory.py [--uploads 200] [--links 64]

Each visitor opens the app, gives it a table, puts it on the map and closes the window; each link names another knowledge
date. Clients speak Streamlit's own protocol. Closed windows are given up after a second, not after five minutes, so that the
bench need not wait. Growth is that of the resident size after the first 50 visitors, which fill the caches that all share.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import urllib.request
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

sys.path.insert(0, str(Path(__file__).parent))

from screenshots import served
from sessions import memory

from control.app.server.sessions import AWAY

WARM = 50
TOKEN = f"2|00000000|{16 * 'ab'}|1700000000"
"""What Streamlit wants to see twice, in a cookie and in a header: version, mask, token, time."""

PLACES = ("Mosul", "Raqqa", "Tikrit", "Kobani", "Ramadi", "Manbij", "Sinjar", "Haditha")


class Visitor:
    """One window of the app."""

    def __init__(self, host: str, socket: ClientConnection) -> None:
        self.host, self.socket = host, socket
        self.widgets: dict[str, str] = {}
        self.session = ""
        self.text = ""

    @classmethod
    async def come(cls, host: str, **link: str) -> Visitor:
        """Open the app by a link."""
        address = f"ws://{host}/_stcore/stream"
        socket = await connect(address, subprotocols=["streamlit"], max_size=None)  # type: ignore[list-item]
        visitor = cls(host, socket)
        message = BackMsg()
        message.rerun_script.query_string = urlencode(link)
        await visitor.run(message)
        return visitor

    async def run(self, message: BackMsg) -> None:
        """Let the script run, until it has come to rest."""
        await self.socket.send(message.SerializeToString())
        while True:
            answer = await self._answer()
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished in {
                ForwardMsg.FINISHED_SUCCESSFULLY,
                ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
            }:
                return

    async def click(self, key: str) -> None:
        """Press a button."""
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id, state.trigger_value = self.widgets[key], True
        await self.run(message)

    async def give(self, name: str, content: bytes) -> None:
        """Give a file to the field of the dialog."""
        ask = BackMsg()
        ask.file_urls_request.request_id, ask.file_urls_request.session_id = uuid4().hex, self.session
        ask.file_urls_request.file_names.append(name)
        await self.socket.send(ask.SerializeToString())
        while (answer := await self._answer()).WhichOneof("type") != "file_urls_response":
            pass
        (urls,) = answer.file_urls_response.file_urls
        await asyncio.to_thread(self._put, urls.upload_url, name, content)
        message = BackMsg()
        state = message.rerun_script.widget_states.widgets.add()
        state.id = self.widgets["file"]
        info = state.file_uploader_state_value.uploaded_file_info.add()
        info.name, info.size, info.file_id = name, len(content), urls.file_id
        info.file_urls.CopyFrom(urls)
        await self.run(message)

    def _put(self, url: str, name: str, content: bytes) -> None:
        body = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="' + name.encode() + b'"\r\n'
            b"Content-Type: text/csv\r\n\r\n" + content + b"\r\n--x--\r\n"
        )
        headers = {
            "Content-Type": "multipart/form-data; boundary=x",
            "X-Xsrftoken": TOKEN,
            "Cookie": f"_streamlit_xsrf={TOKEN}",
        }
        address = f"http://{self.host}{urlsplit(url).path}"
        request = urllib.request.Request(address, body, headers, method="PUT")
        urllib.request.urlopen(request).close()  # noqa: S310

    async def _answer(self) -> ForwardMsg:
        answer = ForwardMsg()
        answer.ParseFromString(await self.socket.recv(decode=False))
        if answer.WhichOneof("type") == "new_session":
            self.session, self.text = answer.new_session.initialize.session_id or self.session, ""
        if answer.WhichOneof("type") == "delta" and answer.delta.HasField("new_element"):
            self._take(answer.delta.new_element)
        return answer

    def _take(self, element: object) -> None:
        kind = element.WhichOneof("type")  # type: ignore[attr-defined]
        part = getattr(element, kind)
        if kind == "exception":
            raise RuntimeError(part.message)
        if kind == "button":
            self.widgets[part.id.rsplit("-", 1)[-1]] = part.id
        elif kind == "file_uploader":
            self.widgets["file"] = part.id
        elif kind == "markdown":
            self.text += part.body + "\n"


async def upload(host: str, number: int) -> None:
    """Come, put a table on the map, and go."""
    visitor = await Visitor.come(host)
    await visitor.click("upload:begin")
    day = date(2015, 1, 1) + timedelta(days=number)
    rows = [f"{day + timedelta(days=n)},{place},captured,SDF" for n, place in enumerate(PLACES)]
    await visitor.give(f"{number}.csv", "\n".join(["date,place,event,actor", *rows]).encode())
    await visitor.click("upload:apply")
    if "with 8 uploaded reports" not in visitor.text and "8 on the map" not in visitor.text:
        raise RuntimeError(f"the upload is not on the map: {visitor.text[-500:]}")
    await visitor.socket.close()


async def follow(host: str, number: int) -> None:
    """Open a link with a knowledge date of its own, and go."""
    known_on = date(2014, 6, 1) + timedelta(days=19 * number)
    visitor = await Visitor.come(host, known_on=known_on.isoformat(), date="2014-06-01")
    await visitor.socket.close()


async def measure(host: str, process: int, links: int, uploads: int) -> None:
    """Print the resident size now and then, and how it grew."""
    steps = [(follow, "links", links), (upload, "uploads", uploads)]
    for visit, name, count in steps:
        settled = 0.0
        for number in range(count):
            await visit(host, number)
            if (number + 1) % 10 == 0:
                print(f"{number + 1:5} {name}: {memory(process):.0f} MB", flush=True)
            if number + 1 == min(WARM, count * 3 // 4):
                settled = await _at_rest(process)
        end = await _at_rest(process)
        grown = (end - settled) / settled
        print(f"{name}: {settled:.0f} MB after {min(WARM, count * 3 // 4)}, {end:.0f} MB after {count}: {grown:+.1%}")


async def _at_rest(process: int) -> float:
    """Wait until the sessions are swept, and return the resident size in MB."""
    await asyncio.sleep(5)
    return memory(process)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--uploads", type=int, default=200)
    parser.add_argument("--links", type=int, default=64)
    options = parser.parse_args()
    os.environ[AWAY] = "1"
    with served() as (url, process):
        asyncio.run(measure(url.removeprefix("http://"), process, options.links, options.uploads))


if __name__ == "__main__":
    main()
