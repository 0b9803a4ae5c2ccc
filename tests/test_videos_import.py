"""Bringing in what others export: shown first, written when asked, hostile files refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from course_support import mentorkit
from hypothesis import given, settings
from hypothesis import strategies as st
from videos_support import new_index

from mentorkit.errors import KitError
from mentorkit.videos import load, read_cues
from mentorkit.videos.bring import read_export

YTDLP = {
    "id": "abc",
    "title": "Sample: circles\u202e at work\n",
    "uploader": "Sample channel",
    "upload_date": "20240131",
    "duration": 125.4,
    "language": "de-DE",
    "webpage_url": "https://videos.example/watch?v=abc",
    "formats": [{}] * 9,
    "chapters": [
        {"start_time": 0, "end_time": 60, "title": "Start"},
        {"start_time": 60, "end_time": 125.4, "title": "Rest"},
    ],
}
PYVIDEO = {
    "title": "Sample talk",
    "speakers": ["Sample One", "Sample Two"],
    "recorded": "2023-05-04",
    "language": "deu",
    "duration": 1800,
    "tags": ["Peer Learning", "42"],
    "videos": [{"type": "x", "url": "https://videos.example/p"}],
    "copyright_text": "CC BY 4.0",
}
TABLE = (
    "\ufeffTitle;URL;Speakers;Duration;Language;Topics;Problems\n"
    "Sample row;https://videos.example/r;One|Two;1:02:03;en;Own Talks;P15|nonsense\n"
)


def save(path: Path, content: Any) -> Path:
    """Write a file as text or as JSON."""
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


def test_import_shows_first_and_writes_when_asked(tmp_path: Path) -> None:
    """A dry run touches nothing; --write makes entries that pass the check; a second time adds nothing."""
    folder = new_index(tmp_path / "index", ours={})
    files = [
        save(tmp_path / "a.info.json", YTDLP),
        save(tmp_path / "b.json", PYVIDEO),
        save(tmp_path / "c.csv", TABLE),
    ]
    said = mentorkit("videos", "import", *files, "--index", folder)
    assert "3 to add. Nothing was written" in said and not (folder / "company").exists()
    assert "3 written" in mentorkit("videos", "import", *files, "--index", folder, "--write")
    assert "All is well" in mentorkit("videos", "check", "--index", folder)
    assert "0 written" in mentorkit("videos", "import", *files, "--index", folder, "--write")
    videos = {video.id: video for video in load(folder).videos}
    talk, row = videos["sample-talk"], videos["sample-row"]
    tube = videos["sample-circles-at-work"]
    assert (tube.title, tube.duration, tube.languages) == ("Sample: circles at work", 125, ("de",))
    assert (tube.date, tube.status) == ("2024-01-31", "unchecked")
    assert tube.chapters and [cue.text for cue in read_cues(tube.chapters)] == ["Start", "Rest"]
    assert (talk.speakers, talk.languages, talk.licence) == (
        ("Sample One", "Sample Two"),
        ("de",),
        "CC BY 4.0",
    )
    assert talk.topics == ("peer-learning",)
    assert (row.duration, row.speakers, row.problems) == (3723, ("One", "Two"), ("P15",))


def test_playlist_is_taken_apart_and_doubles_are_left_out(tmp_path: Path) -> None:
    """One file may hold many; the same address counts once, and two of one title get two names."""
    other = YTDLP | {"webpage_url": "https://videos.example/watch?v=other", "chapters": None}
    file = save(tmp_path / "list.json", {"entries": [YTDLP, YTDLP, other]})
    folder = new_index(tmp_path / "index")
    said = mentorkit("videos", "import", file, "--index", folder, "--write")
    assert "2 written" in said and "is there already" in said
    assert len(load(folder).videos) == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", ""),
        ("a.json", "[" * 100_000),
        ("a.json", "[]"),
        ("a.json", "[1]"),
        ("a.json", {"title": "x"}),
        ("a.json", {"title": "", "url": "https://videos.example"}),
        ("a.json", {"title": "x", "url": "javascript:x"}),
        ("a.json", {"title": "x", "url": "https://a b"}),
        ("a.json", {"title": "x", "url": "https://v.example", "chapters": 5}),
        ("a.json", {"title": "x", "url": "https://v.example", "chapters": [{"start_time": "x"}]}),
        ("a.csv", ""),
        ("a.csv", "name,place\nx,y\n"),
        ("a.csv", "title,address\nx\n"),
        ("a.csv", 'title,address\n"x'),
        ("a.csv", "title,address\nx,ftp://v.example\n"),
        ("a.csv", "title,address\nx,y,z\n"),
    ],
)
def test_hostile_export_is_refused(name: str, content: Any, tmp_path: Path) -> None:
    """One sentence, no traceback, nothing written."""
    with pytest.raises(KitError):
        read_export(save(tmp_path / name, content))


@pytest.mark.parametrize("title", ["../../evil", "CON", "..", "/etc/passwd", "日本", "a" * 300])
def test_no_title_leads_out_of_the_folder(title: str, tmp_path: Path) -> None:
    """The file's name is made of small letters, digits and hyphens, whatever the title."""
    folder = new_index(tmp_path / "index")
    file = save(tmp_path / "a.json", YTDLP | {"title": title})
    mentorkit("videos", "import", file, "--index", folder, "--write")
    assert len(list((folder / "company").glob("*.yaml"))) == 1
    assert not [p for p in tmp_path.rglob("*.yaml") if p.parent.name != "company"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from([YTDLP, PYVIDEO]),
    st.dictionaries(st.sampled_from(sorted(YTDLP | PYVIDEO)), values, max_size=4),
)
def test_no_value_breaks_the_import(
    tmp_path_factory: pytest.TempPathFactory, known: dict[str, Any], changed: dict[str, Any]
) -> None:
    """Whatever an export holds, there is an entry or a sentence."""
    file = tmp_path_factory.getbasetemp() / "any.json"
    try:
        assert read_export(save(file, known | changed))
    except KitError as error:
        assert "any.json" in str(error)
