"""Leaflet, which a page brings along instead of fetching it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import folium
from branca.element import Element, Figure

from control.map.page import Verbatim

LEAFLET = Path(__file__).parent / "vendor" / "leaflet"


def bring_leaflet(page: Element) -> None:
    """Put Leaflet into the head of a page, in the place of folium's link to it where there is one."""
    if not isinstance(page, Figure):
        raise TypeError(f"the root of a map to be rendered must be a branca Figure, not {type(page).__name__}")
    page.header.add_child(Verbatim(f"<style>{_css()}</style>"), name="leaflet_css")
    page.header.add_child(Verbatim(f"<script>{_script()}</script>"), name="leaflet")


def spare_folium_links(page: Figure, map_: folium.Map) -> None:
    """Take the links of folium's map out of a page, for libraries that its markers and popups need and this map has not.

    Call it when they have been put there, that is while the map's children are rendered.
    """
    for name, _ in (*map_.default_js, *map_.default_css):
        if not isinstance(page.header._children.get(name), Verbatim):
            page.header._children.pop(name, None)


@cache
def _css() -> str:
    """Leave out the pictures of Leaflet's markers and layer switch, which the page neither uses nor brings along.

    The comments go too: they name bug trackers, and a page that asks nobody should name nobody.
    """
    css = (LEAFLET / "leaflet.css").read_text(encoding="utf-8")
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line for line in bare.splitlines() if line.strip() and "url(" not in line)


@cache
def _script() -> str:
    """Leave out the address of the source map."""
    script = (LEAFLET / "leaflet.js").read_text(encoding="utf-8")
    return "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL="))
