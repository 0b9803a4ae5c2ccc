"""What each page loads: the book's style; the lab's or the link's script only where needed."""

from pathlib import Path
from typing import Any

from docutils import nodes

from mentorkit.book.circle_lab import CircleLab
from mentorkit.book.exercise_link import ExerciseLink
from mentorkit.book.explorable import Explorable
from mentorkit.book.problem_finder import Finder
from mentorkit.book.video_list import VideoList
from mentorkit.book.words import words

TEMPLATES = Path(__file__).parent / "templates"
LABS: dict[str, type[nodes.Node]] = {"circle": CircleLab, "explorable": Explorable}


def _holds(doctree: nodes.document | None, kind: type[nodes.Node]) -> bool:
    """Whether the page has such a node; pages such as the search have no tree at all."""
    return doctree is not None and next(iter(doctree.findall(kind)), None) is not None


def lab_files(kinds: set[str]) -> tuple[str, ...]:
    """Return the lab's files that a page loads. Imported late: pages without a lab need none."""
    if not kinds:
        return ()
    from mentorkit.lab import files_for  # noqa: PLC0415

    return files_for(kinds)


def name_needs(
    app: Any, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Tell the template (layout.html) what this page needs."""
    context["mk_words"] = words(app.config)
    context["mk_lab"] = lab_files({kind for kind, node in LABS.items() if _holds(doctree, node)})
    context["mk_exercise"] = _holds(doctree, ExerciseLink)
    context["mk_finder"] = _holds(doctree, Finder)
    videos, player = _holds(doctree, VideoList), "mk_video" in context
    context["mk_styles"] = ["videos.css"] if videos or player else []
    context["mk_scripts"] = [
        name
        for name, needed in (
            ("videos.js", videos),
            ("player.js", player),
            ("search.js", page == "search"),
        )
        if needed
    ]


def add_templates(_app: Any, config: Any) -> None:
    """Put the book's templates before the theme's."""
    config.templates_path.insert(0, str(TEMPLATES))


def setup(app: Any) -> None:
    """Register both."""
    app.connect("config-inited", add_templates, priority=900)
    app.connect("html-page-context", name_needs)
