"""Rebuild the vendored copy of Leaflet, so that a map needs no network.

    python seeds/build/vendor_leaflet.py

Takes `leaflet.js` (minified), `leaflet.css` and the licence from npm `leaflet` 1.9.4. The images stay out:
the style sheet names them only for the layer switch and the default marker pin, and the map uses neither.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from npm_pack import read_members

LEAFLET = "leaflet@1.9.4"
TARGET = Path(__file__).parents[2] / "control" / "map" / "vendor" / "leaflet"


def vendor(target: Path, tarball: Path | None = None) -> list[Path]:
    """Write Leaflet's files.

    Parameters
    ----------
    target
        Folder to write to.
    tarball
        A packed copy (`.tgz`) to use instead of calling `npm pack`.

    Returns
    -------
    list of Path
        The files written.
    """
    content = read_members(LEAFLET, ["dist/leaflet.js", "dist/leaflet.css", "LICENSE"], tarball)
    # The comment would make a browser ask for a source map that is not there.
    script = content["dist/leaflet.js"]
    content["dist/leaflet.js"] = re.sub(rb"\n?//# sourceMappingURL=\S*\s*\Z", b"\n", script)
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for member, data in content.items():
        path = target / Path(member).name
        path.write_bytes(data)
        written.append(path)
    return written


def main() -> None:
    """Parse the command line and write the files."""
    parser = argparse.ArgumentParser(description="Rebuild the vendored copy of Leaflet.")
    parser.add_argument("--target", type=Path, default=TARGET, help="folder to write to")
    parser.add_argument("--tarball", type=Path, help="packed leaflet .tgz to use instead of npm pack")
    arguments = parser.parse_args()
    for path in vendor(arguments.target, arguments.tarball):
        print(f"{path}: {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
