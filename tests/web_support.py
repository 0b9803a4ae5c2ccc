"""Answers a browser from this machine, on a free port. Knows nothing of what is shown."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOON = 0.02  # seconds in which a server that is told to stop notices it


@contextmanager
def listen(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Let `handler` answer on a free port; give the address, without a slash at its end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(SOON,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Folder(SimpleHTTPRequestHandler):
    """Gives a folder's files, and keeps pytest's output clean."""

    protocol_version = "HTTP/1.1"  # one connection for many files
    wbufsize = -1  # head and body in one packet: else each waits for the other's receipt

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve_folder(folder: Path) -> Iterator[str]:
    """Serve `folder` while a block runs; give the address with its slash."""
    with listen(partial(Folder, directory=str(folder))) as address:
        yield f"{address}/"
