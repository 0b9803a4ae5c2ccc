"""`run-of-show`: the trainer's two days, minute by minute, with ways to slides, notes and pages."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from mentorkit.book.html_table import Drawn
from mentorkit.book.slides import slides_of
from mentorkit.book.timetable import DayTables
from mentorkit.errors import KitError
from mentorkit.timetable import Slot, clock
from mentorkit.timetable.running import notes_of, read_steps, steps_of


class RunOfShow(DayTables):
    """One table a day, a line a step. The steps stand at the top of a module's notes."""

    def rows(self, slots: tuple[Slot, ...], said: dict[str, str]) -> Iterator[list[str]]:
        """Yield a line for each entry, and below each module a line for each of its steps."""
        for row, slot in zip(super().rows(slots, said), slots, strict=True):
            module = slot.entry.module
            if not module:
                yield row
                continue
            yield [*row[:3], Drawn(self.ways(module, said))]
            now = slot.starts
            for step in self.steps(slot):
                kind = said[f"book.timetable.kind.{step.kind}"]
                yield [clock(now), step.does, str(step.minutes), kind]
                now += step.minutes

    def steps(self, slot: Slot) -> Any:
        """Return the steps of this entry's part of its module."""
        module, root = slot.entry.module, Path(self.env.srcdir)
        self.env.note_dependency(f"{notes_of(module)}.md")
        try:
            steps = read_steps(root, module, self.minutes[module])
        except KitError as error:
            raise self.error(str(error)) from error
        return steps_of(steps, slot.entry.parts or {})

    def named(self, module: str, title: str, said: dict[str, str], *, again: bool) -> str:
        """Return a module's title as a link; its slides stand beside its notes."""
        if again:
            return super().named(module, title, said, again=True)
        return f'<a href="{self.address(module)}">{title}</a>'

    def ways(self, module: str, said: dict[str, str]) -> str:
        """Return links to a module's slides and notes."""
        notes, slides = self.address(notes_of(module)), self.address(slides_of(module))
        return (
            f'<a class="bk-slides" href="{slides}">{escape(said["slides.open"])}</a> · '
            f'<a class="bk-slides" href="{notes}">{escape(said["book.run.notes"])}</a>'
        )


def setup(app: Any) -> None:
    """Register the directive."""
    app.add_directive("run-of-show", RunOfShow)
