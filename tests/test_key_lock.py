"""The lock of a backup: a hitch of the machine neither weakens it nor makes a good backup look damaged."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from backup_support import ABOUT, PASSPHRASE
from pyrage import passphrase

from mentorkit.errors import KitError
from mentorkit.host import key_lock
from mentorkit.host.locked_file import DamagedError, head, read_head, read_locked

WEAK, DEAR = 12, 40  # work factors: a lock that opens at once, and one that would take twelve days


def with_factor(locked: bytes, factor: int) -> bytes:
    """Return the lock with another work factor written into it: age looks at that before anything else."""
    raw = base64.b64decode(b"".join(locked.splitlines()[1:-1]))
    text = base64.encodebytes(re.sub(rb"(-> scrypt \S+ )\d+", rb"\g<1>%d" % factor, raw, count=1))
    whole = b"".join(text.split())
    lines = b"\n".join(whole[at : at + 64] for at in range(0, len(whole), 64))
    return b"\n".join((locked.splitlines()[0], lines, locked.splitlines()[-1], b""))


@pytest.fixture(scope="module")
def lock() -> tuple[bytes, Any]:
    """Return a locked key, and the key: made once, for making is dear."""
    return key_lock.new_key(PASSPHRASE)


@pytest.fixture
def refused(lock: tuple[bytes, Any]) -> str:
    """Return what age itself says of a lock that it finds too dear."""
    with pytest.raises(pyrage.DecryptError) as said:
        passphrase.decrypt(with_factor(lock[0], DEAR), PASSPHRASE)
    return str(said.value)


def hitches(times: int, said: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """Let age refuse so many times, as on a busy machine, and then work; returns how often it was asked."""
    asked, real = 0, passphrase.decrypt

    def decrypt(locked: bytes, secret: str) -> bytes:
        nonlocal asked
        asked += 1
        if asked <= times:
            raise pyrage.DecryptError(said)
        return bytes(real(locked, secret))

    monkeypatch.setattr(passphrase, "decrypt", decrypt)
    monkeypatch.setattr(key_lock, "PAUSE", 0)
    return lambda: asked


def test_a_hitch_while_opening_is_waited_out(
    lock: tuple[bytes, Any], refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A machine that was busy for a moment opens a good backup all the same."""
    asked = hitches(4, refused, monkeypatch)
    assert str(key_lock.unlock(lock[0], PASSPHRASE)) == str(lock[1])
    assert asked() == 5


def test_a_machine_too_slow_is_told_so_and_the_backup_is_not_called_damaged(
    lock: tuple[bytes, Any], refused: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has only this copy is not sent away for another; the sentence says what to do."""
    asked, path = hitches(10**6, refused, monkeypatch), tmp_path / "b"
    path.write_bytes(head(ABOUT, lock[0]) + b"stream")
    with (tmp_path / "out").open("wb") as out, pytest.raises(KitError, match="too busy") as said:
        read_locked(path, read_head(path), PASSPHRASE, out)
    assert not isinstance(said.value, DamagedError)
    assert "no sign of damage" in str(said.value) and "faster machine" in str(said.value)
    assert asked() == key_lock.TRIES


def test_another_passphrase_is_not_asked_twice(lock: tuple[bytes, Any]) -> None:
    """Pyrage's own words for it are the ones that the kit knows: nobody waits, and nobody reads of damage."""
    assert key_lock.unlock(lock[0], "another passphrase altogether") is None


@pytest.mark.parametrize("locked", [b"", b"\x00" * 300, b"age-encryption.org/v1\n", b"-" * 4096])
def test_what_is_no_lock_is_said_at_once(locked: bytes) -> None:
    """A broken lock is broken; waiting would not mend it."""
    with pytest.raises(ValueError, match=r"."):
        key_lock.unlock(locked, PASSPHRASE)
    assert key_lock.work_factor(locked) == 0


def test_a_hitch_while_locking_makes_no_weak_lock(
    lock: tuple[bytes, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Age misjudged the machine twice: the third lock is taken. Where all are weak, the strongest is."""
    factors: list[int] = []

    def encrypt(*_: object, **__: object) -> bytes:
        return with_factor(lock[0], factors.pop(0))

    monkeypatch.setattr(passphrase, "encrypt", encrypt)
    factors[:] = [WEAK, 14, 18, 20]
    assert key_lock.work_factor(key_lock.new_key(PASSPHRASE)[0]) == 18
    assert factors == [20]
    factors[:] = [WEAK, 14, 16, 15, 13]
    assert key_lock.work_factor(key_lock.new_key(PASSPHRASE)[0]) == 16


def test_the_lock_that_is_made_is_a_strong_one(lock: tuple[bytes, Any]) -> None:
    """As dear to guess as the published advice asks for."""
    assert key_lock.work_factor(lock[0]) >= key_lock.STRONG
