"""The blueprint: the kit's own leaves no gap, and every file that does is refused in a sentence."""

from pathlib import Path

import pytest
from cases_support import PATH
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorkit.cases import load_blueprint, load_course
from mentorkit.cases.tells import graded
from mentorkit.errors import KitError

KINDS = {
    "triage": "triage", "diagnosis": "diagnosis", "response": "response", "playbook": "playbook",
    "plan": "rubric", "practice": "rubric",
}  # fmt: skip


def test_the_kits_blueprint_covers_the_catalogue() -> None:
    """Six assignments, two forms, 24 problems once, six look-alikes or more, safety problems in responses."""
    course = load_course(PATH)
    assert {name: part.kind for name, part in course.parts.items()} == KINDS
    assert len(course.forms) >= 2 and course.hurdles == ("P20", "P21")
    assert sum(place.rule["problems"] for place in course.places) == len(graded()) == 24
    assert sum(place.rule["look_alikes"] for place in course.places) >= 6
    assert set(course.hurdles) <= set(course.parts["response"].rule["from"])


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("problems = 4 ", "problems = 5 ", "each must stand once"),
        ('"P01", "P03", "P04"', '"P01", "P99", "P04"', "no graded problem"),
        ('"H6", "H7"]', '"H6", "P07"]', "no look-alike"),
        (
            "look_alikes = 2\nhealthy = 0\noptions = 6",
            "look_alikes = 0\nhealthy = 2\noptions = 6",
            "look-alikes",
        ),
        ('"P22", "P25"]', '"P22", "P27"]', "begins in week 9"),
        ('"P16", "P17", "P20", "P21"', '"P16", "P17", "P20"', "cannot be shared out"),
        ('from = ["P01",', 'from = ["P20", "P01",', "hurdle"),
        ("week = 5 ", "week = 1 ", "does not fit: week"),
        ("week = 5 ", "weak = 5 ", "wrong keys"),
        ("week = 5 ", 'week = "5" ', "does not fit: week"),
        ("week = 5 ", "week = true ", "does not fit: week"),
        ("points = 1  ", "points = 0  ", "does not fit: points"),
        ("points = 1  ", "points = nan  ", "does not fit: points"),
        ("false_alarm = 0.5 ", "false_alarm = -1 ", "does not fit: false_alarm"),
        ('kind = "triage"', 'kind = "quiz"', "needs a kind"),
        ('kind = "triage"', "kind = []", "needs a kind"),
        ('forms = ["A", "B"]', "forms = []", "one form"),
        ('forms = ["A", "B"]', 'forms = ["A", "../B"]', "forms must be"),
        ('forms = ["A", "B"]', "form = 1", "forms must be"),
        ("healthy = 0.25", "healthy = 0.9", "no circles with a problem"),
        ("options = 6 ", "options = 600 ", "does not fit: options"),
        ("[triage]", "[triage", "cannot be read as TOML"),
    ],
)
def test_a_blueprint_that_does_not_add_up_is_refused(
    tmp_path: Path, old: str, new: str, word: str
) -> None:
    """Gaps in coverage, names that lead nowhere, wrong kinds and numbers: one sentence with the file's name."""
    text, path = PATH.read_text(), tmp_path / "blueprint.toml"
    assert old in text
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(KitError, match=word) as caught:
        load_course(path)
    assert "blueprint.toml" in str(caught.value) and len(str(caught.value)) < 500


def test_an_unknown_assignment_is_named() -> None:
    """Who asks for an assignment that is not in the file is told so."""
    with pytest.raises(KitError, match="no \\[quiz\\]"):
        load_blueprint(PATH, "quiz")


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"a = " + b"[" * 50_000, b"x" * 200_000, b"a.b.c.d = 1\n", b"triage = 5\n",
     b"forms = ['A']\nhurdles = []\n[[triage]]\n", b"forms = ['A']\nhurdles = ['P20', 'P20']\n"],
)  # fmt: skip
def test_a_hostile_blueprint_gets_a_sentence(tmp_path: Path, content: bytes) -> None:
    """Empty, binary, deep, huge and misshapen files are refused without a traceback."""
    path = tmp_path / "blueprint.toml"
    path.write_bytes(content)
    with pytest.raises(KitError, match="blueprint"):
        load_course(path)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_any_damage_to_a_line_is_survived(tmp_path: Path, data: st.DataObject) -> None:
    """A blueprint with one value replaced by anything is read, or refused in a sentence."""
    lines = PATH.read_text().splitlines()
    place = data.draw(st.sampled_from([at for at, line in enumerate(lines) if " = " in line]))
    name = lines[place].partition(" = ")[0]
    value = data.draw(st.sampled_from(["-1", "1e400", "99999999999999999999", "''", "{}", "[[]]", "nan", "inf",
                                       "1979-05-27", "[1, 'a']", "0.3", "'" + "x" * 300 + "'"]))  # fmt: skip
    lines[place] = f"{name} = {value}"
    path = tmp_path / "blueprint.toml"
    path.write_text("\n".join(lines))
    try:
        load_course(path)
    except KitError as error:
        assert "blueprint.toml" in str(error)
