"""The rule a trainer edits by hand: what is read, and what is said when it is wrong."""

import shutil
from pathlib import Path

import pytest
from record_support import RULE_TEXT, make_rule

from mentorkit.catalogue import rubric as known
from mentorkit.errors import KitError
from mentorkit.grading.judged import judge
from mentorkit.record import load_rule

EXERCISES = Path(__file__).parents[1] / "exercises"
BY_JUDGES, BY_HAND = ("triage", "diagnosis", "response", "playbook"), ("plan", "practice")
CUTS = 'cut = 0.6\ncut_source = "assumption"\n'


def test_the_shipped_rule_asks_for_all_six_and_is_honest_about_its_cuts() -> None:
    """Four cuts come from the sample panel, with a band below them, two are assumptions; each says so."""
    rules = {each.name: each for each in load_rule(EXERCISES / "certification.toml").assignments}
    assert tuple(rules) == (*BY_JUDGES, *BY_HAND)
    assert all("sample ratings" in rules[name].cut_source for name in BY_JUDGES)
    assert all(0 < rules[name].low < rules[name].cut < 1 for name in BY_JUDGES)
    assert all("assumption" in rules[name].cut_source for name in BY_HAND)
    assert all(rules[name].low == rules[name].cut for name in BY_HAND)


def test_the_demonstrations_rule_is_titled_as_one() -> None:
    """Nobody takes the badge of the demonstration cohort for a real one."""
    rule = load_rule(EXERCISES / "demonstration.toml")
    assert [each.name for each in rule.assignments] == ["triage"]
    assert "Demonstration only" in rule.title
    assert "demonstration only" in rule.assignments[0].cut_source


@pytest.mark.parametrize("name", BY_HAND)
def test_faults_that_ask_for_once_more_cannot_meet_the_cut(name: str) -> None:
    """Three minor faults or any major one, with everything else at its best: below the cut. "Good" meets it."""
    rules = {each.name: each for each in load_rule(EXERCISES / "certification.toml").assignments}
    rubric, cut = known.rubric(name), rules[name].cut
    best = {each.id: len(each.levels) - 1 for each in rubric.criteria}
    minor = [fault.id for fault in rubric.faults if fault.weight == "minor"][: rubric.limit.minor]
    major = [[fault.id] for fault in rubric.faults if fault.weight == "major"]
    for faults in [minor, *major]:
        judged = judge(rubric, best, faults)
        assert judged.again and judged.total < cut * judged.best
    for faults in ([], minor[:-1]):
        judged = judge(rubric, {**dict.fromkeys(best, 2), rubric.criteria[0].id: 1}, faults)
        assert not judged.again and judged.total >= cut * judged.best - 1e-9
    fewer = {**dict.fromkeys(best, 2), rubric.criteria[0].id: 1, rubric.criteria[1].id: 1}
    assert judge(rubric, fewer).total < cut * rubric.points


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (CUTS + 'cut_from = "panel.csv"\n', "only one can hold"),
        ('cut_source = "x"\ncut_from = "panel.csv"\n', "only one can hold"),
        ("", "'cut' is missing"),
        ('cut_source = "x"\n', "'cut' is missing"),
        ('cut_from = "none.csv"\n', "There is no file"),
        ('cut_from = "empty.csv"\n', "line 1"),
        ('cut_from = "noise.csv"\n', "not UTF-8"),
        ('cut_from = "other.csv"\n', "no ratings for 'triage'"),
        ('cut_from = "folder.csv"\n', "is not a file"),
        ('cut_from = "outside.csv"\n', "leads out of its folder"),
        ('cut_from = "../panel.csv"\n', "without a path"),
        ('cut_from = "/etc/panel.csv"\n', "without a path"),
        ('cut_from = "a\\\\panel.csv"\n', "without a path"),
        ('cut_from = ".csv"\n', "without a path"),
        ('cut_from = "panel.csv\\n"\n', "without a path"),
        ('cut_from = "panel.toml"\n', "without a path"),
        ('cut_from = ["panel.csv"]\n', "without a path"),
        ("cut_from = 0.6\n", "without a path"),
        ('cut_from = "panel.csv"\nlow = 0.5\n', "'low' is unknown"),
    ],
)
def test_a_cut_that_cannot_be_told_is_named(tmp_path: Path, entry: str, says: str) -> None:
    """Two sources of a cut, none, or a file that gives none: file, entry and what to do."""
    inside = tmp_path / "cohort"
    inside.mkdir()
    for folder in (tmp_path, inside):
        shutil.copy(EXERCISES / "panel.csv", folder / "panel.csv")
    (inside / "outside.csv").symlink_to(tmp_path / "panel.csv")
    (inside / "folder.csv").mkdir()
    (inside / "empty.csv").write_bytes(b"")
    (inside / "noise.csv").write_bytes(bytes(range(128, 256)))
    text = (inside / "panel.csv").read_text()
    (inside / "other.csv").write_text(text.replace("triage", "sorting"))
    with pytest.raises(KitError, match=r"certification\.toml, \[\[assignment\]\] 1") as caught:
        make_rule(inside, RULE_TEXT.replace(CUTS, entry))
    assert says in str(caught.value) and "\n" not in str(caught.value)
    make_rule(inside, RULE_TEXT.replace(CUTS, 'cut_from = "panel.csv"\n'))


def test_a_repeat_is_no_assignment_of_its_own(tmp_path: Path) -> None:
    """A rule that names a repeat beside its exercise would ask for both: it is refused, in either order."""
    again = RULE_TEXT.replace('"triage"', '"triage-2"').split("[[")
    for text in (RULE_TEXT + "[[" + again[1], "[[".join(again) + "[[" + RULE_TEXT.split("[[")[1]):
        with pytest.raises(KitError, match="'triage-2' is a repeat of 'triage'"):
            make_rule(tmp_path, text)


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
