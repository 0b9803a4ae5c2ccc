"""One mentor's copy of all that is held about them: a ZIP with a page to begin with, and every file as it lies.

Not in it, and said so: the sealed truth of their cases (the key to an examination, no fact about them), what
signs in their name, and whatever is about somebody else.
"""

import json
import os
import zipfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.host.erase import Places, Progress, entries, look_up
from mentorkit.host.gradebook_person import marks_of
from mentorkit.host.inventory import Found
from mentorkit.host.listing import listing, what_of
from mentorkit.host.person import SECRET, Held
from mentorkit.record.issuer import load_public
from mentorkit.workshop.mentor import SETTINGS
from mentorkit.workshop.records import records
from mentorkit.workshop.retention import retention

KEYS = {SETTINGS, SECRET}  # sign, or name pages, in the mentor's name
KEPT_BACK = ("sealed", "key", "others", "backups")
TEMPLATES = Path(__file__).parent / "templates"
Say = Mapping[str, str]


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )


def export(person: Held, out: Path, say: Progress, language: str = "en") -> int:
    """Write the copy to `out`, whole or not at all; returns how many files it holds. Raises KitError."""
    if out.exists() and not zipfile.is_zipfile(out):
        raise KitError(f"{out} exists and is no ZIP. Choose another name; nothing was changed.")
    words = texts(language)
    places = look_up(person)
    part = out.with_name(f".{out.name}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with (
            os.fdopen(os.open(part, flags, 0o600), "wb") as stream,
            zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as pack,
        ):
            count = _fill(pack, person, places, words, language)
            say(f"Packed {count} files")
        part.replace(out)
    except OSError as error:
        raise KitError(f"{out} cannot be written: {error.strerror or error}.") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _fill(pack: zipfile.ZipFile, person: Held, places: Places, say: Say, language: str) -> int:
    marks = marks_of(person.cohort.gradebook, person.id)
    noted = [(found, entries(person, found)) for found, _ in places.shared]
    pages = {
        "start.html": _start(person, places, marks, noted, say, language),
        "inventory.html": _inventory(person, places, say, language),
        "marks.json": json.dumps(marks, ensure_ascii=False, indent=1),
        "notes.json": json.dumps({one.shown: lines for one, lines in noted}, ensure_ascii=False, indent=1),
    }  # fmt: skip
    for name, text in pages.items():
        pack.writestr(name, text)
    given = list(_given(places))
    for found in given:
        pack.write(found.path, f"files/{found.shown}")
    return len(pages) + len(given)


def _given(places: Places) -> Iterator[Found]:
    for found in places.own:
        given = found.kind is not None and found.kind.given and found.path.name not in KEYS
        if given and found.path.is_file() and not found.path.is_symlink():
            yield found


def _start(
    person: Held,
    places: Places,
    marks: dict[str, list[dict[str, Any]]],
    noted: list[tuple[Found, list[str]]],
    say: Say,
    language: str,
) -> str:
    cohort = person.cohort
    files: dict[tuple[str, str], int] = {}
    for found in _given(places):
        key = (what_of(found.kind, say), f"files/{found.at}/{found.name.split('/')[0]}/")
        files[key] = files.get(key, 0) + 1
    return _templates().get_template("start.html.j2").render(
        say=say,
        language=language,
        title=say["person.title"].format(name=person.name or person.id),
        intro=say["person.intro"].format(
            cohort=cohort.name,
            issuer=load_public(cohort.issuer / "issuer.json").name,
            when=f"{datetime.now(UTC):%d %B %Y}",
        ),
        record=_record(person, say),
        marks=_marks(marks, say),
        late=[
            say["person.marks.late"].format(
                assignment=one["assignment"], points=one["late_submission_penalty"]
            )
            for one in marks["notebooks"]
            if one["late_submission_penalty"]
        ],
        student=_student(marks, say),
        noted=[(what_of(found.kind, say), lines) for found, lines in noted if lines],
        files=[(what, count, where) for (what, where), count in sorted(files.items())],
        kept_back=[say[f"person.kept_back.{one}"] for one in KEPT_BACK],
    )  # fmt: skip


def _record(person: Held, say: Say) -> dict[str, Any] | None:
    """Return the record by today's grades; None for somebody who is on no roster, or where there is no rule."""
    try:
        found: Any = next(iter(records(person.cohort, [person.id])), None)
    except KitError:
        return None
    if found is None:
        return None
    return {
        "title": found["title"],
        "verdict": found["verdict"],
        "missing": found["missing"],
        "rows": [
            (one["title"], say.get(f"person.state.{one['state']}", one["state"]), _points(one, say))
            for one in found["assignments"]
        ],
    }


def _points(one: dict[str, Any], say: Say) -> str:
    if one["points"] is None:
        return say["person.none"]
    return say["person.record.of"].format(**one)


def _marks(marks: dict[str, list[dict[str, Any]]], say: Say) -> dict[str, list[tuple[str, ...]]]:
    said = {(one["assignment"], one["item"]): one for one in marks["comments"]}
    found: dict[str, list[tuple[str, ...]]] = {}
    for one in marks["grades"]:
        by_person = one["manual_score"] is not None
        score = one["manual_score"] if by_person else one["auto_score"]
        points = "" if score is None else f"{score + (one['extra_credit'] or 0):g}"
        who = "person" if by_person else "waits" if one["needs_manual_grade"] else "machine"
        comment = said.get((one["assignment"], one["item"]), {})
        why = [comment.get("auto_comment"), comment.get("manual_comment")]
        found.setdefault(one["assignment"], []).append(
            (one["item"], points, say[f"person.marks.{who}"], "\n".join(filter(None, why)))
        )
    return found


def _student(marks: dict[str, list[dict[str, Any]]], say: Say) -> list[tuple[str, str]]:
    row = next(iter(marks["student"]), {})
    name = " ".join(filter(None, (row.get("first_name"), row.get("last_name"))))
    values = {"id": row.get("id"), "name": name, "email": row.get("email")}
    return [
        (say[f"person.gradebook.{key}"], value or say["person.none"])
        for key, value in values.items()
    ]


def _inventory(person: Held, places: Places, say: Say, language: str) -> str:
    until = retention(person.cohort)
    title = say["person.title"].format(name=person.name or person.id)
    return _templates().get_template("inventory.html.j2").render(
        say=say,
        language=language,
        title=say["person.title.inventory"],
        intro=say["person.inventory.intro"].format(until=until or say["person.inventory.unsaid"]),
        back=title,
        rows=listing(places, say),
    )  # fmt: skip
