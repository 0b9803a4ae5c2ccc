"""Makes sure that there is a Chromium for the tests: one that is there, Playwright's own, or Debian's."""

import os
import shutil
import subprocess
import sys
from pathlib import Path


def has_own() -> bool:
    """Whether Playwright has downloaded its Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).is_file()


def run(*command: str) -> bool:
    """Run `command` quietly; whether it succeeded."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=600, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def main() -> int:
    """Find or install a Chromium; 0 if there is one."""
    if os.environ.get("MENTORKIT_CHROMIUM") or shutil.which("chromium") or has_own():
        return 0
    print("Installing a Chromium for the browser tests …", flush=True)
    if run(sys.executable, "-m", "playwright", "install", "chromium") and has_own():
        return 0
    sudo = [] if hasattr(os, "geteuid") and os.geteuid() == 0 else ["sudo", "-n"]
    run(*sudo, "apt-get", "update", "-qq")
    run(*sudo, "apt-get", "install", "-y", "-qq", "chromium", "fonts-liberation")
    if shutil.which("chromium"):
        return 0
    print("No Chromium could be installed. Install one and set MENTORKIT_CHROMIUM to its path.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
