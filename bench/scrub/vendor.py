"""The files that folium's pages fetch from content delivery networks, served from here: the bench asks no other machine.

They come from the packages in `package.json` beside this file, and may be kept by the browser for ever. Both flatter the
stock maps, as a real network is slower than this one. Style sheets for icons and glyphs, which no map here uses, are empty.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import folium
from folium.plugins import Timeline, TimelineSlider, TimeSliderChoropleth

MODULES = Path(__file__).parent / "node_modules"
FILES = {
    "leaflet": "leaflet/dist/leaflet.js",
    "leaflet_css": "leaflet/dist/leaflet.css",
    "jquery": "jquery/dist/jquery.min.js",
    "bootstrap": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "bootstrap_css": "bootstrap/dist/css/bootstrap.min.css",
    "d3v4": "d3/build/d3.min.js",
    "moment": "moment/min/moment.min.js",
    "timeline": "leaflet.timeline/dist/leaflet.timeline.js",
}
"""folium's name of a file, and where its package has it."""
KINDS = {"js": "text/javascript", "css": "text/css", "html": "text/html; charset=utf-8"}


def localise(base: str) -> None:
    """Let folium's maps name `base` instead of content delivery networks. Nothing else of folium is touched."""
    for element in (folium.Map, TimeSliderChoropleth, Timeline, TimelineSlider):
        for attribute, ending in (("default_js", "js"), ("default_css", "css")):
            links = getattr(element, attribute, None) or []
            setattr(element, attribute, [(name, f"{base}/{name}.{ending}") for name, _ in links])


@contextmanager
def serving_files(pages: dict[str, bytes]) -> Iterator[str]:
    """Serve the files, and the pages that are in `pages` when they are asked for; give the address.

    Raises
    ------
    FileNotFoundError
        If the packages are not there.
    """
    missing = [path for path in FILES.values() if not (MODULES / path).is_file()]
    if missing:
        raise FileNotFoundError(
            f"{missing[0]} is not in {MODULES}; get it with: npm install --no-package-lock --prefix bench/scrub"
        )
    files = {
        Path(f"{name}.{Path(path).suffix[1:]}").name: (MODULES / path).read_bytes() for name, path in FILES.items()
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.lstrip("/")
            ending = name.rpartition(".")[2]
            body = pages[name] if name in pages else files.get(name, b"")
            self.send_response(200)
            self.send_header("Content-Type", KINDS.get(ending, "text/plain"))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store" if name in pages else "public, max-age=31536000, immutable")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
