"""Calls a platform's service with leave: gets the token, renews it once, and is patient, but never for long.

An overloaded platform (429, 5xx, no answer) is asked again a few times. Knows no line item and no score.
"""

import re
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from mentorkit.errors import KitError
from mentorkit.record.handoff.lti.platform import Platform
from mentorkit.record.handoff.lti.token import read_token, token_request
from mentorkit.record.handoff.lti.web import SECONDS, Answer, Unreachable, ask
from mentorkit.record.strict_json import write_json

TRIES = 4  # assumption, as is how long is waited between: 1, 2 and 4 seconds
LONGEST_WAIT = 60.0  # seconds; a platform that asks for more is left alone until the next run
BUSY = (429, 500, 502, 503, 504)
NOT_DONE = (429, 503)  # of these, the ones that say that nothing was done


class MaybeArrivedError(KitError):
    """Nobody knows whether what was sent arrived: no answer came, or one of a platform in trouble."""


class Calls:
    """Calls to one platform. Raises KitError where going on makes no sense, with what to do."""

    def __init__(
        self,
        platform: Platform,
        *,
        wait: Callable[[float], None] = time.sleep,
        seconds: float = SECONDS,
    ) -> None:
        self.platform = platform
        self._wait = wait
        self._seconds = seconds
        self._token = ""

    def speak(
        self,
        method: str,
        url: str,
        accept: str,
        kind: str | None = None,
        content: object = None,
        *,
        once: bool = False,
    ) -> Answer:
        """Return the platform's answer, renewing the token once.

        With `once` nothing is sent again that may have arrived: then MaybeArrivedError is raised.
        """
        body = None if content is None else write_json(content)
        answer = None
        for _ in range(2):
            headers = {"Authorization": f"Bearer {self._leave()}", "Accept": accept}
            if kind:
                headers["Content-Type"] = kind
            answer = self._patiently(method, url, headers, body, once=once)
            if answer.status != 401:
                return answer
            self._token = ""
        raise KitError(
            "The platform does not accept the token that it gave. Tell the people who run it."
        )

    def _leave(self) -> str:
        if not self._token:
            headers = {
                "Content-Type": "application/x-www-form-urlencoded",
                "Accept": "application/json",
            }
            url, body = self.platform.token_url, token_request(self.platform)
            self._token = read_token(self._patiently("POST", url, headers, body), self.platform)
        return self._token

    def _patiently(
        self,
        method: str,
        url: str,
        headers: dict[str, str],
        body: bytes | None,
        *,
        once: bool = False,
    ) -> Answer:
        host, unsure = urlsplit(url).netloc, False
        why, delay = "", 1.0
        for turn in range(TRIES):
            try:
                answer = ask(method, url, headers, body, seconds=self._seconds)
            except Unreachable as error:
                why, asked, unsure = str(error), delay, once
            else:
                if answer.status not in BUSY:
                    return _no_redirect(answer, url)
                why, asked = f"status {answer.status}", _asked_to_wait(answer) or delay
                unsure = once and answer.status not in NOT_DONE
            if unsure:
                break
            if asked > LONGEST_WAIT:
                raise KitError(
                    f"{host} asks to wait for {asked:.0f} seconds. Run the same command again after that."
                )
            if turn < TRIES - 1:
                self._wait(asked)
            delay *= 2
        raise (MaybeArrivedError if unsure else KitError)(
            f"{host} cannot be reached ({why[:200]}). What was sent is kept: run the same command again later."
        )


def _no_redirect(answer: Answer, url: str) -> Answer:
    if 300 <= answer.status < 400:
        raise KitError(
            f"{url[:200]} leads elsewhere (status {answer.status}), and grades follow no such sign. Put the "
            "final address into the platform's file."
        )
    return answer


def _asked_to_wait(answer: Answer) -> float | None:
    text = str(answer.headers.get("Retry-After") or "").strip()
    if re.fullmatch(r"\d{1,9}", text):
        return float(text)
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time()) if text else None
    except (ValueError, OverflowError):
        return None
