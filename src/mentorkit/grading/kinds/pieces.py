"""The pieces of evidence that a mentor can mark: the same list for every circle, by channel."""

from functools import cache

from mentorkit.catalogue import Problem, catalogue
from mentorkit.grading.kinds.marks import Item, Texts

CHANNELS = ("attendance", "airtime", "checkin", "chat", "exercises", "survey")


@cache
def all_pieces() -> tuple[str, ...]:
    """Return every piece of evidence, "<channel>:<table>", channel by channel."""
    known = [piece for measure in catalogue().measures.values() for piece in measure.pieces]
    return tuple(
        sorted(set(known), key=lambda piece: (CHANNELS.index(channel_of_piece(piece)), piece))
    )


def channel_of_piece(piece: str) -> str:
    """Return the channel that a piece belongs to."""
    return piece.partition(":")[0]


def label_of(piece: str, say: Texts) -> str:
    """Return what a piece is called in the form."""
    return say.get(f"diagnosis.piece.{piece.replace(':', '.')}", piece)


def pieces_of(item: Item) -> tuple[str, ...]:
    """Return the pieces of `item`: its own list where it has one."""
    return tuple(item.get("pieces") or all_pieces())


def telling(cause: Problem | None) -> list[str]:
    """Return the pieces that tell `cause` from its near-miss.

    They are its `tells`; where a cause has none, every piece of the channel in which it is seen best.
    """
    if cause is None:
        return []
    tells = [tell.piece for tell in cause.tells]
    if tells:
        return sorted(set(tells))
    return [piece for piece in all_pieces() if channel_of_piece(piece) == cause.channel]
