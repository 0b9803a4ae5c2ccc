"""Erases one mentor from a cohort: what lies where is listed first, then taken out place by place.

Each step may be done twice, and what the others are found by goes last (the gradebook's row, then the line on
the roster): an erasure that was broken off is run again, and ends the same. At the end every file is searched.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.host.gradebook_person import count_rows, erase_rows
from mentorkit.host.inventory import Found, everything, is_draft, roots
from mentorkit.host.person import Held
from mentorkit.host.shared import take_out
from mentorkit.record.registry import load_registry, save_registry
from mentorkit.record.registry_changes import forget
from mentorkit.workshop.alone import alone
from mentorkit.workshop.places import CohortFolder

SHARED = {"rows", "lines", "keys", "registry", "log"}
CHUNK = 1 << 20
Progress = Callable[[str], None]


@dataclass
class Places:
    """What is held about one mentor: `own` files, `shared` files with how many entries, rows in gradebooks.

    `drafts` are what killed runs left of files; nobody needs them. `unknown` files fit no kind of file.
    """

    own: list[Found] = field(default_factory=list)
    shared: list[tuple[Found, int]] = field(default_factory=list)
    books: list[tuple[str, int]] = field(default_factory=list)
    caches: list[Found] = field(default_factory=list)
    drafts: list[Found] = field(default_factory=list)
    unknown: list[Found] = field(default_factory=list)


@dataclass(frozen=True)
class Left:
    """What still mentions the mentor after an erasure: the others' own files, or files of no known kind."""

    found: Found
    known: bool


def look_up(person: Held) -> Places:
    """Return every place in which something is held about the mentor."""
    places = Places()
    for found in everything(person.cohort):
        holds = found.kind.holds if found.kind else ""
        if person.owns(found):
            places.own.append(found)
        elif holds in SHARED and (count := _count(person, found)):
            places.shared.append((found, count))
        elif holds == "cache" and mentions(found.path, person):
            places.caches.append(found)
        elif is_draft(found.name) and (found.at == "cohort" or found.name.startswith("records/")):
            places.drafts.append(found)
        elif found.kind is None:
            places.unknown.append(found)
    for shown, address in _books(person.cohort):
        if rows := count_rows(address, person.id):
            places.books.append((shown, rows))
    return places


def _books(cohort: CohortFolder) -> Iterator[tuple[str, str]]:
    """Yield every gradebook by where it lies and its address; nbgrader's own copies are gradebooks too."""
    main = cohort.gradebook
    path = Path(main.removeprefix("sqlite:///"))
    if main.startswith("sqlite:///"):
        for file in sorted(path.parent.glob(f"{path.name}*")):
            if file.is_file() and file.read_bytes()[:15] == b"SQLite format 3":
                yield f"cohort/{file.name}", f"sqlite:///{file}"
    else:
        yield "PostgreSQL", main


def _count(person: Held, found: Found) -> int:
    return len(_taken(person, found)[0])


def _taken(person: Held, found: Found) -> tuple[list[str], bytes, bytes]:
    """Return what of a shared file is about the mentor, the file without it, and the file as it is."""
    assert found.kind is not None  # noqa: S101  asked only of shared kinds
    try:
        content = found.path.read_bytes()
    except FileNotFoundError:
        return [], b"", b""
    about, rest = take_out(found.kind, content, person.names, person.words)
    return about, rest, content


def entries(person: Held, found: Found) -> list[str]:
    """Return what of a shared file is about the mentor, line by line."""
    return _taken(person, found)[0]


def erase(person: Held, say: Progress) -> list[Left]:
    """Take the mentor out of every place, and return what still mentions them.

    Raises KitError; what is done then is done, and run again it goes on.
    """
    cohort = person.cohort
    with alone(cohort):
        try:
            places = look_up(person)
            own = sorted(places.own, key=lambda one: one.kind is None or one.kind.holds != "page")
            say(f"Removing {len(own)} files of theirs")
            for found in [*own, *places.caches, *places.drafts]:
                remove(found.path)
            for folder in _folders(person):
                remove(folder)
            say(f"Taking them out of {len(places.shared)} files that hold several mentors")
            shared = [found for found, _ in places.shared]
            last = cohort.roster
            for found in shared:
                if found.path != last:
                    _rewrite(person, found)
            say("Taking them out of the gradebook")
            for _, address in _books(cohort):
                erase_rows(address, person.id)
            for found in shared:
                if found.path == last:
                    _rewrite(person, found)
            say("Searching every file")
            return list(_left(person))
        except OSError as error:
            raise KitError(
                f"{error.filename or 'A file'} could not be changed ({error.strerror}). What is done is done; "
                "mend its rights, then run the same command again."
            ) from error


def _rewrite(person: Held, found: Found) -> None:
    if found.kind is not None and found.kind.holds == "registry":
        if (registry := load_registry(found.path.parent)) is not None:
            save_registry(found.path.parent, forget(registry, person.id))
        return
    _, rest, content = _taken(person, found)
    if rest != content:
        write_atomic(found.path, rest, mode=found.path.stat().st_mode & 0o777)


def _folders(person: Held) -> Iterator[Path]:
    """Yield the folders that are this mentor's alone, empty by now or with what was not a file."""
    found = roots(person.cohort)
    for step in ("submitted", "autograded", "feedback"):
        yield found["cohort"] / step / person.id
    yield from found["exchange"].glob(f"inbound/{person.id}+*")
    yield found["mentors"] / person.id


def remove(path: Path) -> None:
    """Remove a file or a folder with all that is in it; one that is closed to its owner is opened first."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    for folder, _, _ in os.walk(path):
        if not Path(folder).stat().st_mode & stat.S_IWUSR:
            Path(folder).chmod(0o700)
    shutil.rmtree(path)


def mentions(path: Path, person: Held, *, clear: bool = False) -> bool:
    """Whether a file mentions the mentor; with `clear` by name or e-mail alone. A place in a path counts."""
    pattern = person.clear if clear else person.words
    if pattern is None or path.is_symlink() or not path.is_file():
        return False
    before = b""
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            if pattern.search(before + piece):
                return True
            before = piece[-1_000:]
    return False


def _left(person: Held) -> Iterator[Left]:
    for found in everything(person.cohort):
        plain = (
            found.kind is not None and found.kind.holds == "nothing"
        )  # an id may be a word of the course
        if mentions(found.path, person, clear=plain):
            yield Left(found, found.kind is not None)
