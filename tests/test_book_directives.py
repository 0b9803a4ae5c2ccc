"""The book's directives, written wrongly: the author reads what to mend and the build goes on."""

import io
import re
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from mentorkit.catalogue import texts

SETTINGS = {
    "extensions": ["myst_parser", "mentorkit.book"],
    "root_doc": "index",
    "html_theme": "basic",
    "html_math_renderer": "mathml",
    "myst_enable_extensions": ["dollarmath"],
}


def build_page(folder: Path, markdown: str) -> tuple[str, str]:
    """Build one page; return its HTML and what the builder complained about."""
    (folder / "index.md").write_text(f"# A page\n\n{markdown}\n", encoding="utf-8")
    said = io.StringIO()
    with patch_docutils(None), docutils_namespace():
        app = Sphinx(folder, None, folder / "out", folder / "trees", "html", SETTINGS, None, said)
        app.build()
    return (folder / "out" / "index.html").read_text(encoding="utf-8"), said.getvalue()


WRONG = {
    "problem": ("```{problem-card} P99\n```", "Choose one of: P01"),
    "channel": ("```{problem-card} P01\n:channels: gossip\n```", "gossip"),
    "lab problem": ("```{circle-lab} T\n:problem: P99\n```", "The catalogue has no such problem"),
    "lab week": ("```{circle-lab} T\n:problem: P01\n:week: 13\n```", "weeks 1 to 12, not 13"),
    "explorable": ("```{explorable} size\n```", "Choose one of: size-starves-the-quiet"),
    "no minutes": ("```{module-head}\n- a\n```", "needs its reading time"),
    "grade": ("{source}`E lally2010`", "is not a source"),
    "work": ("{source}`A nobody1999`", "is not a source"),
    "bare grade": ("{source}`A`", "is not a source"),
    "no list": ("{source}`B lally2010`", "has no list of them"),
    "exercise": ("```{exercise-link} ../../etc\n```", "small letters, digits and hyphens"),
    "formula": ("$\\nosuchthing$", "cannot read the formula"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_mistake_in_a_page_is_named(kind: str, tmp_path: Path) -> None:
    """One sentence with what to do, and the rest of the page still stands."""
    markdown, says = WRONG[kind]
    html, said = build_page(tmp_path, f"{markdown}\n\nThe rest.")
    assert says in said
    assert "The rest." in html


def test_clean_page_builds_without_a_word(tmp_path: Path) -> None:
    """The same directives, written rightly, complain of nothing."""
    page = "{source}`B lally2010`\n\n```{problem-card} P01\n```\n\n```{sources}\n```"
    html, said = build_page(tmp_path, page)
    assert said == ""
    assert 'href="#source-lally2010"' in html


def test_lab_options_reach_the_page_as_json(tmp_path: Path) -> None:
    """A title with quotes and angle brackets cannot break out of the page."""
    page = (
        '```{circle-lab} A "quoted" <b>title</b>\n:problem: P13\n:week: 3\n:member: 2\n:seed: 7\n'
        ":response: timed-rounds\n:response-week: 5\n```"
    )
    html, _said = build_page(tmp_path, page)
    assert "&quot;problem&quot;: &quot;P13&quot;" in html
    assert "&quot;response-week&quot;: 5" in html
    assert 'data-title="A &quot;quoted&quot; &lt;b&gt;title&lt;/b&gt;"' in html
    assert "<b>title" not in html


def test_explorable_has_a_place_and_words_without_a_script(tmp_path: Path) -> None:
    """The script finds the picture's id; a reader without one finds question, idea and what to try."""
    html, said = build_page(tmp_path, "```{explorable} drift-or-fade\n```")
    assert said == ""
    assert 'class="mentorkit-lab" data-lab="explorable" data-explorable="drift-or-fade"' in html
    for part in ("question", "title", "try"):
        assert html.count(texts("en")[f"explore.drift-or-fade.{part}"]) == 1


def test_formula_is_drawn_without_a_script(tmp_path: Path) -> None:
    """A formula becomes MathML, which every browser shows by itself."""
    html, _said = build_page(tmp_path, "$0.85^5$\n\n$$\\frac{1}{2}$$")
    assert html.count("<math") == 2
    assert "cdn." not in html and "//" not in "".join(
        re.findall(r'<script[^>]*src="([^"]*)"', html)
    )


def test_look_alike_is_drawn_for_as_long_as_it_lasts(tmp_path: Path) -> None:
    """In the still picture a long check-in marks one week, a chat club all that follow."""
    short, _ = build_page(tmp_path, "```{circle-lab} T\n:problem: H1\n:week: 5\n```")
    long, _ = build_page(tmp_path, "```{circle-lab} T\n:problem: P15\n:week: 5\n```")
    assert short.count("bk-week-troubled") == 1
    assert long.count("bk-week-troubled") == 8
