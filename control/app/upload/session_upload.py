"""The upload of this visitor: kept in the session's state, and gone with the session."""

from __future__ import annotations

from control.app.session_state import session
from control.record.theatre import Theatre
from control.upload.upload import Upload


def session_upload_for(bundled: Theatre) -> Upload | None:
    """Return the upload of this session for a theatre, if there is one."""
    upload = session.upload
    if upload is None or upload.bundled.folder != bundled.folder:
        return None
    upload.follow(bundled)
    return upload


def with_session_upload(bundled: Theatre) -> Theatre:
    """Return the theatre with what this visitor has put on the map."""
    upload = session_upload_for(bundled)
    return upload.theatre if upload is not None and upload.theatre is not None else bundled
