"""Reads the index: a YAML file a video, checked against the schema beside them, and the take-down list.

A mistake is named by file and line. May know the catalogue's problems; knows no page, no cohort, no network.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import fastjsonschema

from mentorkit.catalogue import catalogue
from mentorkit.catalogue.check import line_of, parse
from mentorkit.errors import KitError
from mentorkit.files import read_regular
from mentorkit.videos.entries import Index, Video, Withheld, same_video

SCHEMA, TAKE_DOWN, COMPANY = "schema.json", "no_publish.yaml", "company"
LARGEST = 64 * 1024  # bytes of an entry; assumption: a hundred times what one needs
MOST = 5000  # entries of one folder (assumption)
LISTS = (
    "speakers", "languages", "subtitles", "topics", "weeks", "problems", "modules", "audience", "unverified",
)  # fmt: skip
WITHHELD = {"video", "why", "since"}


def index_folder() -> Path:
    """Return the folder `video_index/` of the checkout. Raises KitError outside one."""
    for base in (Path(__file__).resolve().parents[3], Path.cwd()):
        if (base / "video_index" / SCHEMA).is_file():
            return base / "video_index"
    raise KitError(
        "The folder 'video_index' was not found. Run this in the course's folder, or name it with --index."
    )


def load(folder: Path, libraries: Sequence[Path] | None = None) -> Index:
    """Return the index in `folder` with a company's `libraries` (its subfolder company/ if None).

    Raises KitError with file and line for the first thing that is wrong.
    """
    faults = Faults()
    index = read_index(folder, libraries, faults)
    if faults.found:
        raise KitError(faults.found[0])
    return index


class Faults:
    """Collects what is wrong, so that a check can tell everything at once."""

    def __init__(self) -> None:
        self.found: list[str] = []

    def add(self, path: Path, line: int, message: str) -> None:
        """Note one fault."""
        self.found.append(f"{path}:{line}: {message}")


def read_index(folder: Path, libraries: Sequence[Path] | None, faults: Faults) -> Index:
    """Return what is right in the index; what is wrong is added to `faults`.

    Raises KitError only where there is no index at all, or its schema or take-down list cannot be read.
    """
    check = _schema_of(folder)
    company = folder / COMPANY
    libraries = ([company] if company.is_dir() else []) if libraries is None else libraries
    withheld = [one for place in (folder, *libraries) for one in read_withheld(place / TAKE_DOWN)]
    videos: list[Video] = []
    for place in (folder, *libraries):
        if not place.is_dir():
            raise KitError(
                f"There is no folder {place}. Name the folder that holds the videos' YAML files."
            )
        videos += _read_folder(place, check, faults, own=place != folder)
    seen: dict[str, Path] = {}
    for video in videos:
        if video.id in seen:
            faults.add(
                video.source, 1, f"'{video.id}' is also the name of {seen[video.id]}. Rename one."
            )
        seen.setdefault(video.id, video.source)
    names = {one.video for one in withheld} | {same_video(one.video) for one in withheld}
    back = tuple(
        v for v in videos if v.id in names or (v.address and same_video(v.address) in names)
    )
    shown = tuple(v for v in videos if v not in back)
    return Index(shown, tuple(withheld), back)


def _schema_of(folder: Path) -> Callable[[Any], Any]:
    try:
        schema = json.loads(read_regular(folder / SCHEMA, LARGEST, links=True))
        checked: Callable[[Any], Any] = fastjsonschema.compile(schema)
    except (OSError, ValueError, fastjsonschema.JsonSchemaDefinitionException) as error:
        raise KitError(
            f"{folder / SCHEMA} cannot be used ({error}). Is {folder} the course's video_index?"
        ) from error
    return checked


def read_text(path: Path, largest: int = LARGEST) -> str:
    """Return a small text file. Raises KitError that names it."""
    try:
        data = read_regular(path, largest, links=True)
        if len(data) > largest:
            raise KitError(f"{path}:1: larger than {largest} bytes. Is it the right file?")
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"{path}:1: cannot be read ({error}).") from error


def read_withheld(path: Path) -> list[Withheld]:
    """Return the take-down list at `path`; an empty one where there is no such file."""
    if not path.exists():
        return []
    listed = parse(read_text(path), str(path))
    for entry in listed if isinstance(listed, list) else [listed]:
        if not isinstance(entry, dict) or set(entry) != WITHHELD:
            raise KitError(f"{path}: each line needs video, why and since. Nothing else.")
    return [Withheld(*(str(entry[key]) for key in ("video", "why", "since"))) for entry in listed]


def _read_folder(
    place: Path, check: Callable[[Any], Any], faults: Faults, *, own: bool
) -> Iterator[Video]:
    paths = sorted(path for path in place.glob("*.yaml") if path.name != TAKE_DOWN)
    if len(paths) > MOST:
        raise KitError(f"{place} holds more than {MOST} files. Is it the right folder?")
    for path in paths:
        try:
            text = read_text(path)
            content = _plain(parse(text, str(path)))
            check(content)
            yield _video(path, text, content, faults, own=own)
        except fastjsonschema.JsonSchemaValueException as error:
            steps = [int(step) if step.isdigit() else step for step in error.path[1:]]
            faults.add(path, line_of(text, steps), _say(error))
        except KitError as error:
            faults.found.append(str(error))


def _say(error: fastjsonschema.JsonSchemaValueException) -> str:
    """Return the schema's complaint in fewer words."""
    if error.rule == "oneOf" and error.path == ["data"]:
        return "give either a file, or an address with leads_to and seen_in."
    name = ".".join(error.path[1:]) or "the entry"
    message = error.message.removeprefix(".".join(error.path)).strip()
    return f"{name} {message[:300]}. See the README beside the schema."


def _plain(content: Any) -> Any:
    """Let a date or a year that somebody wrote without quotes be what it looks like."""
    if not isinstance(content, dict):
        return content
    looks = {"date", "last_checked"}
    return {
        key: str(value) if key in looks and isinstance(value, int | date) else value
        for key, value in content.items()
    }


def _video(path: Path, text: str, content: dict[str, Any], faults: Faults, *, own: bool) -> Video:
    """Return a checked entry as a record, and note what a schema cannot see."""
    known = catalogue().problems
    for place, problem in enumerate(content["problems"]):
        if problem not in known:
            faults.add(path, line_of(text, ["problems", place]), f"there is no problem {problem}.")
    fields: dict[str, Any] = {key: tuple(content.get(key, ())) for key in LISTS}
    files = {
        **content.get("captions", {}),
        "file": content.get("file"),
        "chapters": content.get("chapters"),
    }
    for key, name in files.items():
        if name and not (path.parent / name).is_file():
            step = [key] if key in content else ["captions", key]
            faults.add(path, line_of(text, step), f"there is no file {name} beside it.")
    plain = {key: content[key] for key in content.keys() - {*LISTS, "file", "captions", "chapters"}}
    plain["duration"] = None if content["duration"] == "unknown" else content["duration"]
    plain["note"] = str(content.get("note", "")).strip()
    return Video(
        id=path.stem,
        source=path,
        own=own,
        file=path.parent / content["file"] if "file" in content else None,
        captions={key: path.parent / name for key, name in content.get("captions", {}).items()},
        chapters=path.parent / content["chapters"] if "chapters" in content else None,
        **plain,
        **fields,
    )
