"""The circle lab as a notebook's widget: the book's modules, with levers, choices and the run as traits."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from mentorkit.catalogue import Catalogue
from mentorkit.errors import KitError
from mentorkit.lab.assets import style, widget_module
from mentorkit.lab.own import read_entry, read_own, shown, with_own
from mentorkit.lab.setup import read_setup, size_of
from mentorkit.lab.still import still
from mentorkit.lab.table import compare, names, table_of
from mentorkit.lab.traits import Refused, Row, Switch, Table, Whole, Words

FIRST_ANSWER = 5  # the week of a response that names none, as on the command line
PARTS = ("levers", "problems", "responses", "circle", "seed")


class CircleLab(anywidget.AnyWidget):
    """A circle around its table, over twelve weeks.

    `problem` and `response` are ids of the catalogue; weeks count from 1; a member is a number from
    0 or a first name. `levers` maps ids to a number, or to a list with one a member; `circle` is
    the circle's luck. `setup` gives all of that at once. Raises KitError where it is no set-up.

    Traits, kept in step with the page: `setup` ({seed, circle, weeks, levers, problems, responses});
    `week`, the week that is shown (`shown` in the call); `hidden`, whether the problem is to be guessed;
    `book`, the address of the book's lab for links; `own`, problems of your own (see lab/own.py).
    `levers`, `problems`, `responses`, `circle` and `seed` are the parts of `setup`, one by one: give a new
    value, do not change the old one in place. `run` is the table of what happens (see lab/table.py).
    """

    _esm = widget_module("widget.js")
    _css = style("lab.css")

    setup: Any = Table().tag(sync=True)
    week: Any = Whole(1).tag(sync=True)
    hidden: Any = Switch(False).tag(sync=True)
    book: Any = Words("").tag(sync=True)
    own: Any = Row().tag(sync=True, to_json=lambda value, _: shown(value))
    levers: Any = Table()
    problems: Any = Row()
    responses: Any = Row()
    circle: Any = Whole(0)
    seed: Any = Whole(1)
    run: Any = traitlets.Instance(pd.DataFrame, read_only=True)

    def __init__(
        self,
        problem: str | None = None,
        week: int | None = None,
        member: int | str = 0,
        response: str | None = None,
        *,
        response_week: int = FIRST_ANSWER,
        response_member: int | str | None = None,
        seed: int = 1,
        circle: int = 0,
        levers: Mapping[str, Any] | None = None,
        setup: Mapping[str, Any] | None = None,
        shown: int = 1,
        hidden: bool = False,
        book: str = "",
        own: Sequence[Mapping[str, Any]] = (),
    ) -> None:
        entries = read_own(own)
        known = with_own(entries)
        if setup is None:
            answered = member if response_member is None else response_member
            onset = known.problems[problem].onset[0] if problem in known.problems else 1
            setup = {
                "seed": seed,
                "circle": circle,
                "levers": dict(levers or {}),
                "problems": _place(problem, onset if week is None else week, member),
                "responses": _place(response, response_week, answered),
            }
        super().__init__(
            own=entries, setup=read_setup(setup, known), week=shown, hidden=hidden, book=book
        )

    @classmethod
    def from_entry(cls, entry: str | Path, **more: Any) -> "CircleLab":
        """Return a lab with the problems in a YAML text (or the file at a Path), the first one switched on."""
        own = read_entry(entry)
        return cls(**{"problem": own[0]["id"], **more, "own": own})

    @property
    def catalogue(self) -> Catalogue:
        """The kit's catalogue, and your own problems beside it."""
        return with_own(self.own)

    def _read(self, raw: object) -> dict[str, Any]:
        try:
            return read_setup(raw, with_own(read_own(self.own)))
        except KitError as error:
            raise Refused(str(error)) from error

    @traitlets.validate("setup")
    def _check_setup(self, proposal: Any) -> dict[str, Any]:
        return self._read(proposal["value"])

    @traitlets.validate("own")
    def _check_own(self, proposal: Any) -> list[dict[str, Any]]:
        try:
            entries = read_own(proposal["value"])
            if self.setup:
                read_setup(self.setup, with_own(entries))
        except KitError as error:
            raise Refused(str(error)) from error
        return entries

    @traitlets.validate("week")
    def _check_week(self, proposal: Any) -> int:
        weeks = self.setup.get("weeks", 12)
        if not 1 <= proposal["value"] <= weeks:
            raise Refused(f"The week to show must be from 1 to {weeks}.")
        return int(proposal["value"])

    @traitlets.validate(*PARTS)
    def _check_part(self, proposal: Any) -> Any:
        name = proposal["trait"].name
        return self._part(self._read({**self.setup, name: proposal["value"]}), name)

    def _part(self, setup: Mapping[str, Any], name: str) -> Any:
        return int(setup["seed"]) if name == "seed" else deepcopy(setup[name])

    @traitlets.observe(*PARTS)
    def _part_changed(self, change: Any) -> None:
        if self.setup and self._part(self.setup, change.name) != change.new:
            self.setup = {**self.setup, change.name: change.new}

    @traitlets.observe("setup", "own")
    def _setup_changed(self, _: Any) -> None:
        with self.hold_trait_notifications():
            for name in PARTS:
                self.set_trait(name, self._part(self.setup, name))
            self.week = min(self.week, self.setup["weeks"])
        if any(
            self._trait_notifiers.get(name, {}).get("change") for name in ("run", traitlets.All)
        ):
            self.set_trait("run", self._make_run())
        else:  # nobody waits for it: a slider that is dragged costs no run
            self._trait_values.pop("run", None)

    @traitlets.default("run")
    def _make_run(self) -> pd.DataFrame:
        return table_of(self.setup, self.catalogue)

    @property
    def compared(self) -> pd.DataFrame:
        """What the circle comes to with the response, and without it, with the same luck."""
        return compare(self.setup, self.catalogue)

    @property
    def members(self) -> list[str]:
        """The members' first names."""
        return names(size_of(self.setup))

    def __repr__(self) -> str:
        return f"A circle of {size_of(self.setup)} members in week {self.week} of {self.setup['weeks']}"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        made = super()._repr_mimebundle_(**kwargs)
        data, about = made if isinstance(made, tuple) else (made, {})
        return {**data, "text/html": still(self.setup, self.catalogue)}, about


def _place(id: str | None, week: int, member: int | str) -> list[dict[str, Any]]:
    if id is None:
        return []
    if isinstance(member, str):
        everyone = names(8)
        if member not in everyone:
            raise KitError(
                f"There is no member called '{member}'. Choose one of: {', '.join(everyone)}."
            )
        member = everyone.index(member)
    return [{"id": id, "week": week, "member": member}]
