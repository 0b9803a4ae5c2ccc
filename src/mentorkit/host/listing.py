"""What is held about one mentor, as a list for page and screen: place, what it is, why it is kept, how much."""

from collections.abc import Mapping

from mentorkit.host.erase import Places
from mentorkit.host.inventory import Found, Kind

Say = Mapping[str, str]
Line = tuple[str, str, str, str]


def what_of(kind: Kind | None, say: Say) -> str:
    """Return in words what a file of `kind` is."""
    return say["person.inventory.unknown"] if kind is None else say[f"person.kind.{kind.id}"]


def listing(places: Places, say: Say) -> list[Line]:
    """Return a line for each kind of place, the mentor's own files by kind."""
    lines: dict[Kind, list[Found]] = {}
    for found in [*places.own, *places.caches]:
        if found.kind is not None:
            lines.setdefault(found.kind, []).append(found)
    rows = [
        (_place(kind), what_of(kind, say), say[f"person.why.{kind.why}"],
         say["person.inventory.files"].format(count=len(files)))
        for kind, files in lines.items()
    ]  # fmt: skip
    for found, count in places.shared:
        assert found.kind is not None  # noqa: S101  only known kinds are shared
        much = say["person.inventory.entries"].format(count=count)
        rows.append(
            (found.shown, what_of(found.kind, say), say[f"person.why.{found.kind.why}"], much)
        )
    for shown, count in places.books:
        much = say["person.inventory.rows"].format(count=count)
        rows.append((shown, say["person.kind.gradebook"], say["person.why.grade"], much))
    return sorted(rows)


def _place(kind: Kind) -> str:
    """Return where files of `kind` lie, without what stands for a name."""
    path = kind.path.replace("**", "").replace("{own}", "").replace("{any}", "…")
    return f"{kind.at}/{path.replace('{rest}', '…').replace('{kind}', '…').replace('{id}', 'ID')}"
