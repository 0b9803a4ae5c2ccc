"""Captions and chapters in WebVTT: cues with their seconds, gathered into passages that one can search.

The parsing is webvtt-py's, strictly. Here stand the limits: a file may come from anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError

from mentorkit.errors import KitError
from mentorkit.videos.load import read_text

LARGEST = 2_000_000  # bytes; a day's captions are less (assumption)
MOST = 20_000  # cues (assumption)
PASSAGE = (
    25  # seconds that one passage spans, about: long enough to make sense, short enough to find
)


@dataclass(frozen=True)
class Cue:
    """What is said from second `start` to second `end`; for a chapter, its title."""

    start: float
    end: float
    text: str


def read_cues(path: Path) -> tuple[Cue, ...]:
    """Return the cues of a WebVTT file, in order. Raises KitError with the file and what is wrong."""
    text = read_text(path, LARGEST)
    try:
        captions = WebVTT.from_string(text, strict=True).captions
    except (MalformedFileError, MalformedCaptionError, ValueError, OverflowError) as error:
        reason = str(error)[:160]
        raise KitError(
            f"{path}:1: not valid WebVTT ({reason}). It begins with WEBVTT, then a cue a block."
        ) from error
    if len(captions) > MOST:
        raise KitError(f"{path}:1: more than {MOST} cues. Is it the right file?")
    cues: list[Cue] = []
    for number, caption in enumerate(captions, 1):
        start, end = (
            time.in_milliseconds() / 1000 for time in (caption.start_time, caption.end_time)
        )
        if end <= start or (cues and start < cues[-1].start):
            raise KitError(
                f"{path}:1: cue {number} ends before it starts, or comes before the one ahead of it."
            )
        said = " ".join(unescape(caption.text).split())
        if said:
            cues.append(Cue(start, end, said))
    if not cues:
        raise KitError(f"{path}:1: holds no cues. Leave it out, or fill it.")
    return tuple(cues)


def passages(
    cues: tuple[Cue, ...], seconds: float = PASSAGE, breaks: Sequence[float] = ()
) -> tuple[Cue, ...]:
    """Return `cues` joined into passages of about `seconds`, each ending with a sentence where it can.

    A new passage begins with the first cue at or after each of `breaks`: the seconds where chapters start.
    """
    made: list[Cue] = []
    held: list[Cue] = []
    due = sorted(breaks)
    for cue in cues:
        while due and due[0] <= cue.start:
            due.pop(0)
            if held:
                made.append(_join(held))
                held = []
        held.append(cue)
        long = cue.end - held[0].start
        if (long >= seconds and cue.text[-1] in ".?!…") or long >= 2 * seconds:
            made.append(_join(held))
            held = []
    if held:
        made.append(_join(held))
    return tuple(made)


def _join(cues: list[Cue]) -> Cue:
    return Cue(cues[0].start, cues[-1].end, " ".join(cue.text for cue in cues))


def clock(seconds: float) -> str:
    """Return a time as people write it: 1:05, or 1:02:03."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
