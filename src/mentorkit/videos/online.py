"""Asks whether each address still answers: one at a time, slowly, and only when a person said so.

An answer is no proof: a site may show "this video is gone" and call it a success. A person has to open it.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import httpx

from mentorkit import __version__
from mentorkit.videos.entries import Video

PAUSE = 1.0  # seconds between two requests to one host (assumption: nobody minds that)
TIME_OUT = 10.0  # seconds for one answer (assumption)
HOPS = 5  # redirects that are followed (assumption)
GONE = {404, 410}
HIDDEN = {401, 403, 429}  # signs of a site that keeps programs out: says nothing about the video
AGENT = f"mentorkit/{__version__} (checks links; one request a second)"


@dataclass(frozen=True)
class Answer:
    """What an address said. `state` is answers, moved, gone, hidden or silent; `detail` is for a person."""

    video: Video
    state: str
    detail: str

    @property
    def dead(self) -> bool:
        """Whether somebody has to act."""
        return self.state in ("gone", "silent")


def ask_all(
    videos: tuple[Video, ...],
    client: httpx.Client | None = None,
    *,
    pause: float = PAUSE,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Answer]:
    """Yield an answer for each video with an address, as it comes. Reads headers only, never a body."""
    last: dict[str, float] = {}
    own = client or httpx.Client(
        timeout=TIME_OUT, headers={"User-Agent": AGENT}, follow_redirects=False
    )
    with own:
        for video in videos:
            if video.address:
                wait = last.get(video.host, -pause) + pause - time.monotonic()
                if wait > 0:
                    sleep(wait)
                yield _ask(own, video)
                last[video.host] = time.monotonic()


def _ask(client: httpx.Client, video: Video) -> Answer:
    """Follow one address through its redirects."""
    address = video.address
    for _ in range(HOPS + 1):
        try:
            with client.stream("GET", address) as reply:
                status, target = reply.status_code, reply.headers.get("location", "")
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            reason = (
                "no answer in time" if isinstance(error, httpx.TimeoutException) else str(error)
            )
            return Answer(video, "silent", f"{reason or type(error).__name__}"[:200])
        if not (300 <= status < 400 and target):
            return Answer(video, *_judge(status, address, video.address))
        address = urljoin(address, target)
        if urlsplit(address).scheme not in ("http", "https"):
            return Answer(video, "gone", f"leads to {address[:200]}, which is no web page")
    return Answer(video, "silent", f"led on more than {HOPS} times")


def _judge(status: int, address: str, first: str) -> tuple[str, str]:
    """Return what the last answer means, and a sentence about it."""
    if status in GONE:
        return "gone", f"answers {status}"
    if status in HIDDEN:
        return "hidden", f"answers {status}: the site keeps programs out. Open it yourself"
    if status >= 400:
        return "silent", f"answers {status}"
    if address != first:
        return "moved", f"leads on to {address[:300]}"
    return "answers", "answers. Whether the video is there, only a person can see"
