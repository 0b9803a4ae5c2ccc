"""Keyed random numbers: the same circle, week, member and purpose always draw the same luck.

Philox 4x32-10 (Salmon, Moraes, Dror, Shaw: Parallel random numbers, SC 2011). Key = seed, counter =
circle, week, member, purpose. One block gives 128 bits, used here as eight draws of 16 bits each, so that
one member's week costs one block. The JavaScript twin is lab/js/model/philox.js.
"""

from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

MASK = np.uint64(0xFFFFFFFF)
M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = 0x9E3779B9, 0xBB67AE85
SHIFT = np.uint64(32)
STEP_16 = 1.0 / 65536.0

Words = NDArray[np.uint64]


class Purpose(IntEnum):
    """What a block of draws is for; a new purpose never disturbs an old one."""

    TRAIT = 0
    WEEK = 1
    MEETING = 2
    SURVEY = 3
    SEEN = 4


def philox(
    key: tuple[int, int], counter: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike]
) -> tuple[Words, Words, Words, Words]:
    """Return the four 32-bit words of one Philox 4x32-10 block for each broadcast counter."""
    c0, c1, c2, c3 = (np.asarray(word, dtype=np.uint64) for word in counter)
    k0, k1 = key
    for _ in range(10):
        p0, p1 = M0 * c0, M1 * c2
        c0, c1, c2, c3 = (
            (p1 >> SHIFT) ^ c1 ^ np.uint64(k0),
            p1 & MASK,
            (p0 >> SHIFT) ^ c3 ^ np.uint64(k1),
            p0 & MASK,
        )
        k0, k1 = (k0 + W0) & 0xFFFFFFFF, (k1 + W1) & 0xFFFFFFFF
    return c0, c1, c2, c3


def key_of(seed: int) -> tuple[int, int]:
    """Return the two 32-bit key words of a seed in 0 … 2**64 - 1."""
    return seed & 0xFFFFFFFF, (seed >> 32) & 0xFFFFFFFF


def draw(
    seed: int, circles: ArrayLike, week: int, members: ArrayLike, purpose: Purpose
) -> list[NDArray[np.float64]]:
    """Return eight uniform draws in (0, 1), each of the broadcast shape of `members` and `circles`."""
    words = philox(key_of(seed), (circles, np.uint64(week), members, np.uint64(purpose)))
    return [half for word in words for half in halves(word)]


def draw_week(
    seed: int, circles: ArrayLike, week: int, members: ArrayLike
) -> list[NDArray[np.float64]]:
    """Return one member-week's ten draws from one block: six of 16 bits, then four of 8 bits."""
    *whole, last = philox(
        key_of(seed), (circles, np.uint64(week), members, np.uint64(Purpose.WEEK))
    )
    draws = [half for word in whole for half in halves(word)]
    for shift in (0, 8, 16, 24):
        byte = (last >> np.uint64(shift)) & np.uint64(0xFF)
        draws.append((byte.astype(np.float64) + 0.5) * (1.0 / 256.0))
    return draws


def halves(word: Words) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a 32-bit word's low and high half as draws in (0, 1)."""
    low, high = word & np.uint64(0xFFFF), word >> np.uint64(16)
    return (low.astype(np.float64) + 0.5) * STEP_16, (high.astype(np.float64) + 0.5) * STEP_16
