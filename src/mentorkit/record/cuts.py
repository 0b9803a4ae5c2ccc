"""Where an assignment's cut comes from: a number with its source, or the judges' ratings in a file beside it.

Knows the ratings, not what a mentor earned.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mentorkit.errors import KitError
from mentorkit.standards.cut import set_cut
from mentorkit.standards.panel import Panel, read_panel
from mentorkit.standards.say import cut_source

PANEL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,58}\.csv")

PanelReader = Callable[[str], Panel]


@dataclass(frozen=True)
class CutRule:
    """A cut and the bottom of the borderline band, as fractions of the points, and in words where from.

    `low` is the cut itself where there is no band: a cut by hand says nothing of how sure anybody was.
    """

    cut: float
    low: float
    source: str


def wrong_cut(value: object) -> str | None:
    """Return what is wrong with a cut given by hand, or None."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and 0 < float(str(value)) <= 1:
        return None
    return "write a fraction of the points above 0 and up to 1, such as 0.6"


def wrong_panel(value: object) -> str | None:
    """Return what is wrong with the name of the judges' file, or None."""
    if isinstance(value, str) and PANEL.fullmatch(value):
        return None
    return 'write the name of a CSV file in this folder, without a path, such as "panel.csv"'


def panel_reader(folder: Path) -> PanelReader:
    """Return what reads a panel of `folder`: each file once, and none outside the folder."""
    return partial(_panel, folder, {})


def _panel(folder: Path, known: dict[str, Panel], name: str) -> Panel:
    if name not in known:
        path = folder / name
        if path.exists() and path.resolve().parent != folder.resolve():
            raise KitError(
                f"{path} leads out of its folder. Copy the judges' ratings beside the rule."
            )
        known[name] = read_panel(path)
    return known[name]


def cut_of(where: str, entry: Mapping[str, object], language: str, panels: PanelReader) -> CutRule:
    """Return the cut of one checked `[[assignment]]`. Raises KitError with `where` and what to mend."""
    if "cut_from" not in entry:
        cut = float(str(entry["cut"]))
        return CutRule(cut, cut, str(entry["cut_source"]))
    try:
        found = set_cut(panels(str(entry["cut_from"])), str(entry["name"]))
    except KitError as error:
        raise KitError(f"{where}: no cut can be made of 'cut_from': {error}") from error
    return CutRule(found.cut, found.low, cut_source(found, language))
