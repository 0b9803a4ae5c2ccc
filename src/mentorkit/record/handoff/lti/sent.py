"""Keeps what was sent to a platform, so that a run that was cut short goes on and sends nothing twice.

A line before a score is sent and one after: where the second is missing, nobody knows whether it arrived.
The file holds ids of mentors and is for its owner alone; erasing a person means leaving out their lines.
"""

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from mentorkit.errors import KitError
from mentorkit.record.handoff.lti.scores import Score

LARGEST = 100_000_000  # bytes


class SentScores:
    """What was sent to the platform whose line items are at `lineitems`, in the file at `path`."""

    def __init__(self, path: Path, lineitems: str) -> None:
        self._path = path
        self._to = hashlib.sha256(lineitems.encode()).hexdigest()[:16]
        self._state = dict(self._read())

    def state(self, score: Score) -> str | None:
        """Return "sent", "sending" (nobody knows whether it arrived), or None."""
        return self._state.get(self._key(score))

    def note(self, score: Score, state: str) -> None:
        """Write that `score` is in `state`, surely on the disk."""
        said = {
            "to": self._to, "line": score.line.tag, "id": score.mentor,
            "given": score.given, "most": score.most, "time": score.time, "state": state,
        }  # fmt: skip
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(handle, "ab+") as stream:
                cut_short = stream.seek(0, os.SEEK_END) > 0 and self._last(stream) != b"\n"
                stream.write(b"\n" * cut_short + json.dumps(said).encode() + b"\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError as error:
            raise KitError(
                f"Cannot write {self._path}: {error.strerror}. Nothing more was sent: without it, "
                "grades could be sent twice."
            ) from error
        self._state[self._key(score)] = state

    @staticmethod
    def _last(stream: Any) -> bytes:
        stream.seek(-1, os.SEEK_END)
        return bytes(stream.read(1))

    def _key(self, score: Score) -> tuple[object, ...]:
        return (score.line.tag, score.mentor, float(score.given), float(score.most), score.time)

    def _read(self) -> list[tuple[tuple[object, ...], str]]:
        if not self._path.exists():
            return []
        try:
            if self._path.stat().st_size > LARGEST:
                raise ValueError("too large")
            lines = self._path.read_bytes().split(b"\n")
        except (OSError, ValueError) as error:
            raise KitError(
                f"{self._path} cannot be read ({error}). Restore it from your backup."
            ) from error
        found: list[tuple[tuple[object, ...], str]] = []
        for number, line in enumerate(lines, 1):
            try:
                one = json.loads(line) if line else {}
                if one.get("to") == self._to:
                    key = (
                        one["line"],
                        one["id"],
                        float(one["given"]),
                        float(one["most"]),
                        one["time"],
                    )
                    found.append((key, str(one["state"])))
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
                # the last line of a run that was cut short is half a line; another may follow it
                if line.startswith(b"{") and not line.endswith(b"}"):
                    continue
                raise KitError(
                    f"{self._path}, line {number}, is damaged. Restore it from your backup."
                ) from error
        return found
