"""Speaks to a platform's Assignment and Grade Services: line items, scores, results.

Source: 1EdTech LTI Assignment and Grade Services 2.0.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from mentorkit.errors import KitError
from mentorkit.record.handoff.lti.calls import Calls
from mentorkit.record.handoff.lti.scores import Line, Score
from mentorkit.record.handoff.lti.web import Answer
from mentorkit.record.strict_json import read_json

KIND = "application/vnd.ims."
LINE, LINES = f"{KIND}lis.v2.lineitem+json", f"{KIND}lis.v2.lineitemcontainer+json"
SCORE, RESULTS = f"{KIND}lis.v1.score+json", f"{KIND}lis.v2.resultcontainer+json"
MOST_PAGES = 200  # of line items; assumption: no course has more

REFUSED = {
    403: "The platform knows this tool, but does not let it send grades. Allow it the Assignment and Grade "
    "Services (line items and scores) in the platform's settings",
    404: "The platform knows no such course. Check lineitems_url",
}


class NotTakenError(Exception):
    """The platform did not take this one score; the others may be taken. The text says why."""


class Service:
    """One platform's service. Raises KitError where going on makes no sense, with what to do."""

    def __init__(self, calls: Calls) -> None:
        self.platform = calls.platform
        self._calls = calls

    def find_line(self, line: Line) -> str:
        """Return the address of a line item, which is made where the platform has none."""
        for known in self._lines(line):
            if known.get("tag") == line.tag and known.get("resourceId") == line.resource:
                return self._address(known)
        item = {
            "scoreMaximum": line.most,
            "label": line.label,
            "tag": line.tag,
            "resourceId": line.resource,
        }
        answer = self._sure(
            self._calls.speak("POST", self.platform.lineitems_url, LINE, LINE, item, once=True)
        )
        return self._address(_object(answer))

    def _lines(self, line: Line) -> Iterator[dict[str, Any]]:
        url = _with(self.platform.lineitems_url, resource_id=line.resource, tag=line.tag)
        for _ in range(MOST_PAGES):
            answer = self._sure(self._calls.speak("GET", url, LINES))
            listed = _json(answer)
            if not isinstance(listed, list):
                raise KitError("The platform's list of line items is none. Check lineitems_url.")
            yield from (one for one in listed if isinstance(one, dict))
            after = _next(answer)
            if after is None:
                return
            url = self._ours(after)
        raise KitError("The platform's list of line items does not end. Check lineitems_url.")

    def post(self, address: str, score: Score, user: str) -> None:
        """Send one score. Raises NotTakenError where it is refused, MaybeArrivedError where nobody knows."""
        said = {
            "userId": user,
            "scoreGiven": score.given,
            "scoreMaximum": score.most,
            "activityProgress": "Completed",
            "gradingProgress": "FullyGraded",
            "timestamp": score.time.replace("Z", ".000Z"),  # parts of a second are asked for
        }
        answer = self._calls.speak("POST", _below(address, "scores"), "*/*", SCORE, said, once=True)
        if answer.status == 409:
            raise NotTakenError("the platform has a newer score, which stays")
        if answer.status in (400, 404, 422):
            raise NotTakenError(
                f"the platform does not take it (status {answer.status}); is the user in this course?"
            )
        self._sure(answer)

    def has(self, address: str, score: Score, user: str) -> bool:
        """Whether the platform shows this very score already; no where it does not tell."""
        answer = self._calls.speak("GET", _with(_below(address, "results"), user_id=user), RESULTS)
        try:
            listed = read_json(answer.body) if answer.status == 200 else []
            of_user = [one for one in listed if one.get("userId") == user]  # type: ignore[attr-defined]
            shares = [
                float(one["resultScore"]) / float(one.get("resultMaximum", 1)) for one in of_user
            ]
        except (ValueError, KeyError, TypeError, AttributeError, ZeroDivisionError):
            return False
        return any(abs(share - score.given / score.most) < 1e-6 for share in shares)

    def _sure(self, answer: Answer) -> Answer:
        if 200 <= answer.status < 300:
            return answer
        said = REFUSED.get(
            answer.status,
            "The platform does not answer as a grade service does. Check lineitems_url",
        )
        raise KitError(f"{said} (status {answer.status}).")

    def _address(self, item: dict[str, Any]) -> str:
        if not isinstance(item.get("id"), str):
            raise KitError("The platform's line item has no address. Tell the people who run it.")
        return self._ours(item["id"])

    def _ours(self, url: str) -> str:
        """Return `url` if it leads to the platform's own host: a token goes nowhere else."""
        try:
            same = urlsplit(url)[:2] == urlsplit(self.platform.lineitems_url)[:2]
        except ValueError:
            same = False
        if not same:
            raise KitError(
                f"The platform named an address on another host, so it was not asked: {url[:200]!r}"
            )
        return url


def _json(answer: Answer) -> object:
    try:
        return read_json(answer.body)
    except ValueError as error:
        raise KitError("The platform's answer is no JSON. Check lineitems_url.") from error


def _object(answer: Answer) -> dict[str, Any]:
    said = _json(answer)
    return said if isinstance(said, dict) else {}


def _next(answer: Answer) -> str | None:
    """Return the next page's address of a Link header (RFC 8288)."""
    for link in answer.headers.get_all("Link") or []:
        found = re.search(r'<([^<>]*)>[^<]*;\s*rel="?next"?', link, re.IGNORECASE)
        if found:
            return found[1]
    return None


def _with(url: str, **asked: str) -> str:
    """Return `url` with a query; a platform's address may have one already."""
    parts = urlsplit(url)
    query = "&".join(part for part in (parts.query, urlencode(asked, quote_via=quote)) if part)
    return urlunsplit(parts._replace(query=query))


def _below(url: str, name: str) -> str:
    """Return the address `name` below a line item's, before its query."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}"))
