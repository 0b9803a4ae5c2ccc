"""The rule on a page of the book: what the file says, and nothing else."""

from html import unescape
from pathlib import Path

import pytest
from test_book_directives import build_page

from mentorkit.record.rule import load_rule
from mentorkit.record.rule_words import hurdle_lines, other_lines, percent

RULE = Path(__file__).parents[1] / "exercises" / "certification.toml"
PAGE = "```{pass-rule} exercises\n```\n\n```{pass-rule} hurdles\n```\n\n```{pass-rule} others\n```"


def test_the_page_says_what_the_file_says(tmp_path: Path) -> None:
    """Every cut, hurdle, day and step of the rule is there, and a changed file is a changed page."""
    html, said = build_page(tmp_path, f"{PAGE}\n\n```{{record-link}}\n```")
    assert said == ""
    html = unescape(html).replace("’", "'")  # the builder curls them
    rule = load_rule(RULE)
    for each in rule.assignments:
        assert each.title in html and f"{percent(each.cut)} %" in html and each.cut_source in html
    for line in (*hurdle_lines(rule), *other_lines(rule)):
        assert line.replace("’", "'") in html
    assert 'href="../mentorkit/record/so-far"' in html
    own = tmp_path / "own"
    (own / "exercises").mkdir(parents=True)
    text = (
        'version = "9"\ntitle = "Mine"\nlanguage = "en"\n[attendance]\ndays = 3\n'
        '[[assignment]]\nname = "triage"\ntitle = "Sorting"\ncut = 0.35\ncut_source = "ours"\n'
    )
    (own / "exercises" / "certification.toml").write_text(text)
    html, said = build_page(own, PAGE)
    assert said == ""
    assert "version 9" in html and "35 %" in html and "All 3 days" in html


@pytest.mark.parametrize(
    ("text", "says"), [("version = 1", "version"), ("a = [[", "not valid TOML")]
)
def test_a_broken_rule_is_named_where_the_page_is_built(
    tmp_path: Path, text: str, says: str
) -> None:
    """The builder hears file and key; the rest of the page stands."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "certification.toml").write_text(text)
    html, said = build_page(tmp_path, "```{pass-rule} hurdles\n```\n\nThe rest.")
    assert says in said and "certification.toml" in said and "The rest." in html
    assert "exercises, hurdles" in build_page(tmp_path, "```{pass-rule} all\n```")[1]
