"""The rule a trainer edits by hand: what is read, and what is said when it is wrong."""

from pathlib import Path

import pytest
from record_support import RULE_TEXT, make_rule

from mentorkit.errors import KitError
from mentorkit.record import load_rule

SHIPPED = Path(__file__).parents[1] / "exercises" / "certification.toml"


def test_the_shipped_rule_can_be_read_and_calls_its_cuts_an_assumption() -> None:
    """Is the rule that comes with the kit valid, and honest about where its cuts come from?"""
    rule = load_rule(SHIPPED)
    assert "triage" in [each.name for each in rule.assignments]
    assert all("assumption" in each.cut_source for each in rule.assignments)
    assert all(0 < each.cut <= 1 for each in rule.assignments)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('version = "1"\n', "", "'version' is missing"),
        ('version = "1"', "version = 1", "'version' is not right"),
        ("cut = 0.6", "cut = 60", "'cut' is not right"),
        ("cut = 0.6", "cut = 0", "'cut' is not right"),
        ("cut = 0.6", "cut = nan", "'cut' is not right"),
        ("cut = 0.6", "cut = true", "'cut' is not right"),
        ("cut = 0.6", 'cut = "0.6"', "'cut' is not right"),
        ("cut = 0.6\n", "", "'cut' is missing"),
        ("cut = 0.6", "cut = 0.6\npass_mark = 3", "'pass_mark' is unknown"),
        ('language = "en"', 'language = "xx"', "no texts in 'xx'"),
        ('language = "en"', 'language = "../en"', "'language' is not right"),
        ('name = "triage"', 'name = "../triage"', "'name' is not right"),
        ('title = "Triage"', 'title = "Tri\\nage"', "'title' is not right"),
        ('title = "Triage"', 'title = ""', "'title' is not right"),
        ("[[assignment]]", "[assignment]", "'assignment' must be given"),
        ("cut = 0.6", "cut = = 0.6", "not valid TOML"),
        ("graded exercises", "WOL certification", "not a certificate"),
    ],
)
def test_a_mistake_in_the_rule_is_named_with_file_and_key(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    """Does a trainer learn which file and key is wrong?"""
    assert old in RULE_TEXT
    with pytest.raises(KitError, match=r"certification\.toml") as caught:
        make_rule(tmp_path, RULE_TEXT.replace(old, new, 1))
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rule_without_assignments_is_refused(tmp_path: Path) -> None:
    """A rule that asks for nothing would award a badge to everyone."""
    with pytest.raises(KitError, match="assignment"):
        make_rule(tmp_path, RULE_TEXT.split("[[")[0])


def test_an_assignment_named_twice_is_refused(tmp_path: Path) -> None:
    """Which of the two cuts would hold?"""
    twice = RULE_TEXT + "[[" + RULE_TEXT.split("[[")[1]
    with pytest.raises(KitError, match="there twice"):
        make_rule(tmp_path, twice)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", b"[" * 60_000, b"x" * 100_000, b"a = [["])
def test_a_file_that_is_no_rule_gets_one_sentence(tmp_path: Path, data: bytes) -> None:
    """Do binary, deeply nested, huge and empty files get an answer and not a traceback?"""
    path = tmp_path / "certification.toml"
    path.write_bytes(data)
    with pytest.raises(KitError, match=r"certification\.toml"):
        load_rule(path)


def test_a_missing_rule_is_said_to_be_missing(tmp_path: Path) -> None:
    """Does a wrong path get a clear answer?"""
    with pytest.raises(KitError, match="There is no file"):
        load_rule(tmp_path / "certification.toml")
