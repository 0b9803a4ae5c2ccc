"""The roster: what people really send, and what is said when it does not fit."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.workshop.roster import Mentor, parse_roster, read_roster, write_roster


def test_names_with_commas_quotes_and_umlauts_arrive_whole() -> None:
    """A name is kept letter for letter."""
    text = (
        'id,name,email\na,"Öztürk, Ünal",a@example.org\nb,"Ben ""Bo"" Groß",\nc,O\'Neill Łukasz,\n'
    )
    names = [mentor.name for mentor in parse_roster(text)]
    assert names == ["Öztürk, Ünal", 'Ben "Bo" Groß', "O'Neill Łukasz"]


def test_excels_semicolons_and_byte_order_mark_are_read(tmp_path: Path) -> None:
    """A CSV that a German Excel saved is read as it is."""
    path = tmp_path / "roster.csv"
    path.write_bytes("\ufeffID;Name;Email\r\na;Anna Groß;a@example.org\r\n\r\n".encode())
    assert read_roster(path) == [Mentor("a", "Anna Groß", "a@example.org")]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("id,email\na,b@c.d\n", "column 'name' is missing"),
        ("name\nAnna\n", "column 'id' is missing"),
        ("", "column 'id' is missing"),
        ("id,name\n", "no mentors"),
        ("id,name\na,Anna\nA,Otto\n", "line 3: the id 'A' is there already"),
        ("id,name\na,=cmd|' /C calc'!A0\n", "formula"),
        ("id,name\na,+49\n", "formula"),
        ("id,name\na,Groß, Anna\n", "double quotes"),
        ("id,name\n=a,Anna\n", "not an id"),
        ("id,name\na+b,Anna\n", "not an id"),
        ("id,name\n../../etc,Anna\n", "not an id"),
        ("id,name\na,\n", "name is missing"),
        ("id,name\na,An\u0007na\n", "cannot be printed"),
        ("id,name,email\na,Anna,not an address\n", "not an e-mail"),
        ('id,name\na,"Anna\n', "quotes"),
    ],
)
def test_a_fault_is_named_with_what_to_do(text: str, word: str) -> None:
    """Each fault gets one sentence that names it."""
    with pytest.raises(KitError, match=word.replace("(", r"\(")):
        parse_roster(text)


def test_a_missing_huge_or_binary_file_is_named(tmp_path: Path) -> None:
    """A file that is not there, not text, or far too large is refused in a sentence."""
    with pytest.raises(KitError, match="no roster"):
        read_roster(tmp_path / "none.csv")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)))
    with pytest.raises(KitError, match="UTF-8"):
        read_roster(tmp_path / "binary.csv")
    (tmp_path / "huge.csv").write_bytes(b"id,name\n" + b"a,b\n" * 2_000_000)
    with pytest.raises(KitError, match="larger"):
        read_roster(tmp_path / "huge.csv")


@given(st.text(max_size=300))
def test_any_text_gives_mentors_or_a_sentence(text: str) -> None:
    """Whatever is typed, the answer is a roster or a clear error, never a crash."""
    try:
        mentors = parse_roster("id,name\n" + text)
    except KitError as error:
        assert "roster" in str(error)
    else:
        assert parse_roster(write_roster(mentors)) == mentors
