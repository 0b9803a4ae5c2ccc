"""`study-table`: how well a circle's problem can be seen in the evidence, and whether help helps.

Argument: `accuracy`, `pairs`, `confusion` (all from spotting.json) or `responses` (responses.json).
"""

from collections.abc import Callable
from html import escape
from typing import Any

from docutils import nodes

from mentorkit.book.html_table import Drawn, html_table
from mentorkit.book.study import StudyDirective
from mentorkit.book.words import words
from mentorkit.catalogue import catalogue

Said = dict[str, str]
FULL = "full length"


def percent(share: float) -> str:
    """Return a share of one in whole percent."""
    return f"{100 * share:.0f} %"


def points(gain: float) -> str:
    """Return a difference of shares in percentage points, with its sign."""
    rounded = round(100 * gain, 1)
    return f"{rounded:+.1f}".replace("-", "−") if rounded else "0.0"


def problem_name(id: str, said: Said) -> str:
    """Return a kind of circle by its name; an id that the catalogue has lost stays as it is."""
    known = catalogue().problems
    return f"{known[id].name} ({id})" if id in known else said.get(f"book.study.{id}", id)


def response_name(id: str) -> str:
    """Return a response by its name."""
    known = catalogue().responses
    return known[id].name if id in known else id


def show_accuracy(found: dict[str, Any], said: Said) -> nodes.raw:
    """Return how many of new cases were named rightly, from all channels and from each alone."""
    rows = []
    for part, title in ((FULL, "book.study.full"), ("three weeks after onset", "book.study.early")):
        if part in found:
            size = f"{found[part]['tested on']:,}".replace(",", " ")
            rows.append((said[title].format(cases=size), percent(found[part]["all"])))
    chance = percent(1 / len(found[FULL]["kinds"]))
    for channel, share in sorted(found[FULL].get("channels", {}).items(), key=lambda one: -one[1]):
        name = said.get(f"book.channel.{channel}", channel)
        rows.append((said["book.study.alone"].format(channel=name), percent(share)))
    if "words" in found[FULL]:
        rows.append((said["book.study.words"], percent(found[FULL]["words"])))
    rows.append((said["book.study.chance"], chance))
    head = (said["book.study.from"], said["book.study.right"])
    return html_table(said["book.study.accuracy"], head, rows)


def show_pairs(found: dict[str, Any], said: Said) -> nodes.raw:
    """Return how often each near-miss pair was told apart, hardest first."""
    pairs: dict[frozenset[str], float] = {}
    for pair, share in found[FULL].get("pairs", {}).items():
        pairs[frozenset(pair.split("-"))] = share
    rows = []
    for pair, share in sorted(pairs.items(), key=lambda one: (one[1], sorted(one[0]))):
        one, other = (sorted(pair) * 2)[:2]
        rows.append((problem_name(one, said), problem_name(other, said), percent(share)))
    head = (said["book.study.one"], said["book.study.other"], said["book.study.right"])
    return html_table(said["book.study.pairs"], head, rows)


def show_confusion(found: dict[str, Any], said: Said) -> nodes.raw:
    """Return what each kind was called, in percent of its cases; nothing where it never was."""
    kinds, counts = found[FULL]["kinds"], found[FULL]["confusion"]
    short = [said["book.study.healthy-short"] if kind == "healthy" else kind for kind in kinds]
    rows = []
    for at, (kind, row) in enumerate(zip(kinds, counts, strict=True)):
        everyone = max(sum(row), 1)
        cells = [_share(100 * count / everyone) for count in row]
        cells[at] = Drawn(f"<strong>{cells[at] or 0}</strong>")
        rows.append((problem_name(kind, said), *cells))
    head = (said["book.study.truth"], *short)
    return html_table(said["book.study.confusion"], head, rows, "bk-confusion", wide=True)


def _share(share: float) -> str:
    if share == 0:
        return ""
    return "<1" if share < 1 else f"{share:.0f}"


def show_responses(found: dict[str, Any], said: Said) -> nodes.raw:
    """Return what the recommended and each tempting answer change, in points of the index."""
    rows = []
    for id, one in found["problems"].items():
        does = " + ".join(response_name(name) for name in one["recommended"])
        tempting = (
            f"{escape(response_name(name))}: {points(other['gain'])}"
            for name, other in one["tempting"].items()
        )
        cells = (
            does,
            points(one["gain"]),
            percent(one["beats all"]),
            Drawn(f"<span>{'<br>'.join(tempting)}</span>"),
        )
        rows.append((problem_name(id, said), *cells))
    parts = ("problem", "does", "gain", "best", "tempting")
    head = [said[f"book.study.{part}"] for part in parts]
    caption = said["book.study.responses"].format(
        draws=found["draws"], circles=found["circles a draw"]
    )
    return html_table(caption, head, rows, "bk-stack")


SHOWN: dict[str, tuple[str, Callable[[dict[str, Any], Said], nodes.raw]]] = {
    "accuracy": ("spotting", show_accuracy),
    "pairs": ("spotting", show_pairs),
    "confusion": ("spotting", show_confusion),
    "responses": ("responses", show_responses),
}


class StudyTable(StudyDirective):
    """The table. Argument: which part of which study."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table, or what to do where there is no result."""
        said = words(self.config)
        if self.arguments[0] not in SHOWN:
            raise self.error(said["book.study.unknown"].format(parts=", ".join(SHOWN)))
        study, show = SHOWN[self.arguments[0]]
        found = self.read(study)
        return self.missing(study) if found is None else [show(found, said)]


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("study-table", StudyTable)
