"""Who a person is in a cohort: the id, and whatever else their files are known by."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import md5
from pathlib import Path

from nbgrader import api
from sqlalchemy import select

from mentorkit.errors import KitError
from mentorkit.files import read_regular
from mentorkit.grading.release import own_name
from mentorkit.host.gradebook_rows import opened
from mentorkit.host.inventory import Found, everything, roots
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import EMAIL, ID, read_roster
from mentorkit.workshop.sight import Sight
from mentorkit.workshop.so_far import page_place

SECRET = "submission_secret.txt"  # noqa: S105  nbgrader's file; names the feedback page in the exchange
# after an id: no letter, and a dot only before the end of a sentence or of a file's name
FOLLOWS = rb"(?![\w-]|\.(?!(?:record|badge|json)\b)\w)"


@dataclass(frozen=True)
class Held:
    """One mentor of `cohort`: the id, and name and e-mail where roster or gradebook have them."""

    cohort: CohortFolder
    id: str
    name: str | None
    email: str | None

    @cached_property
    def pages(self) -> frozenset[str]:
        """The names of this mentor's pages in the exchange: feedback, and the record so far."""
        found: set[str] = set()
        with suppress(KitError):  # without the cohort's secret nobody can tell whose page it is
            found.add(f"records/{page_place(self.cohort, self.id).name}")
        for secret in self._secrets():
            for name in self._assignments():
                for text in {secret, secret.strip()}:
                    code = md5((text + name).encode(), usedforsecurity=False)  # nbgrader's own
                    found.add(f"feedback/{code.hexdigest()}.html")
        return frozenset(found)

    def _assignments(self) -> set[str]:
        """Return every assignment there ever was, by its folders: lists may be damaged."""
        folders = ("source", "release", f"submitted/{self.id}", f"feedback/{self.id}")
        return {path.name for one in folders for path in self.cohort.root.glob(f"{one}/*")}

    def _secrets(self) -> Iterator[str]:
        for at, root in roots(self.cohort).items():
            inside = {
                "cohort": f"*/{self.id}",
                "exchange": f"inbound/{self.id}+*",
                "mentors": self.id,
            }
            for folder in root.glob(inside[at]) if at in inside else ():
                for path in folder.rglob(SECRET):
                    try:
                        yield read_regular(path, 1_000).decode()
                    except (OSError, ValueError):
                        continue

    def owns(self, found: Found) -> bool:
        """Whether a file is this mentor's alone."""
        if found.kind is None or found.kind.holds not in {"own", "page"}:
            return False
        if found.kind.holds == "page":
            return found.name in self.pages
        own = re.escape(own_name(self.cohort.name, self.id))
        return bool(found.kind.pattern(re.escape(self.id), own).fullmatch(found.name))

    @cached_property
    def names(self) -> frozenset[str]:
        """The id, and the pseudonyms that the mentor's scripts bear where a works council asked for them."""
        with suppress(KitError):
            sight = Sight(False, self.cohort.secret())
            return frozenset(
                {self.id, *(sight.name_of(self.id, one) for one in self._assignments())}
            )
        return frozenset({self.id})

    @cached_property
    def words(self) -> re.Pattern[bytes]:
        """What a line about this mentor has in it: the id as a word of its own, the name, the e-mail."""
        parts = [
            rb"(?<![\w.-])" + re.escape(name.encode()) + FOLLOWS for name in sorted(self.names)
        ]
        return re.compile(b"|".join([*parts, *self._clear]), re.IGNORECASE)

    @cached_property
    def _clear(self) -> list[bytes]:
        known = [text for text in (self.name, self.email) if text and len(text) > 2]
        spelt = {form for text in known for form in (text, _escaped(text))}
        return [re.escape(text.encode()) for text in sorted(spelt)]

    @cached_property
    def clear(self) -> re.Pattern[bytes] | None:
        """The name and the e-mail alone, as text and as JSON: ids may be ordinary words."""
        return re.compile(b"|".join(self._clear), re.IGNORECASE) if self._clear else None


def _escaped(text: str) -> str:
    return text.encode("ascii", "backslashreplace").decode().replace("\\x", "\\u00")


def find_person(cohort: CohortFolder, id: str) -> Held:
    """Return who `id` is. Raises KitError where nothing at all is held about such a person."""
    if not ID.fullmatch(id):
        raise KitError(f"'{id[:80]}' is not an id. Take it from the roster: {cohort.roster}.")
    listed = _on_roster(cohort, id) or _in_gradebook(cohort, id)
    if listed is not None:
        return Held(cohort, id, *listed)
    person = Held(cohort, id, None, None)
    if not any(person.owns(found) for found in everything(cohort)):
        raise KitError(
            f"Nothing is held about '{id}' in '{cohort.name}': neither on the roster, in the gradebook nor in "
            "a folder. Check the id, and upper and lower case."
        )
    return person


def _on_roster(cohort: CohortFolder, id: str) -> tuple[str, str | None] | None:
    try:
        mentors = read_roster(cohort.roster)
    except KitError:  # empty once the last one is erased
        return None
    return next(((one.name, one.email) for one in mentors if one.id == id), None)


def _in_gradebook(cohort: CohortFolder, id: str) -> tuple[str | None, str | None] | None:
    if cohort.gradebook.startswith("sqlite:///") and not Path(cohort.gradebook[10:]).is_file():
        return None
    with opened(cohort.gradebook) as engine, engine.connect() as connection:
        table = api.Student.__table__
        row = connection.execute(select(table).where(table.c.id == id)).first()
    if row is None:
        return None
    name = " ".join(filter(None, (row.first_name, row.last_name)))
    return name or None, row.email if row.email and EMAIL.fullmatch(row.email) else None
