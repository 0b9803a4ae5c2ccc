"""Captions: read strictly, joined into passages, and never a danger."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from videos_support import CAPTIONS, new_index

from mentorkit.errors import KitError
from mentorkit.videos import passages, read_cues
from mentorkit.videos.captions import Cue, clock
from mentorkit.videos.check import check_index
from mentorkit.videos.write import to_webvtt


def test_cues_are_plain_text_with_their_seconds(tmp_path: Path) -> None:
    """Marks inside a cue do not reach the page."""
    path = tmp_path / "one.vtt"
    path.write_text(CAPTIONS)
    cues = read_cues(path)
    assert [(cue.start, cue.end) for cue in cues] == [(0, 20), (20, 30), (30, 58)]
    assert cues[2].text == "A ghost member signs up and never comes."


def test_passages_end_with_a_sentence_and_lose_nothing(tmp_path: Path) -> None:
    """A passage is long enough to make sense; all the words are in one of them, in order."""
    cues = tuple(Cue(n * 4, n * 4 + 4, f"part {n}{'.' if n % 3 == 0 else ''}") for n in range(60))
    made = passages(cues)
    assert " ".join(p.text for p in made) == " ".join(c.text for c in cues)
    assert all(p.text.endswith(".") for p in made[:-1])
    assert all(25 <= p.end - p.start <= 50 for p in made[:-1])


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "WEBVTT", "WEBVTT\n\nNOTE nothing here", "WEBVTT\n\n00:10.000 --> 00:05.000\nback",
        "WEBVTT\n\n00:10.000 --> 00:12.000\nb\n\n00:01.000 --> 00:02.000\na", "WEBVTT\n\n99:99:99.999 --> x\nb",
        "WEBVTT\n\n00:00.000 --> 00:99.000\nb", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v \n\n-->",
        "1\n00:00:01,000 --> 00:00:02,000\nan SRT", "\x00\x01",
    ],
)  # fmt: skip
def test_what_is_no_captions_is_refused(text: str, tmp_path: Path) -> None:
    """The sentence names the file."""
    path = tmp_path / "one.vtt"
    path.write_text(text)
    with pytest.raises(KitError, match=r"one\.vtt:1: "):
        read_cues(path)


def test_huge_binary_and_missing_files_are_refused(tmp_path: Path) -> None:
    """Nobody waits for a gigabyte, and bytes that are no text do no harm."""
    path = tmp_path / "one.vtt"
    path.write_bytes(b"WEBVTT\n\n" + b"x" * 3_000_000)
    with pytest.raises(KitError, match="larger"):
        read_cues(path)
    path.write_bytes(b"WEBVTT\n\n\xff\xfe")
    with pytest.raises(KitError, match="cannot be read"):
        read_cues(path)
    with pytest.raises(KitError, match="cannot be read"):
        read_cues(tmp_path)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="WEBVT\n0123456789:.-> <>/&;abc\r\x00\u2028", max_size=200))
def test_no_text_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever follows the first line, there are cues or there is a sentence."""
    path = tmp_path_factory.getbasetemp() / "any.vtt"
    path.write_text("WEBVTT\n\n" + text, encoding="utf-8", newline="")
    try:
        assert read_cues(path)
    except KitError as error:
        assert "any.vtt" in str(error)


def test_written_chapters_read_back(tmp_path: Path) -> None:
    """What an import writes is what the page reads."""
    cues = (Cue(0, 3.5, "First: <b> & co"), Cue(3.5, 3600, "Second"))
    (tmp_path / "one.vtt").write_text(to_webvtt(cues))
    read = read_cues(tmp_path / "one.vtt")
    assert [(cue.start, cue.end) for cue in read] == [(0, 3.5), (3.5, 3600)]
    assert read[1].text == "Second"


def test_captions_longer_than_the_video_are_noticed(tmp_path: Path) -> None:
    """Captions of another cut would lead to the wrong seconds."""
    folder = new_index(tmp_path, one={"duration": 40, "captions": {"en": "one.vtt"}})
    (folder / "one.vtt").write_text(CAPTIONS)
    _, faults = check_index(folder, None)
    assert len(faults) == 1 and "0:58" in faults[0] and "0:40" in faults[0]


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (65.9, "1:05"), (3723, "1:02:03")])
def test_time_is_told_as_people_write_it(seconds: float, said: str) -> None:
    """Minutes and seconds; hours only where there are some."""
    assert clock(seconds) == said
