"""Badges and status lists that are broken in random ways, most of them signed by the right key all the same."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any
from unittest import mock

import jwt
from record_support import issuer, make_list_file
from vectors_support import INDEX, WORDS, sample, sign

from mentorkit.record.bake import bake_png, bake_svg, extract
from mentorkit.record.picture import to_png, to_svg

JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 1.5, 2**53, 2**63, 10**30, "", " ", "x", "2026-03-01T09:30:00Z", "\u0000",
    "\ud800", "ni:///sha-256;", "https://example.com/", "😀" * 1500, "u", [], {}, [[]], [{}], [None],
    {"id": None}, {"id": "x"}, {"type": "x"}, ["VerifiableCredential"], {"": ""}, "9" * 400,
    [[[[[[[[[["deep"]]]]]]]]]],
)  # fmt: skip


@contextmanager
def no_host() -> Iterator[None]:
    """Fail whoever asks a host for anything while a block runs."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a host was asked")

    with (
        mock.patch.object(socket.socket, "connect", refuse),
        mock.patch.object(socket, "getaddrinfo", refuse),
    ):
        yield


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place in a document as what holds it and its key there."""
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in list(keys):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _nodes(value[key])


def break_claims(claims: dict[str, Any], luck: random.Random) -> dict[str, Any]:
    """Return the claims with one to three places changed, removed or doubled."""
    broken = deepcopy(claims)
    for _ in range(luck.randint(1, 3)):
        places = list(_nodes(broken))
        if not places:
            break
        holder, key = luck.choice(places)
        how = luck.random()
        if how < 0.6:
            holder[key] = deepcopy(luck.choice(JUNK))
        elif how < 0.8:
            del holder[key]
        elif isinstance(holder, list):
            holder.append(deepcopy(holder[key]))
        else:
            holder[str(luck.choice(JUNK))] = deepcopy(holder[key])
    return broken


def break_bytes(data: bytes, luck: random.Random) -> bytes:
    """Return the bytes cut, doubled, overwritten, or with noise in them."""
    place, size = luck.randrange(len(data)), luck.randint(0, 40)
    noise = luck.randbytes(luck.randint(0, 40))
    return luck.choice(
        (
            data[:place],
            data[place:],
            data + noise,
            data[:place] + noise + data[place + size :],
            data[:place] + data[place : place + size] * 3 + data[place + size :],
            data.replace(b".", noise[:2], luck.randint(1, 3)),
            noise,
        )
    )


def _sign(claims: dict[str, Any], luck: random.Random) -> bytes:
    header: dict[str, Any] = {}
    if luck.random() < 0.2:
        key = luck.choice(("alg", "typ", "jwk", "kid", "crit", "b64", "x5c"))
        header = {key: luck.choice((*JUNK, "absent"))}
    return sign(claims, **header)


def broken_badges(folder: Path, luck: random.Random, count: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield so many, each with what was signed: half signed with broken claims, half broken afterwards."""
    claims = sample(folder)
    good = sign(claims)
    svg, png = to_svg(WORDS, "#123456"), to_png(WORDS, "#123456")
    for number in range(count):
        signed = _sign(break_claims(claims, luck), luck) if number % 2 else good
        file, how = signed, luck.random()
        if how < 0.15:
            file = bake_svg(svg, signed)
        elif how < 0.3:
            file = bake_png(png, signed)
        yield file if number % 2 else break_bytes(file, luck), signed


def holds(data: bytes) -> bytes:
    """Return the signed part that a badge file holds: the file itself, or what is baked into a picture."""
    picture = data.startswith(b"\x89PNG") or data.lstrip().startswith(b"<")
    return extract(data) if picture else data


def broken_lists(folder: Path, luck: random.Random, count: int) -> Iterator[bytes]:
    """Yield so many lists, each of which would revoke the badge of `sample` if it were whole."""
    good = make_list_file(folder, INDEX, by=issuer()).read_bytes()
    claims = jwt.decode(good, options={"verify_signature": False})
    for number in range(count):
        broken = break_claims(claims, luck)
        yield _sign(broken, luck) if number % 2 else break_bytes(good, luck)
