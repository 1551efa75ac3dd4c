"""Taking a file out of the field that it was given to."""

from __future__ import annotations

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile


def take_content(given: UploadedFile) -> bytes:
    """Return what is in a file, and let the server forget it.

    Streamlit keeps a file until its session ends, whether or not the field is still there.
    """
    content = given.getvalue()
    context = get_script_run_ctx()
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if context is not None and isinstance(files, MemoryUploadedFileManager):
        files.remove_file(context.session_id, given.file_id)
    return content
