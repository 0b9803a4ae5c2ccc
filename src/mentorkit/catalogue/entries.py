"""What the catalogue holds, as frozen records. A problem and a response are both dated shifts of levers."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from mentorkit.catalogue.explorable import Explorable

Who = Literal["circle", "member", "pair", "others", "all"]  # pair: the member and the next one
Operation = Literal["set", "add", "times"]


@dataclass(frozen=True)
class Lever:
    """One trait, setting or habit that can be moved; `low` and `high` are what the model accepts.

    In the lab it stands in its `group`, or on top where it is among the `first`.
    """

    id: str
    name: str
    scope: Literal["circle", "member"]
    group: str
    unit: str
    low: float
    high: float
    step: float
    default: float
    plausible: tuple[float, float]
    grade: str
    source: str
    first: bool = False


@dataclass(frozen=True)
class Shift:
    """Moves one lever: `after` weeks from the onset, for `weeks` weeks (None: to the end)."""

    lever: str
    who: Who
    operation: Operation
    value: float
    after: int
    weeks: int | None


@dataclass(frozen=True)
class Measure:
    """Something that can be counted in one of `pieces` of the evidence; `lines`: those of one theme."""

    id: str
    pieces: tuple[str, ...]
    lines: bool = False


@dataclass(frozen=True)
class Tell:
    """What is counted in a `piece` of the evidence: `measure` lies in `low` … `high` (None: no such end).

    `theme` is that of the lines counted. The first tell of a cause dates it: the beginning lies `began` weeks
    before the week in which it is first counted.
    """

    piece: str
    measure: str
    low: int | None = None
    high: int | None = None
    theme: str | None = None
    began: int = 0

    @property
    def channel(self) -> str:
        """The channel of the piece."""
        return self.piece.partition(":")[0]


@dataclass(frozen=True)
class Says:
    """A theme of the phrases that is heard from `who` in `strength` (a share) of their lines.

    It begins `after` weeks from the onset and lasts `weeks` weeks (None: to the end).
    """

    theme: str
    who: Who
    strength: float
    after: int
    weeks: int | None


@dataclass(frozen=True)
class Problem:
    """What can go wrong, or a healthy look-alike (`kind`), with the signs in the six channels."""

    id: str
    name: str
    kind: Literal["problem", "look-alike"]
    group: str
    summary: str
    weeks: str
    onset: tuple[int, int]
    member: bool
    graded: bool
    channel: str
    says: tuple[Says, ...]
    shifts: tuple[Shift, ...]
    signs: dict[str, str]
    root: str
    near: str
    tell: str
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    do_text: str
    do_not_text: str
    source: str
    basis: tuple[str, ...]
    tells: tuple[Tell, ...] = ()
    scored_by: Literal["simulation", "rubric"] = "simulation"


@dataclass(frozen=True)
class Response:
    """What a mentor can do, on the ladder (`rung` 0 observe … 6 end well); `minutes` of the mentor's time."""

    id: str
    name: str
    rung: int
    member: bool
    minutes: int
    summary: str
    shifts: tuple[Shift, ...]
    source: str
    grade: str


@dataclass(frozen=True)
class Phrases:
    """Lines for check-ins and chat by theme, and sample first names."""

    names: tuple[str, ...]
    checkin: dict[str, tuple[str, ...]]
    chat: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Catalogue:
    """Everything the kit knows as data, each by its id."""

    levers: dict[str, Lever]
    constants: dict[str, float]
    problems: dict[str, Problem]
    responses: dict[str, Response]
    explorables: "dict[str, Explorable]" = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    healthy: tuple[Tell, ...] = ()  # what an ordinary circle keeps within

    def cause(self, id: str) -> Problem | Response:
        """Return the problem or response called `id`. Raises KeyError."""
        return self.problems[id] if id in self.problems else self.responses[id]
