"""Serves the lab's files, and pages around them, to a browser. Knows nothing of what it shows."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler
from typing import Any

from playwright.sync_api import Browser, Page
from web_support import listen

from mentorkit.lab import assets, files_for
from mentorkit.lab.assets import modules

UNASKED = "localStorage.setItem('mentorkit.lab.score', '{\"first\": false}')"
SETTLED = """document.querySelector(".mk-evidence")
  && !document.querySelector('.mk-evidence[aria-busy="true"]')"""
KINDS = {"js": "text/javascript", "css": "text/css", "html": "text/html"}


def page_with(*setups: str | Mapping[str, Any]) -> str:
    """Return a page with one circle lab for each set-up, as the book writes it."""
    places = "".join(
        '<div class="mentorkit-lab" data-lab="circle" data-about="about.html" data-setup="'
        f'{escape(setup if isinstance(setup, str) else json.dumps(setup))}">'
        "<p>No script here.</p></div>"
        for setup in setups
    )
    preloads = "".join(
        f'<link rel="modulepreload" href="{name}">' for name in files_for({"circle"})
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Lab</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<link rel="icon" href="data:,"><link rel="stylesheet" href="lab.css">'
        f"{preloads}"
        "<style>body { margin: 8px; background: Canvas; color: CanvasText; "
        "color-scheme: light dark }"
        "</style></head>"
        f'<body><main><h1>Lab</h1>{places}</main><script type="module" src="page.js"></script>'
        "</body></html>"
    )


@contextmanager
def serve(**extra: str) -> Iterator[str]:
    """Serve the lab's files and `extra` pages (name without .html -> text) on a free port."""
    files = {**modules(), **assets(), **{f"{name}.html": text for name, text in extra.items()}}

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one packet: else each waits for the other's receipt

        def do_GET(self) -> None:
            name = self.path.lstrip("/").partition("?")[0]
            if name not in files:
                self.send_error(404)
                return
            self.send_response(200)
            self.send_header("Content-Type", f"{KINDS[name.rpartition('.')[2]]}; charset=utf-8")
            body = files[name].encode()
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    with listen(Handler) as address:
        yield address


def page_without_guess(browser: Browser, **options: Any) -> Page:
    """Return a fresh page whose reader has switched "Predict first" off."""
    page = browser.new_page(**options)
    page.add_init_script(UNASKED)
    return page


def watch(page: Page) -> list[str]:
    """Return a list that collects the page's errors from now on."""
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    return errors


def settled(page: Page) -> None:
    """Wait until the tables of the evidence show what the picture shows: they follow it in later frames."""
    page.wait_for_function(SETTLED)
