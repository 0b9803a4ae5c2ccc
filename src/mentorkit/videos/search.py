"""Finds videos by words: in titles and tags, and in captions to the second. Plain, for the command line.

The book's own search is Pagefind's (`mentorkit.book.search_index`); this one needs no built book.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mentorkit.catalogue import catalogue
from mentorkit.videos.captions import Cue, passages, read_cues
from mentorkit.videos.entries import Video

WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Hit:
    """A video that has every word; `passage` is where, or None if title and tags have them all."""

    video: Video
    passage: Cue | None = None
    language: str = ""


def search(videos: tuple[Video, ...], asked: str) -> Iterator[Hit]:
    """Yield the hits for `asked`: title and tags first, then chapters and passages of captions.

    A word also finds longer ones that begin with it; capitals and accents do not matter. Raises KitError
    where captions cannot be read.
    """
    wanted = words_of(asked)
    if not wanted:
        return
    for video in videos:
        if _has(words_of(tags_of(video)), wanted):
            yield Hit(video)
    for video in videos:
        for part in read_cues(video.chapters) if video.chapters else ():
            if _has(words_of(part.text), wanted):
                yield Hit(video, part)
        for language, path in video.captions.items():
            for passage in passages(read_cues(path)):
                if _has(words_of(passage.text), wanted):
                    yield Hit(video, passage, language)


def tags_of(video: Video) -> str:
    """Return everything about a video that can be searched, except what is said in it."""
    known = catalogue().problems
    problems = (f"{id} {known[id].name}" for id in video.problems if id in known)
    weeks = (f"week {week}" for week in video.weeks)
    parts = (video.title, *video.speakers, *video.topics, *video.audience, video.kind, *problems)
    return " ".join((*parts, *weeks, *video.languages, video.id, video.note))


def words_of(text: str) -> set[str]:
    """Return the words of `text` without capitals and accents."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    return set(WORD.findall("".join(c for c in folded if not unicodedata.combining(c))))


def _has(words: set[str], wanted: set[str]) -> bool:
    return all(any(word.startswith(one) for word in words) for one in wanted)
