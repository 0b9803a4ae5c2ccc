"""A PostgreSQL server of the test's own, on this machine alone, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from database_setup import server_programs


def _account() -> dict[str, Any]:
    """Return how to run as somebody: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    import pwd

    names = {one.pw_name for one in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody"}


@contextmanager
def postgres() -> Iterator[str]:
    """Give the address of an empty database."""
    programs = server_programs()
    if programs is None:
        pytest.skip("PostgreSQL is not installed: run tests/database_setup.py")
    pytest.importorskip("psycopg")
    root, account = Path(tempfile.mkdtemp(prefix="pg-")), _account()
    if account:
        shutil.chown(root, **account)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        subprocess.run(
            [programs / "initdb", "-D", root / "data", "-U", "kit", "-A", "trust", "-N", "-E", "UTF8"],
            check=True, capture_output=True, cwd=root, **account,
        )  # fmt: skip
        settings = {
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": root,
            "fsync": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        server = subprocess.Popen(
            [programs / "postgres", "-D", root / "data", "-p", str(port), *options],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=root, **account,
        )  # fmt: skip
        try:
            address = f"postgresql://kit@127.0.0.1:{port}/postgres"
            _wait_for(address)
            yield address
        finally:
            server.terminate()
            server.wait(30)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _wait_for(address: str) -> None:
    import psycopg

    for _ in range(100):
        try:
            psycopg.connect(address).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.1)
    raise AssertionError("PostgreSQL did not start")
