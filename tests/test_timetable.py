"""The order of the two days: it adds up, and whoever gets it wrong reads where and what to do."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from book_support import ROOT
from hypothesis import given
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.timetable import (
    KINDS,
    ORDER,
    load_workshop,
    read_front_matter,
    read_minutes,
    run_day,
)

PAGE = "---\nworkshop: {talk: 20, lab: 10, pairs: 30}\n---\n\n# One module\n\nText.\n"
COFFEE = {"title": "Coffee", "kind": "break", "minutes": 15}
ONE = {"module": "course/day-1/one"}


def project(folder: Path, order: object, page: str = PAGE) -> Path:
    """Write a project of one module and the given order; return its folder."""
    (folder / "course" / "day-1").mkdir(parents=True)
    (folder / "course" / "day-1" / "one.md").write_text(page, encoding="utf-8")
    text = order if isinstance(order, str) else yaml.safe_dump(order, sort_keys=False)
    (folder / ORDER).write_text(text, encoding="utf-8")
    return folder


def one_day(*entries: object, **more: object) -> dict[str, object]:
    """Return an order of one day."""
    return {"days": [{"title": "Day", "start": "09:00", "entries": list(entries)} | more]}


def test_two_days_add_up() -> None:
    """Two days from nine to five at the latest; nobody sits longer than a hundred minutes."""
    workshop = load_workshop(ROOT)
    assert len(workshop.days) == 2
    for day in workshop.days:
        slots = run_day(day)
        assert (slots[0].starts, day.until) == (9 * 60, 17 * 60)
        assert slots[-1].ends == 540 + sum(entry.minutes for entry in day.entries) <= day.until
        assert all(a.ends == b.starts for a, b in pairwise(slots))
        pauses = [slot for slot in slots if slot.entry.pause]
        edges = [540, *(edge for p in pauses for edge in (p.starts, p.ends)), slots[-1].ends]
        assert max(b - a for a, b in zip(edges[::2], edges[1::2], strict=True)) <= 100


def test_every_module_is_held_whole_and_once() -> None:
    """Every page with minutes stands in the order, and each of its minutes is held."""
    workshop = load_workshop(ROOT)
    pages = sorted((ROOT / "course").rglob("*.md"))
    with_minutes = [page for page in pages if "workshop" in read_front_matter(page)]
    names = [page.relative_to(ROOT).with_suffix("").as_posix() for page in with_minutes]
    assert sorted(workshop.modules) == names
    held = sum(e.minutes for day in workshop.days for e in day.entries if e.module)
    assert held == sum(sum(read_minutes(page).values()) for page in with_minutes)


def test_part_splits_a_module_round_a_break(tmp_path: Path) -> None:
    """The two halves of a module have their own times."""
    order = one_day(ONE | {"part": ["talk", "lab"]}, COFFEE, ONE | {"part": ["pairs"]})
    slots = run_day(load_workshop(project(tmp_path, order)).days[0])
    assert [(slot.starts, slot.ends) for slot in slots] == [(540, 570), (570, 585), (585, 615)]
    assert list(slots[0].steps()) == [(540, "talk", 20), (560, "lab", 10)]


LONG = {"title": "Talk", "kind": "opening", "minutes": 101}
WRONG: dict[str, tuple[object, str]] = {
    "unknown module": (one_day({"module": "course/day-1/two"}), "there is no module"),
    "outside": (one_day({"module": "course/../../etc/passwd"}), "an entry is 'module: course/…'"),
    "unknown key": (one_day(ONE | {"colour": "red"}), "an entry is"),
    "kind": (one_day(COFFEE | {"kind": "nap"}), "break, meal, opening, closing"),
    "minutes": (one_day(COFFEE | {"minutes": -5}), "minutes from 1 to 240"),
    "infinite": (one_day(COFFEE | {"minutes": float("inf")}), "minutes from 1 to 240"),
    "start": (one_day(ONE, start="9 o'clock"), "start"),
    "number": (one_day(ONE, start=900), "start"),
    "too late": (one_day(ONE, until="09:30"), "ends at 10:00, after 09:30. Take 30 minutes out"),
    "no break": (one_day(LONG), "no break from 09:00 to 10:41"),
    "no break after lunch": (one_day(ONE, COFFEE, LONG), "no break from 10:15 to 11:56"),
    "half a module": (one_day(ONE | {"part": ["talk"]}), "'lab' of 'course/day-1/one' is held never"),
    "twice": (one_day(ONE, COFFEE, ONE), "is held more than once"),
    "no such part": (one_day(ONE | {"part": ["exercise"]}), "no minutes of the kind 'exercise'"),
    "no days": ({"days": []}, "days"),
    "a list": ([1, 2], "must be object"),
    "empty": ("", "must be object"),
    "not YAML": ("days: [", "not valid YAML"),
    "a bomb": ("[" * 5000, "workshop.yaml"),
    "huge": ("#" * 300_000, "at most 200000 bytes"),
    "no text": ("\x00", "not valid YAML"),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRONG)
def test_mistake_in_the_order_is_named(kind: str, tmp_path: Path) -> None:
    """One sentence with the file, the line and what to do."""
    order, says = WRONG[kind]
    with pytest.raises(KitError, match=re.escape(says)) as error:
        load_workshop(project(tmp_path, order))
    assert "workshop.yaml" in str(error.value)


BAD_PAGES = {
    "# No minutes\n": "a module says how long it takes",
    "---\nworkshop: {nap: 5}\n---\n# T\n": "'nap' is no kind of minutes. Choose among talk",
    "---\nworkshop: {talk: 0}\n---\n# T\n": "whole minutes from 1 to 240, not 0",
    "---\nworkshop: {talk: true}\n---\n# T\n": "whole minutes",
    "---\nworkshop: {talk: 1.5}\n---\n# T\n": "whole minutes",
    "---\nworkshop: 60\n---\n# T\n": "a module says how long it takes",
    "---\nworkshop: {talk: 5}\n# T\n": "front matter never ends",
    "---\n[1, 2]\n---\n# T\n": "keys and values",
    "---\nworkshop: {talk: 5\n---\n# T\n": "not valid YAML",
    "---\nworkshop: {talk: 5}\n---\nNo title.\n": "begins with its title",
    "#" * 1_000_001: "at most 1000000 bytes",
}


@pytest.mark.parametrize(("page", "says"), BAD_PAGES.items(), ids=lambda text: text[:28])
def test_mistake_in_a_modules_minutes_is_named(page: str, says: str, tmp_path: Path) -> None:
    """Whoever writes a module reads which page, and what to put there."""
    with pytest.raises(KitError, match=re.escape(says)) as error:
        load_workshop(project(tmp_path, one_day(ONE), page))
    assert "one.md" in str(error.value)


def test_lost_order_is_named(tmp_path: Path) -> None:
    """A missing file is one sentence too, and so is a folder in its place."""
    with pytest.raises(KitError, match="not a file"):
        load_workshop(tmp_path)
    (tmp_path / ORDER).mkdir(parents=True)
    with pytest.raises(KitError, match="not a file"):
        load_workshop(tmp_path)


@given(st.binary(max_size=300))
def test_any_bytes_at_the_top_of_a_page_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    """Never a traceback: a table of minutes, or a sentence."""
    page = tmp_path_factory.getbasetemp() / "any.md"
    page.write_bytes(b"---\n" + content + b"\n---\n")
    try:
        found = read_minutes(page)
    except KitError as error:
        assert "any.md" in str(error)
    else:
        assert set(found) <= set(KINDS)
