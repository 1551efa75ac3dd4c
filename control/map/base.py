"""A folium map that needs no network: Leaflet is in the page, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, ClassVar

import folium
from folium.template import Template

from control.map.page import Page, Verbatim, tile_origin

LEAFLET = Path(__file__).parent / "vendor" / "leaflet"

Bounds = tuple[tuple[float, float], tuple[float, float]]


class OfflineMap(folium.Map):
    """A `folium.Map` without folium's ten CDN files.

    jQuery, Bootstrap and the icon fonts serve folium's markers and popups only, and a map with its own plugin has none.
    The lists are replaced on this class; folium's own maps stay as they are.
    """

    default_js: ClassVar[list[tuple[str, str]]] = []
    default_css: ClassVar[list[tuple[str, str]]] = []

    _template = Template(
        """
        {% macro header(this, kwargs) %}
            <style>
                html, body { width: 100%; height: 100%; margin: 0; padding: 0; }
                #{{ this.get_name() }} { position: relative; width: 100%; height: 100%; }
            </style>
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map({{ this.get_name()|tojson }}, {{ this.options|tojavascript }});
            {{ this.get_name() }}.fitBounds({{ this.opening_bounds|tojson }});
            L.control.scale({imperial: false}).addTo({{ this.get_name() }});
            if ({{ this.get_name() }}.attributionControl) {{ this.get_name() }}.attributionControl.setPrefix(false);
        {% endmacro %}
        """
    )

    def __init__(self, bounds: Bounds, tiles: folium.TileLayer | None = None) -> None:
        (south, west), (north, east) = bounds
        super().__init__(
            location=((south + north) / 2, (west + east) / 2),
            tiles=tiles,
            zoom_start=6,
            zoom_snap=0.25,
            zoom_delta=0.75,
            max_zoom=12,
            wheel_px_per_zoom_level=120,
            # Tiles come with an attribution of their own, which has to be seen.
            attribution_control=tiles is not None,
        )
        self.opening_bounds = [[south, west], [north, east]]
        hosts = () if tiles is None else (tile_origin(tiles.tiles),)
        self.page = Page(image_hosts=hosts)
        self.page.add_child(self)

    def render(self, **kwargs: Any) -> None:
        """Put the map and Leaflet itself into the page that it belongs to."""
        header = self.get_root().header
        css = (LEAFLET / "leaflet.css").read_text(encoding="utf-8")
        script = (LEAFLET / "leaflet.js").read_text(encoding="utf-8")
        header.add_child(Verbatim(f"<style>{_without_pictures(css)}</style>"), name="leaflet_css")
        header.add_child(Verbatim(f"<script>{_without_source_map(script)}</script>"), name="leaflet")
        super().render(**kwargs)


def offline_map(bounds: Bounds, *, tiles: folium.TileLayer | None = None) -> OfflineMap:
    """Return an empty folium map that shows `bounds` and names no other host.

    Parameters
    ----------
    bounds : ((south, west), (north, east))
        Degrees, WGS84; latitude first, as Leaflet has it.
    tiles : folium.TileLayer, optional
        A background from the network. Without it, the default, the page works offline.

    Returns
    -------
    OfflineMap
        Add a `ControlTimeline` to it, then `render` or `save` it.
    """
    return OfflineMap(bounds, tiles)


def render(map_: folium.Map) -> str:
    """Return the whole HTML page of a map, the same bytes for the same map."""
    return str(map_.get_root().render())


def _without_pictures(css: str) -> str:
    """Leave out the pictures of Leaflet's markers and layer switch, which the page neither uses nor brings along.

    The comments go too: they name bug trackers, and a page that asks nobody should name nobody.
    """
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line for line in bare.splitlines() if line.strip() and "url(" not in line)


def _without_source_map(script: str) -> str:
    return "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL="))
