"""Fetch one npm package at one version with `npm pack` and read files out of it.

Build scripts take their raw material from packages with a pinned version, so that a rebuild years later
starts from the same bytes.
"""

from __future__ import annotations

import subprocess
import tarfile
import tempfile
from pathlib import Path


def read_members(spec: str, members: list[str], tarball: Path | None = None) -> dict[str, bytes]:
    """Read some files of an npm package.

    Parameters
    ----------
    spec
        Package and exact version, `name@1.2.3`.
    members
        Paths inside the package, without the leading `package/`.
    tarball
        A packed copy (`.tgz`) to use instead of calling `npm pack`.

    Returns
    -------
    dict of str to bytes
        Content by path; a missing member raises `KeyError`.
    """
    with tempfile.TemporaryDirectory() as folder:
        packed = tarball or _pack(spec, Path(folder))
        with tarfile.open(packed) as archive:
            return {member: _content(archive, member) for member in members}


def _pack(spec: str, folder: Path) -> Path:
    subprocess.run(["npm", "pack", "--silent", spec], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (packed,) = folder.glob("*.tgz")
    return packed


def _content(archive: tarfile.TarFile, member: str) -> bytes:
    # Read straight from the archive: nothing is unpacked to disk, so no path in it has to be trusted.
    stream = archive.extractfile(f"package/{member}")
    if stream is None:
        raise KeyError(f"{member} is not a file")
    return stream.read()
