"""Makes sure that the tests have 1EdTech's schema of an Open Badges 3.0 credential.

The kit may not ship it. openbadgeslib's source package holds a copy for its own tests, taken as it was
published; its wheel does not. So pip fetches that package, and the schema is kept in .cache.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from importlib.metadata import version
from pathlib import Path

NAME = "ob_v3p0_achievementcredential_schema.json"
KEPT = Path(__file__).resolve().parents[1] / ".cache" / NAME
DIGEST = "b7358e895f492e74055dc6bfc7ffc420d0e497f90c4579fb83d9519b86d393ea"


def is_there() -> bool:
    """Whether the schema is there, byte for byte."""
    return KEPT.is_file() and hashlib.sha256(KEPT.read_bytes()).hexdigest() == DIGEST


def fetch() -> None:
    """Let pip fetch the source package, and keep the schema out of it."""
    wanted = f"openbadgeslib=={version('openbadgeslib')}"
    with tempfile.TemporaryDirectory() as folder:
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder]
        only = ["--no-binary", "openbadgeslib", wanted]
        subprocess.run([*pip, *only], check=False, capture_output=True, timeout=300)
        for archive in Path(folder).glob("*.tar.gz"):
            with tarfile.open(archive) as files:
                for member in files.getmembers():
                    stream = files.extractfile(member) if member.name.endswith(f"/{NAME}") else None
                    if stream is not None:
                        KEPT.parent.mkdir(exist_ok=True)
                        KEPT.write_bytes(stream.read())


def main() -> int:
    """Find or fetch it; 0 if it is there."""
    for _ in range(2):  # a registry may fail once
        if is_there():
            return 0
        fetch()
    if is_there():
        return 0
    print(
        "pip could not fetch the source package of openbadgeslib, whose tests hold 1EdTech's schema."
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
