"""The circle lab as a notebook's widget: the book's modules, with set-up and week as traits."""

from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from mentorkit.catalogue import catalogue
from mentorkit.errors import KitError
from mentorkit.lab.assets import assets
from mentorkit.lab.bundle import bundle
from mentorkit.lab.setup import read_setup, size_of
from mentorkit.lab.still import still
from mentorkit.lab.table import Rows, compare, names, rows_of

FIRST_ANSWER = 5  # the week of a response that names none, as on the command line


class CircleLab(anywidget.AnyWidget):
    """A circle around its table, over twelve weeks.

    `problem` and `response` are ids of the catalogue; weeks count from 1; a member is a number from
    0 or a first name. `levers` maps ids to a number, or to a list with one a member; `circle` is
    the circle's luck. `setup` gives all of that at once. Raises KitError where it is no set-up.

    Traits, kept in step with the page: `setup` ({seed, circle, weeks, levers, problems, responses})
    and `week`, the week that is shown (`shown` in the call).
    """

    _esm = bundle(assets(), "widget.js")
    _css = assets()["lab.css"]

    setup = traitlets.Dict().tag(sync=True)
    week = traitlets.Int(1).tag(sync=True)

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
    ) -> None:
        if setup is None:
            answered = member if response_member is None else response_member
            setup = {
                "seed": seed,
                "circle": circle,
                "levers": dict(levers or {}),
                "problems": _place(problem, _onset(problem) if week is None else week, member),
                "responses": _place(response, response_week, answered),
            }
        super().__init__(setup=read_setup(setup), week=shown)

    @traitlets.validate("setup")
    def _check_setup(self, proposal: Any) -> dict[str, Any]:
        return read_setup(proposal["value"])

    @traitlets.validate("week")
    def _check_week(self, proposal: Any) -> int:
        weeks = self.setup.get("weeks", 12)
        if not 1 <= proposal["value"] <= weeks:
            raise KitError(f"The week to show must be from 1 to {weeks}.")
        return int(proposal["value"])

    @property
    def run(self) -> Rows:
        """What happens: one row a week and member, ready for `pandas.DataFrame(lab.run)`."""
        return rows_of(self.setup)

    @property
    def compared(self) -> Rows:
        """What the circle comes to with the response, and without it, with the same luck."""
        return compare(self.setup)

    @property
    def members(self) -> list[str]:
        """The members' first names."""
        return names(size_of(self.setup))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        made = super()._repr_mimebundle_(**kwargs)
        data, about = made if isinstance(made, tuple) else (made, {})
        return {**data, "text/html": still(self.setup)}, about


def _onset(problem: str | None) -> int:
    known = catalogue().problems
    return known[problem].onset[0] if problem in known else 1


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
