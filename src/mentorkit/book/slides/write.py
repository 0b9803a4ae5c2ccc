"""Writes a module's slides, one page a module, to `slides/` beside the book's pages."""

import posixpath
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from docutils.utils import new_document
from jinja2 import Environment, FileSystemLoader, Template
from sphinx import addnodes
from sphinx.util import logging

from mentorkit.book.explorable import Explorable
from mentorkit.book.slides.pick import Picker
from mentorkit.book.words import words
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.timetable import load_workshop, read_minutes
from mentorkit.timetable.running import notes_of

PERMALINK = re.compile(r'<a class="headerlink".*?</a>')
EMPTY_HEAD = re.compile(r"<th[^>]*>\s*(<p></p>)?\s*</th>")  # the corner of a table names nothing
LOG = logging.getLogger(__name__)
TEMPLATES = Path(__file__).parents[1] / "templates"
NOTES = (
    "course/trainer/notes"  # a module's notes have its own name; only the trainer's book has them
)


def slides_of(module: str) -> str:
    """Return the name of the page with a module's slides."""
    return f"slides/{module.removeprefix('course/')}"


@cache
def _template() -> Template:
    found = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True)
    return found.get_template("slides.html.j2")


class Deck:
    """One module's slides as a page."""

    def __init__(self, app: Any, module: str) -> None:
        self.app, self.module, self.here = app, module, slides_of(module)
        self.said = words(app.config)
        self.live = False  # whether a live picture stands on a slide

    def address(self, target: str) -> str:
        """Return the way from these slides to a file of the book."""
        return quote(posixpath.relpath(target, posixpath.dirname(self.here)))

    def render(self, found: list[nodes.Node]) -> str:
        """Return nodes as HTML: no links, no marks of sources."""
        self.live = self.live or any(isinstance(one, Explorable) for one in found)
        return fragment(self.app.builder, found, self.here)

    def picture(self, image: nodes.image) -> str:
        """Return an image that the book has copied already."""
        name = self.app.env.images[image["uri"]][1]
        alt = escape(image.get("alt", ""), quote=True)
        return f'<img src="{self.address(f"_images/{name}")}" alt="{alt}">'

    def notes(self) -> str:
        """Return the trainer's notes as HTML; nothing where the book has none."""
        name = notes_of(self.module)
        if name not in self.app.env.found_docs:
            return ""
        top = next(iter(self.app.env.get_doctree(name).findall(nodes.section)))
        inside = nodes.section("", *(one.deepcopy() for one in top.children[1:]))
        return fragment(self.app.builder, [nodes.section("", inside)], self.here)

    def html(self) -> str:
        """Return the page."""
        env = self.app.env
        pages = [self.module, *env.toctree_includes.get(self.module, ())]
        minutes = sum(read_minutes(Path(env.srcdir) / f"{self.module}.md").values())
        picker = Picker(self.said, self.render, self.picture)
        slides = list(picker.module({page: env.get_doctree(page) for page in pages}, minutes))
        return _template().render(
            say=self.said,
            language=self.app.config.language or "en",
            title=slides[0].title,
            slides=slides,
            notes=self.notes(),
            live=self.live,
            to=self.address,
        )


def fragment(builder: Any, found: list[nodes.Node], here: str) -> str:
    """Return copies of nodes as HTML for a page named `here`, without links and marks of sources."""
    holder = new_document("slides")
    holder.extend(one.deepcopy() for one in found)
    for node in list(holder.findall(nodes.Element)):
        if isinstance(node, nodes.reference | addnodes.pending_xref):
            marked = "bk-source" in node.get("classes", ())
            node.parent.replace(node, [] if marked else node.children)
        elif "ids" in node:
            # a heading needs one; the slides' own ids are others
            node["ids"] = [f"notes-{id}" for id in node["ids"]]
    kept, builder.current_docname = getattr(builder, "current_docname", None), here
    try:
        html = "".join(builder.render_partial(one)["fragment"] for one in holder.children)
        return EMPTY_HEAD.sub("<td></td>", PERMALINK.sub("", html))
    finally:
        builder.current_docname = kept


def write_slides(app: Any, failure: Exception | None) -> None:
    """Write the slides of every module of the workshop, when the pages are done."""
    if failure is not None or app.builder.format != "html":
        return
    for module in known_modules(app):
        page = Deck(app, module).html()
        write_atomic(Path(app.outdir) / f"{slides_of(module)}.html", page)


def known_modules(app: Any) -> tuple[str, ...]:
    """Return the workshop's modules that this book has; none where it has no workshop."""
    root = Path(app.srcdir)
    if not (root / "course" / "workshop.yaml").is_file():
        return ()
    try:
        workshop = load_workshop(root)
    except KitError as error:
        LOG.warning(str(error))
        return ()
    return tuple(module for module in workshop.modules if module in app.env.found_docs)
