"""The file of marks that a trainer fills in: what fits is read, everything else is said with its line."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.catalogue.rubric import rubric
from mentorkit.errors import KitError
from mentorkit.grading.judged import judge
from mentorkit.workshop.marks_file import columns_of, empty_marks, read_marks

PLAN = rubric("plan")
HEAD = ",".join(columns_of(PLAN))


def file_of(folder: Path, *lines: str) -> Path:
    path = folder / "plan.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def test_levels_are_taken_by_number_or_name_and_empty_lines_left_out(tmp_path: Path) -> None:
    """A trainer fills in what was handed out, in any spelling of a level; who is not marked yet waits."""
    path = tmp_path / "plan.csv"
    text = empty_marks(PLAN, ["ana", "ben", "cem"])
    text = text.replace(
        "ana,,,,,,,", 'ana,2,good, STRONG ,0,1,"boss, nobody","A clear, short plan."'
    )
    path.write_text(text.replace("cem,,,,,,,", "cem,3,3,3,3,3,,"), encoding="utf-8-sig")
    ana, cem = read_marks(path, PLAN, ["ana", "ben", "cem"])
    assert list(ana.levels.values()) == [2, 2, 3, 0, 1]
    assert (ana.mentor, ana.faults) == ("ana", ("boss", "nobody"))
    assert ana.note == "A clear, short plan."
    assert cem.faults == ()


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("dora,1,1,1,1,1,,", "not on the roster"),
        ("ana,1,1,1,1,,,", "a level is missing"),
        ("ana,4,1,1,1,1,,", "is no level"),
        ("ana,²,1,1,1,1,,", "is no level"),
        ("ana,-1,1,1,1,1,,", "is no level"),
        ("ana,1,1,1,1,1,nonsense,", "has no fault"),
        ("ana,1,1,1,1,1,,x\x07y", "cannot be printed"),
        ("ana,1,1,1", "fields"),
        (",,,,,,,", "no mentor has a level yet"),
        ('ana,1,1,1,1,1,,"', "not valid CSV"),
    ],
)
def test_what_does_not_fit_is_said_with_its_line(tmp_path: Path, line: str, says: str) -> None:
    """File, line, and what to do; nothing is half read."""
    path = file_of(tmp_path, line)
    with pytest.raises(KitError, match=says) as told:
        read_marks(path, PLAN, ["ana"])
    assert str(path) in str(told.value)


def test_a_mentor_twice_is_no_accident_that_passes(tmp_path: Path) -> None:
    """Two lines for one mentor: nobody knows which counts."""
    with pytest.raises(KitError, match="line 3: 'ana' is there twice"):
        read_marks(file_of(tmp_path, "ana,1,1,1,1,1,,", "ana,2,2,2,2,2,,"), PLAN, ["ana"])


LINES = st.text(max_size=200).map(lambda text: f"{HEAD}\n{text}".encode("utf-8", "replace"))


@settings(max_examples=300, deadline=None)
@given(data=st.binary(max_size=400) | LINES)
def test_any_bytes_are_marks_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """Whatever is in the file, the trainer gets marks or is told what to mend."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    try:
        assert read_marks(path, PLAN, ["ana"])
    except KitError as error:
        assert str(path) in str(error)


@pytest.mark.parametrize("name", ["plan", "practice"])
def test_three_minor_or_one_major_fault_hold_every_level_down(name: str) -> None:
    """With the best levels: two minor faults change nothing; a third, or one major, caps each criterion."""
    found = rubric(name)
    best = {one.id: 3 for one in found.criteria}
    minor = [fault.id for fault in found.faults if fault.weight == "minor"]
    major = [fault.id for fault in found.faults if fault.weight == "major"]
    assert judge(found, best, minor[:2]).total == found.points
    for faults in (minor[:3], major[:1], [*minor, *major]):
        judged = judge(found, best, faults)
        assert judged.again and judged.total == len(found.criteria)
    assert judge(found, dict.fromkeys(best, 0), major[:1]).total == 0
