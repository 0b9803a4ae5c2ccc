"""Asks a web address and takes the answer: https only (but on this machine), no redirects, limits of time and
size.

A redirect could lead grades or a token to another host, so its answer is given back as it is. Certificates
are checked, a company's proxy (HTTPS_PROXY) and its certificates (SSL_CERT_FILE) are used. Knows nothing of
LTI.
"""

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message

from mentorkit.errors import KitError
from mentorkit.record.handoff.lti.platform import fault_of_address

SECONDS = 30  # assumption: a platform that has not answered by then will not
LARGEST = 5_000_000  # bytes of an answer; assumption: a page of a thousand line items takes less


class Unreachable(Exception):  # noqa: N818  it is what happened
    """No answer came, or none that ended; the text says why, for a person."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Message
    body: bytes


class _AsTheyCome(urllib.request.HTTPErrorProcessor):
    """Leaves every answer as it is: an error is data here, a redirect is not followed."""

    def http_response(
        self, request: urllib.request.Request, response: http.client.HTTPResponse
    ) -> http.client.HTTPResponse:
        return response

    https_response = http_response


def ask(
    method: str,
    url: str,
    headers: Mapping[str, str],
    body: bytes | None = None,
    *,
    seconds: float = SECONDS,
) -> Answer:
    """Return the answer, whatever its status. Raises Unreachable; KitError for an address not to be asked."""
    fault = fault_of_address(url)
    if fault:
        raise KitError(
            f"The platform named an address that {fault}, so it was not asked: {url[:200]!r}"
        )
    request = urllib.request.Request(url, body, dict(headers), method=method)  # noqa: S310  checked above
    opener = urllib.request.build_opener(_AsTheyCome)
    try:
        with opener.open(request, timeout=seconds) as reply:
            data = reply.read(LARGEST + 1)
            if len(data) > LARGEST:
                raise Unreachable("its answer is too large")
            return Answer(reply.status, reply.headers, data)
    except TimeoutError as error:
        raise Unreachable(f"it did not answer within {seconds:g} seconds") from error
    except urllib.error.URLError as error:
        late = isinstance(error.reason, TimeoutError)
        why = f"it did not answer within {seconds:g} seconds" if late else str(error.reason)
        raise Unreachable(why) from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
