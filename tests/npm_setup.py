"""Makes sure that the tests have Node and what tests/npm/package.json names."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).with_name("npm")
LOCK = HERE / "package-lock.json"
MADE = HERE / "node_modules" / ".made-of.json"  # a copy of the list, written when all is there


def is_installed() -> bool:
    """Whether npm has installed what the list names, as the list is now."""
    return MADE.is_file() and MADE.read_bytes() == LOCK.read_bytes()


def run(*command: str, **more: str) -> bool:
    """Run `command` quietly; whether it succeeded."""
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            timeout=600,
            check=False,
            cwd=HERE,
            env={**os.environ, **more},
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Find or install them; 0 if they are there."""
    if not shutil.which("npm"):
        print("Installing Node for the tests of the hand-off …", flush=True)
        sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
        run(*sudo, "apt-get", "update", "-qq")
        run(*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", "nodejs", "npm")
    if shutil.which("node") and is_installed():
        return 0
    print("Installing what the tests of the hand-off need from npm …", flush=True)
    npm = shutil.which("npm") or "npm"  # on Windows it is npm.cmd
    for _ in range(2):  # a registry may fail once
        if run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"):
            MADE.write_bytes(LOCK.read_bytes())
            return 0
    print(
        "npm could not install tests/npm. Install Node 18 or newer, then run: npm ci --prefix tests/npm"
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
