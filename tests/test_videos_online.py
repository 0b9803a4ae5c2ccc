"""Asking whether addresses answer: only when told to, one at a time, and every answer told honestly."""

from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest
from course_support import mentorkit
from videos_support import new_index
from web_support import listen

from mentorkit.videos import load
from mentorkit.videos.online import ask_all

SAID = {"/fine": 200, "/gone": 404, "/shy": 403, "/broken": 500}


class Site(BaseHTTPRequestHandler):
    """A site that answers in every way there is."""

    asked: list[str]

    def do_GET(self) -> None:
        """Answer."""
        self.asked.append(self.path)
        leads = {"/moved": "/fine", "/round": "/round", "/away": "file:///etc/passwd"}.get(
            self.path
        )
        self.send_response(302 if leads else SAID.get(self.path, 404))
        if leads:
            self.send_header("Location", leads)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_every_answer_is_told_apart(tmp_path: Path) -> None:
    """Moved, gone, shy and silent sites are four things to do; nothing is asked that need not be."""
    names = ("fine", "gone", "shy", "broken", "moved", "round", "away")
    folder = new_index(tmp_path, **{name: {} for name in names})
    Site.asked = []
    with listen(Site) as address:
        transport = httpx.HTTPTransport()

        def here(request: httpx.Request) -> httpx.Response:
            place = httpx.Request("GET", address + request.url.path, headers=request.headers)
            return transport.handle_request(place)

        waits: list[float] = []
        client = httpx.Client(transport=httpx.MockTransport(here))
        answers = list(ask_all(load(folder).videos, client, pause=5, sleep=waits.append))
    states = {answer.video.id: answer.state for answer in answers}
    assert states == {
        "fine": "answers", "gone": "gone", "shy": "hidden", "broken": "silent", "moved": "moved",
        "round": "silent", "away": "gone",
    }  # fmt: skip
    assert "/fine" in next(a.detail for a in answers if a.state == "moved")
    assert len(waits) == len(names) - 1 and min(waits) > 4
    assert len(Site.asked) == 13  # one each, two for what moved, six for what goes round


def test_silence_ends_in_time(tmp_path: Path) -> None:
    """A site that never answers costs one time-out, not the evening."""

    def never(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow", request=request)

    client = httpx.Client(transport=httpx.MockTransport(never))
    answers = list(ask_all(load(new_index(tmp_path, one={})).videos, client))
    assert [(a.state, a.detail) for a in answers] == [("silent", "no answer in time")]


def test_offline_check_asks_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without --online no connection is tried."""

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr("socket.socket.connect", refuse)
    assert "All is well" in mentorkit("videos", "check", "--index", new_index(tmp_path, one={}))


def test_dead_link_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With --online a dead address is named, and the exit code says so."""
    dead = httpx.MockTransport(lambda _request: httpx.Response(410))
    client = httpx.Client(transport=dead)
    monkeypatch.setattr("mentorkit.videos.online.httpx.Client", lambda **_given: client)
    said = mentorkit("videos", "check", "--online", "--index", new_index(tmp_path, one={}), code=1)
    assert "✗ 1/1 one: answers 410" in said and "1 thing(s) to mend" in said
