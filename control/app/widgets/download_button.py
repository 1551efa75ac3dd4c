"""Files that are offered for download."""

from __future__ import annotations

import hashlib
from typing import Any

import streamlit as st


def download_button(label: str, content: str | bytes, name: str, mime: str, key: str, **options: Any) -> None:
    """Offer a file as a button.

    Streamlit tells files over a megabyte apart by length, kind, name, and three samples of what is in them; of two that
    differ elsewhere it would hand out the first one twice, even to another visitor. So the kind carries a digest of the
    whole content.

    Parameters
    ----------
    label
        Words on the button.
    content, name, mime
        The file.
    key
        Of the button.
    options
        Passed on to `st.download_button`.
    """
    data = content.encode() if isinstance(content, str) else content
    st.download_button(
        label, data, file_name=name, mime=kind_with_digest(mime, data), key=key, on_click="ignore", **options
    )


def kind_with_digest(mime: str, data: bytes) -> str:
    """Return a media type with the digest of some content as a parameter, which browsers pass over."""
    return f"{mime}; digest={hashlib.sha256(data).hexdigest()[:32]}"
