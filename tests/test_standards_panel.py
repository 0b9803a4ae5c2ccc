"""The judges' file: what people really send, and what is said when it does not fit."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.standards.cut import set_cut
from mentorkit.standards.panel import parse_panel, read_panel

HEAD = "judge,round,assignment,item,rating"
ROWS = [
    f"{judge},{turn},triage,{item},0.{digit}"
    for turn in (1, 2)
    for judge, digit in (("a", 5), ("b", 6), ("c", 7))
    for item in ("P01", "H1")
]
WHOLE = "\n".join([HEAD, *ROWS]) + "\n"


def refused(text: str) -> str:
    """Return the sentence that `text` gets."""
    with pytest.raises(KitError) as raised:
        parse_panel(text)
    return str(raised.value)


def test_what_a_german_excel_saves_is_read_as_it_is(tmp_path: Path) -> None:
    """Semicolons, decimal commas, a byte order mark, any order of columns, comments, blank lines."""
    swapped = ["Rating;Item;Assignment;Round;Judge;note"]
    for row in ROWS:
        judge, turn, assignment, item, rating = row.split(",")
        swapped.append(f"{rating.replace('.', ',')};{item};{assignment};{turn};{judge};ok")
    path = tmp_path / "panel.csv"
    text = "\ufeff# our panel, 2027; round two on Friday\r\n" + "\r\n\r\n".join(swapped)
    path.write_bytes(text.encode())
    plain, german = parse_panel(WHOLE), read_panel(path)
    assert german.ratings("triage").judges == plain.ratings("triage").judges
    assert np.array_equal(german.ratings("triage").rounds, plain.ratings("triage").rounds)
    assert not german.sample
    assert len(german.digest) == 64


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("a,1,triage,P01,0.5", "a,1,triage,P01,1.5"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,70%"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,-0.1"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,nan"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,1e-3"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,٠.٥"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,"), 2, "share from 0 to 1"),
        (("a,1,triage,P01,0.5", "a,3,triage,P01,0.5"), 2, "Write 1 or 2"),
        (("a,1,triage,P01,0.5", "=cmd(),1,triage,P01,0.5"), 2, "no judge"),
        (("a,1,triage,P01,0.5", "a,1,../x,P01,0.5"), 2, "no assignment"),
        (("a,1,triage,P01,0.5", "a,1,triage,,0.5"), 2, "no item"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01,0.5,9"), 2, "6 fields"),
        (("a,1,triage,P01,0.5", "a,1,triage,P01"), 2, "4 fields"),
        (("a,1,triage,P01,0.5", "a,1,triage,H1,0.5"), 3, "already (line 2)"),
        (("a,1,triage,P01,0.5\n", ""), 8, "no rating for 'P01' of 'triage' in round 1"),
        (("b,2,triage,H1,0.6\n", ""), 10, "no rating for 'H1' of 'triage' in round 2"),
        (("judge,round", "judge,turn"), 1, "column 'round' is missing"),
        (("judge,round", "judge,judge,round"), 1, "'judge' is there twice"),
        (("a,1,triage,P01,0.5", '"a,1,triage,P01,0.5'), 13, "quotes"),
    ],
)
def test_a_fault_is_named_with_file_and_line(
    change: tuple[str, str], line: int, words: str
) -> None:
    """Each fault gets one sentence with the file, the line and what to do."""
    sentence = refused(WHOLE.replace(*change, 1))
    assert f"panel.csv, line {line}: " in sentence
    assert words in sentence


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "line 1: empty"),
        ("# only a comment\n", "line 1: empty"),
        (HEAD + "\n", "no ratings"),
        (WHOLE.replace("\nc,", "\nb,").replace("\nb,1,triage,P01,0.7", ""), "already"),
        ("\n".join([HEAD, *(row for row in ROWS if row[0] != "c")]), "2 judges"),
        ("\n".join([HEAD, *(row for row in ROWS if row[2] == "1")]), "in round 2"),
    ],
)
def test_a_panel_that_is_not_whole_is_named(text: str, words: str) -> None:
    """An empty file, too few judges or a missing second round are named."""
    assert words in refused(text)


def test_one_kind_of_item_has_one_weight() -> None:
    """Two weights for the same kind are refused where the second stands; a weight of nothing too."""
    weighted = "\n".join([HEAD + ",weight", *(f"{row},2" for row in ROWS)])
    assert "weighs 3 here and 2 above" in refused(
        weighted.replace("b,1,triage,P01,0.6,2", "b,1,triage,P01,0.6,3")
    )
    assert "number above 0" in refused(weighted.replace("0.6,2", "0.6,0", 1))
    empty = "\n".join([HEAD + ",weight", *(f"{row}," for row in ROWS)])
    assert parse_panel(empty).ratings("triage").weights.tolist() == [1, 1]


def test_an_assignment_that_nobody_rated_is_named() -> None:
    """Asking for its cut says what the file has instead."""
    with pytest.raises(KitError, match="no ratings for 'diagnosis'"):
        set_cut(parse_panel(WHOLE), "diagnosis")


def test_a_missing_huge_binary_or_odd_file_is_named(tmp_path: Path) -> None:
    """No file, a folder, a file of 6 MB, a picture or Latin-1 gets a sentence, never a traceback."""
    with pytest.raises(KitError, match="no file"):
        read_panel(tmp_path / "none.csv")
    with pytest.raises(KitError, match="not a file"):
        read_panel(tmp_path)
    (tmp_path / "huge.csv").write_bytes(WHOLE.encode() * 30_000)
    with pytest.raises(KitError, match="larger than 5 MB"):
        read_panel(tmp_path / "huge.csv")
    (tmp_path / "latin.csv").write_bytes(f"{HEAD}\n{ROWS[0]}\nj\xfcrgen,".encode("latin-1"))
    with pytest.raises(KitError, match="line 3: not UTF-8"):
        read_panel(tmp_path / "latin.csv")
    (tmp_path / "zero.csv").write_bytes(f"{HEAD}\n\0".encode())
    with pytest.raises(KitError, match="line 2: holds bytes"):
        read_panel(tmp_path / "zero.csv")


def test_the_largest_panel_is_read_quickly_and_one_item_more_is_refused() -> None:
    """Sixty judges and 500 items are fine; an item too many is not."""
    items = [f"i{number}" for number in range(501)]
    lines = [f"{judge},{turn},x,{item},.5" for turn in "12" for judge in "abc" for item in items]
    assert "more than 500 items" in refused("\n".join([HEAD, *lines]))
    fewer = [line for line in lines if ",i500," not in line]
    assert len(parse_panel("\n".join([HEAD, *fewer])).ratings("x").items) == 500


def reads_or_says(text: str) -> None:
    try:
        panel = parse_panel(text)
        for assignment in panel.assignments:
            cut = set_cut(panel, assignment)
            assert 0 <= cut.low <= cut.cut <= 1
    except KitError as error:
        assert "panel.csv" in str(error)
        assert len(str(error)) < 500


@settings(max_examples=400, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_a_panel_or_a_sentence(text: str) -> None:
    """Whatever is typed below the first line, the answer is a panel or a sentence."""
    reads_or_says(HEAD + "\n" + text)
    reads_or_says(text)


@settings(max_examples=600, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(WHOLE)),
            st.integers(0, 12),
            st.text(alphabet='abP01,;."\n\r#=-\t\u2028é∞', max_size=6),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_damaged_panel_gives_a_panel_or_a_sentence(edits: list[tuple[int, int, str]]) -> None:
    """A good file with pieces cut out and pasted in is read or refused, never a crash."""
    text = WHOLE
    for place, length, pasted in edits:
        text = text[:place] + pasted + text[place + length :]
    reads_or_says(text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_panel_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    """A file of any bytes is refused in a sentence that names it."""
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_bytes(data)
    with pytest.raises(KitError, match=r"any\.csv"):
        read_panel(path)
