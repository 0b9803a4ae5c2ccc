"""Writing files so that a crash, a full disk or Ctrl-C leaves the old file or the new one, never half; and
reading what somebody else put there, which may be no file at all.
"""

import errno
import os
import stat
import tempfile
from pathlib import Path

from mentorkit.errors import KitError

WAIT_FOR_NOBODY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)  # neither is everywhere


def read_regular(path: Path, most: int, *, links: bool = False) -> bytes:
    """Return what the file at `path` holds, at most one byte more than `most`; a link only where `links`.

    Raises OSError, also for what is no file: a pipe would be waited for without end, a device never ends.
    """
    follow = 0 if links else getattr(os, "O_NOFOLLOW", 0)
    handle = os.open(path, os.O_RDONLY | WAIT_FOR_NOBODY | follow)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "Not a file", str(path))
        with os.fdopen(handle, "rb", closefd=False) as stream:
            return stream.read(most + 1)
    finally:
        os.close(handle)


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
