"""The video index as files: whole, honest, and every mistake named by file and line."""

import re
from pathlib import Path
from typing import Any

import pytest
from course_support import mentorkit
from hypothesis import given, settings
from hypothesis import strategies as st
from videos_support import CAPTIONS, ENTRY, INDEX, new_index

from mentorkit.errors import KitError
from mentorkit.videos import load
from mentorkit.videos.load import Faults, read_index
from mentorkit.videos.write import to_yaml


def test_index_of_the_course_is_whole() -> None:
    """Nothing to mend, nothing twice; all 44 that the research lists are there."""
    said = mentorkit("videos", "check")
    assert "All is well." in said
    assert len([v for v in load(INDEX).videos if v.address]) == 44


def test_no_address_is_called_checked() -> None:
    """Nobody has opened an address yet, and no entry claims so; licences are not guessed."""
    for video in load(INDEX).videos:
        if video.address:
            assert (video.status, video.last_checked, video.licence) == (
                "unchecked",
                "never",
                "unknown",
            )
            assert video.duration is None


@pytest.mark.parametrize(
    ("change", "line", "says"),
    [
        ({"title": ""}, 1, "title"),
        ({"title": "two\nlines"}, 1, "title"),
        ({"speakers": "Sample"}, 2, "speakers"),
        ({"date": "last spring"}, 3, "date"),
        ({"duration": -5}, 4, "duration"),
        ({"languages": []}, 5, "languages"),
        ({"address": "http://videos.example/1"}, 6, "address"),
        ({"address": "javascript:alert(1)"}, 6, "address"),
        ({"address": 'https://videos.example/"onclick="x'}, 6, "address"),
        ({"address": None}, 1, "either a file, or an address"),
        ({"file": "../../etc/passwd", "address": None, "leads_to": None, "seen_in": None}, 6, "file"),
        ({"problems": ["P99"]}, 11, "there is no problem P99"),
        ({"audience": ["boss"]}, 13, "audience"),
        ({"status": "surely"}, 16, "status"),
        ({"captions": {"en": "absent.vtt"}}, 9, "no file absent.vtt"),
    ],
)  # fmt: skip
def test_mistake_is_named_by_file_and_line(
    change: dict[str, Any], line: int, says: str, tmp_path: Path
) -> None:
    """A person who writes an entry by hand reads where to look."""
    with pytest.raises(KitError) as refused:
        load(new_index(tmp_path, one=change))
    found = re.fullmatch(rf"{re.escape(str(tmp_path))}/one\.yaml:(\d+): (.*)", str(refused.value))
    assert found and says in found[2]
    assert abs(int(found[1]) - line) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "a: [", "title: !!python/object/apply:os.system [id]", "&a [*a]", "title: \x00", "[" * 9000,
        "x" * 70_000, "title: t\nextra: 1",
        "a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c]",
    ],
    ids=lambda text: text[:8],
)  # fmt: skip
def test_hostile_file_is_refused_in_one_sentence(text: str, tmp_path: Path) -> None:
    """No file, however made, runs anything, hangs or ends in a traceback."""
    with pytest.raises(KitError) as refused:
        load(new_index(tmp_path, one=text))
    assert len(str(refused.value)) < 700 and "one.yaml:" in str(refused.value)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(sorted(ENTRY)),
        st.recursive(
            st.none() | st.integers() | st.text(max_size=20),
            lambda inner: st.lists(inner, max_size=3),
            max_leaves=5,
        ),
    )
)
def test_no_value_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, changed: dict[str, Any]
) -> None:
    """Whatever stands in a field, the check ends with the entry or with a sentence."""
    folder = new_index(tmp_path_factory.getbasetemp() / "values")
    (folder / "one.yaml").write_text(to_yaml(ENTRY | changed), encoding="utf-8")
    faults = Faults()
    index = read_index(folder, [], faults)
    assert len(index.videos) + bool(faults.found) >= 1


def test_check_tells_everything_at_once(tmp_path: Path) -> None:
    """Two mistakes need one run, and the exit code says that there are some."""
    folder = new_index(tmp_path, one={"status": "surely"}, two={"date": "soon"}, three={})
    said = mentorkit("videos", "check", "--index", folder, code=1)
    assert "one.yaml:" in said and "two.yaml:" in said and "2 thing(s) to mend" in said


@pytest.mark.parametrize(
    "other",
    [
        "https://www.youtube.com/watch?v=abc",
        "https://youtu.be/abc",
        "https://m.youtube.com/watch?app=x&v=abc",
    ],
)
def test_same_video_twice_is_noticed(other: str, tmp_path: Path) -> None:
    """However the address is written."""
    folder = new_index(tmp_path, one={"address": "https://youtu.be/abc"}, two={"address": other})
    assert "same address" in mentorkit("videos", "check", "--index", folder, code=1)


def test_taken_down_video_is_gone_everywhere(tmp_path: Path) -> None:
    """Its entry may stay as a file: no search finds it, and no import brings it back."""
    folder = new_index(tmp_path, one={}, two={"address": "https://youtu.be/abc"})
    listed = """
- {video: one, why: asked, since: "2026-11-28"}
- {video: "https://www.youtube.com/watch?v=abc", why: asked, since: "2026-11-28"}
"""
    (folder / "no_publish.yaml").write_text(listed)
    index = load(folder)
    assert (index.videos, len(index.kept_back)) == ((), 2)
    assert "Nothing found" in mentorkit("videos", "search", "one", "--index", folder)
    (tmp_path / "more.csv").write_text("title,address\nAgain,https://youtu.be/abc\n")
    assert "take-down list" in mentorkit(
        "videos", "import", tmp_path / "more.csv", "--index", folder
    )


def test_company_keeps_a_library_of_its_own(tmp_path: Path) -> None:
    """Entries in company/ join the index by themselves, a folder elsewhere by --library."""
    folder = new_index(tmp_path / "index", ours={})
    new_index(folder / "company", theirs={})
    elsewhere = new_index(tmp_path / "elsewhere", shared={})
    assert [(v.id, v.own) for v in load(folder).videos] == [("ours", False), ("theirs", True)]
    assert "shared" in mentorkit(
        "videos", "search", "shared", "--index", folder, "--library", elsewhere
    )


def test_search_finds_title_tags_and_the_second(tmp_path: Path) -> None:
    """Words may be short, without accents, and stand in different places; captions give the time."""
    folder = new_index(
        tmp_path, one={"title": "Über Stühle", "captions": {"en": "one.en.vtt"}}, two={}
    )
    (folder / "one.en.vtt").write_text(CAPTIONS)
    assert "Über Stühle" in mentorkit("videos", "search", "uber", "stuhl", "--index", folder)
    assert "1 found" in mentorkit("videos", "search", "chat", "club", "uber", "--index", folder)
    said = mentorkit("videos", "search", "ghost", "--index", folder)
    assert "at 0:30" in said and "never comes" in said
