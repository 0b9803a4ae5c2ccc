"""Malformed backups of every sort: cut, turned, mixed, with a lying head, a hostile archive soundly locked."""

import gzip
import io
import json
import random
import string
import tarfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from backup_support import ABOUT, PASSPHRASE, archive, locked, member, sound
from pyrage import decrypt

from mentorkit.host import key_lock, locked_file

ODD: tuple[object, ...] = (
    0,
    -1,
    1.5,
    True,
    None,
    "",
    "x" * 5_000,
    "..",
    "../../etc",
    [],
    {},
    2**70,
    "\x00",
    "é",
    "1",
)
KINDS = (tarfile.REGTYPE, tarfile.DIRTYPE, tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE)


def malformed(source: bytes, path: Path, luck: random.Random) -> str:
    """Write a malformed backup, made from the sound one `source`, to `path`; return what was done to it."""
    how = luck.choice(list(WAYS))
    content = WAYS[how](source, path, luck)
    if content is not None:
        path.write_bytes(content if content != source else content[:-1])
    return how


def _cut(source: bytes, path: Path, luck: random.Random) -> bytes:
    return source[: luck.randrange(len(source))]


def _bit(source: bytes, path: Path, luck: random.Random) -> bytes:
    changed, reach = bytearray(source), luck.choice([200, 1_000, len(source)])
    changed[luck.randrange(min(reach, len(source)))] ^= 1 << luck.randrange(8)
    return bytes(changed)


def _noise(source: bytes, path: Path, luck: random.Random) -> bytes:
    start, length = luck.randrange(len(source)), luck.randrange(1, 2_000)
    return source[:start] + luck.randbytes(length) + source[start + luck.choice([0, length]) :]


def _mixed(source: bytes, path: Path, luck: random.Random) -> bytes:
    a, b, c = sorted(luck.randrange(len(source)) for _ in range(3))
    return luck.choice(
        [source[:a] + source[b:c] + source[a:b], source[:c] + source[b:], source[a:]]
    )


def _nothing(source: bytes, path: Path, luck: random.Random) -> bytes:
    start = luck.choice(
        [b"", locked_file.MAGIC, b"PK\x03\x04", b"\x1f\x8b", b"age-encryption.org/v1\n"]
    )
    return start + luck.randbytes(luck.randrange(3_000))


def _head(source: bytes, path: Path, luck: random.Random) -> bytes:
    """Another value, a missing or a further field in the line that says what the file is."""
    start = len(locked_file.MAGIC)
    end = source.index(b"\n", start)
    fields = json.loads(source[start:end])
    name = luck.choice([*fields, "more"])
    if luck.random() < 0.2:
        fields.pop(name, None)
    else:
        fields[name] = luck.choice(ODD)
    return source[:start] + json.dumps(fields, sort_keys=True).encode() + source[end:]


def _turned_inside(source: bytes, path: Path, luck: random.Random) -> None:
    """A sound lock around the real archive, in which some bytes were changed."""
    inside = bytearray(_inside(source))
    for _ in range(luck.randrange(1, 4)):
        block = luck.randrange(len(inside) // 512) * 512
        inside[block + luck.randrange(512)] ^= 1 << luck.randrange(8)
    kept = bytes(inside) if luck.random() < 0.8 else bytes(inside[: luck.randrange(len(inside))])
    locked(path, gzip.compress(kept, 1, mtime=0), _about(source))


def _hostile(source: bytes, path: Path, luck: random.Random) -> None:
    """A sound lock around members that no backup has."""
    tops = ("cohort/", "exchange/", "", "/", "../", "cohort/../../", "cohort/a/", "manifest.json/")
    more = []
    for _ in range(luck.randrange(1, 5)):
        word = "".join(luck.choices(string.printable, k=luck.choice([1, 5, 300])))
        link = luck.choice(["", "../../x", "/etc/passwd"])
        one = member((luck.choice(tops) + word).replace("\0", ""), luck.choice(KINDS), link)
        one.mode, one.mtime = luck.choice([0, 0o777, 0o7777]), luck.choice([0, 2**33 - 1])
        more.append((one, luck.randbytes(luck.randrange(50))))
    listed = {"cohort": "spring", "made": ABOUT.made, "kit": ABOUT.kit, "format": 1}
    locked(path, archive(sound(*more), **listed, files={}, folders=[]))


WAYS: dict[str, Callable[[bytes, Path, random.Random], bytes | None]] = {
    "cut short": _cut,
    "a bit turned": _bit,
    "noise in it": _noise,
    "parts mixed": _mixed,
    "not a backup": _nothing,
    "a lying head": _head,
    "a changed archive, soundly locked": _turned_inside,
    "a hostile archive, soundly locked": _hostile,
}


def _about(source: bytes) -> locked_file.About:
    start = len(locked_file.MAGIC)
    fields = json.loads(source[start : source.index(b"\n", start)])
    return locked_file.About(fields["cohort"], fields["made"], fields["kit"])


@cache
def _inside(source: bytes) -> bytes:
    """Return the sound backup's archive, as a tar."""
    start = len(locked_file.MAGIC)
    end = source.index(b"\n", start) + 1
    length = json.loads(source[start:end])["key"][0]
    identity = key_lock.unlock(source[end : end + length], PASSPHRASE)
    assert identity is not None
    packed = decrypt(source[end + length :], [identity])
    return gzip.GzipFile(fileobj=io.BytesIO(packed)).read()
