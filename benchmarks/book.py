"""Seconds to build the book: from nothing, after one changed page, and with nothing changed; and its search.

The checkout is copied first, so that a page can be changed and nobody's build is touched. Targets: 60 s from
nothing, 10 s after one page. The last line is one JSON object.
"""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUN = "from jupyter_book.cli.main import main; main()"
PARTS = (
    "course",
    "notebooks",
    "video_index",
    "studies/results",
    "exercises",
    "src",
    "_config.yml",
    "_toc.yml",
)
CHANGED = "course/day-1/what-goes-wrong.md"
TARGETS = {"from_nothing": 60.0, "one_page": 10.0}  # seconds, from the project's plan


def copy(root: Path) -> None:
    """Copy what the book is made of."""
    leave = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "node_modules")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=leave)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, root / name)


def build(root: Path) -> float:
    """Build as a person does; return the seconds."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", RUN, "build", "--quiet", str(root)],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    taken = time.perf_counter() - start
    assert done.returncode == 0, done.stdout + done.stderr
    return taken


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        copy(root)
        figures = {"from_nothing": build(root)}
        page = root / CHANGED
        page.write_text(page.read_text(encoding="utf-8") + "\nOne more line.\n", encoding="utf-8")
        figures["one_page"] = build(root)
        figures["nothing_changed"] = build(root)
        html = root / "_build" / "html"
        assert "One more line." in (html / CHANGED).with_suffix(".html").read_text(encoding="utf-8")
        pages = len(list((html / "course").rglob("*.html")))
        search = sum(
            file.stat().st_size for file in (html / "_pagefind").rglob("*") if file.is_file()
        )
    for what, seconds in figures.items():
        target = TARGETS.get(what)
        said = f"   (target: under {target:.0f})" if target else ""
        print(f"{what.replace('_', ' '):18s}{seconds:7.1f} s{said}")
    print(f"{pages} pages; the search's index has {search / 1024:.0f} KiB")
    rounded = {what: round(seconds, 2) for what, seconds in figures.items()}
    print(json.dumps({**rounded, "pages": pages, "search_bytes": search}))


if __name__ == "__main__":
    main()
