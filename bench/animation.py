"""How long a film and an animation of the bundled theatre take, each by one command, and how large they become.

    python bench/animation.py [--since 2014-01-01] [--until 2019-03-31] [--every month] [--keep FOLDER]

Measured from the start of the command to its end, reading the theatre included. `--keep` leaves the files, and a few of
their pictures as PNG, to be looked at.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent.parent
FORMATS = ("gif", "mp4")
PICTURES = (0.0, 0.33, 0.67, 1.0)
"""Which of a film are kept: by their share of it."""


def pictures_of(file: Path) -> list[Image.Image]:
    """Return the pictures of an animation or a film."""
    if file.suffix == ".gif":
        with Image.open(file) as image:
            found = []
            for number in range(image.n_frames):
                image.seek(number)
                found.append(image.convert("RGB"))
            return found
    import av  # as the extra [video] brings it

    with av.open(str(file)) as film:
        return [frame.to_image() for frame in film.decode(video=0)]


def main() -> None:
    """Print a line a format."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--since", default="2014-01-01")
    parser.add_argument("--until", default="2019-03-31")
    parser.add_argument("--every", default="month")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    print(f"{'format':<8}{'pictures':>9}{'size':>13}{'MB':>7}{'seconds':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for form in FORMATS:
            file = (options.keep or Path(folder)) / f"theatre.{form}"
            dates = ["--since", options.since, "--until", options.until, "--every", options.every]
            command = [sys.executable, "-m", "control", "export", form, *dates, "--output", str(file)]
            start = time.perf_counter()
            subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL)
            seconds = time.perf_counter() - start
            pictures = pictures_of(file)
            width, height = pictures[0].size
            size = f"{width} x {height}"
            print(f"{form:<8}{len(pictures):>9}{size:>13}{file.stat().st_size / 1e6:>7.1f}{seconds:>9.0f}")
            if options.keep:
                for share in PICTURES:
                    number = round(share * (len(pictures) - 1))
                    pictures[number].save(options.keep / f"theatre-{form}-{number}.png")


if __name__ == "__main__":
    main()
