"""Writing files so that a crash, a full disk or Ctrl-C leaves the old file or the new one, never half."""

import os
import tempfile
from pathlib import Path

from mentorkit.errors import KitError


def write_atomic(path: Path, content: bytes | str, *, mode: int = 0o644) -> None:
    """Write `content` to `path` through a temporary file in the same folder.

    Raises KitError with what to do where the folder cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise KitError(
            f"Cannot write {path}: {error.strerror}. Check that you may write to that folder."
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(mode)
        temporary.replace(path)
    except OSError as error:
        raise KitError(f"Cannot write {path}: {error.strerror}. Is the disk full?") from error
    finally:
        temporary.unlink(missing_ok=True)
