"""Listens to what a page asks for and complains about. Knows nothing of what it shows."""

from urllib.parse import urlparse

from playwright.sync_api import ConsoleMessage, Page, Request


class Watch:
    """What a page asks for and complains about, from now on."""

    def __init__(self, page: Page, address: str) -> None:
        self.host = urlparse(address).netloc
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", self._note_request)
        page.on("console", self._note_line)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _note_line(self, line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            self.complaints.append(line.text)

    @property
    def foreign(self) -> list[str]:
        """Requests to any other host."""
        local = ("data:", "blob:")
        asked = [url for url in self.requests if not url.startswith(local)]
        return [url for url in asked if urlparse(url).netloc != self.host]
