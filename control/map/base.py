"""A folium map that needs no network: Leaflet is in the page, and nothing else is."""

from __future__ import annotations

from typing import Any, ClassVar

import folium
from folium.template import Template

from control.map.leaflet import bring_leaflet
from control.map.page import Page, tile_origin

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
        bring_leaflet(self.get_root())
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
