"""`timetable`: the workshop's days as tables, each module a link. Made from `course/workshop.yaml`."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.html_table import Drawn, html_table
from mentorkit.book.slides import slides_of
from mentorkit.book.words import words
from mentorkit.errors import KitError
from mentorkit.timetable import (
    ORDER,
    Day,
    Slot,
    clock,
    load_workshop,
    read_minutes,
    run_day,
)


class DayTables(SphinxDirective):
    """One table a day. A page that shows the days in another way says how in `rows`."""

    def run(self) -> list[nodes.Node]:
        """Return the tables, or an error that names file and line."""
        try:
            workshop = load_workshop(Path(self.env.srcdir))
        except KitError as error:
            raise self.error(str(error)) from error
        self.env.note_dependency(ORDER)
        for module in workshop.modules:
            self.env.note_dependency(f"{module}.md")
        said = words(self.config)
        self.minutes = {
            m: read_minutes(Path(self.env.srcdir) / f"{m}.md") for m in workshop.modules
        }
        return [self.table(day, said) for day in workshop.days]

    def table(self, day: Day, said: dict[str, str]) -> nodes.Node:
        """Return one day."""
        slots = run_day(day)
        caption = said["book.timetable.day"].format(
            title=day.title, starts=clock(slots[0].starts), ends=clock(slots[-1].ends)
        )
        head = [said[f"book.timetable.{name}"] for name in ("time", "what", "minutes", "how")]
        return html_table(caption, head, list(self.rows(slots, said)), "bk-stack bk-timetable")

    def rows(self, slots: tuple[Slot, ...], said: dict[str, str]) -> Iterator[list[str]]:
        """Yield the cells of each line."""
        seen: set[str] = set()
        for slot in slots:
            entry = slot.entry
            times = f"{clock(slot.starts)}–{clock(slot.ends)}"
            title = escape(entry.title)
            if entry.module:
                title = self.named(entry.module, title, said, again=entry.module in seen)
                seen.add(entry.module)
                how = " · ".join(
                    said["book.timetable.step"].format(
                        minutes=minutes, kind=said[f"book.timetable.kind.{kind}"]
                    )
                    for _, kind, minutes in slot.steps()
                )
            else:
                how = entry.text or said[f"book.timetable.kind.{entry.kind}"]
            yield [times, Drawn(title), str(entry.minutes), how]

    def named(self, module: str, title: str, said: dict[str, str], *, again: bool) -> str:
        """Return a module's title as a link, and beside it, the first time, its slides."""
        if again:
            more = said["book.timetable.more"].format(title=title)
            return f'<a href="{self.address(module)}">{more}</a>'
        slides = escape(said["book.timetable.slides"])
        return (
            f'<a href="{self.address(module)}">{title}</a> '
            f'<a class="bk-slides" href="{self.address(slides_of(module))}" '
            f'aria-label="{slides}: {title}">{slides}</a>'
        )

    def address(self, page: str) -> str:
        """Return the way from this page to another of the book."""
        builder: Any = self.env.app.builder
        return escape(builder.get_relative_uri(self.env.docname, page), quote=True)


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("timetable", DayTables)
