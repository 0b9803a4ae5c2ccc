"""`mentorkit record`: take a badge back, show why, sign with a new key, check with what is at hand."""

import shutil
from pathlib import Path

import pytest
from course_support import mentorkit
from handoff_support import workspace

from mentorkit.record.issuer import load_public


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with an issued cohort, in which Anna has a badge."""
    made = workspace(tmp_path)
    rule = Path(__file__).parents[1] / "exercises" / "demonstration.toml"
    shutil.copy(rule, made / "cohorts" / "spring" / "certification.toml")
    return made


def record(place: Path, *words: str | Path, code: int = 0) -> str:
    """Run a record command in the workspace."""
    return mentorkit("record", *words, "--workspace", place, code=code)


def badge(place: Path) -> Path:
    """Anna's picture."""
    return place / "cohorts" / "spring" / "records" / "anna.badge.png"


def test_a_badge_is_taken_back_and_the_log_says_why(place: Path) -> None:
    """Valid, revoked, said with what to do next; twice changes nothing; the log has who, when and why."""
    assert record(place, "verify", badge(place)).startswith("Valid:")
    assert "No badge of 'spring' was revoked" in record(place, "revocations", "spring")
    words = ("revoke", "spring", "anna", "--why", "a wrong name", "--by", "Tess")
    said = record(place, *words)
    assert "Taken back: 1" in said
    assert "put" in said and "public" in said
    assert "Revoked: Beispiel GmbH" in record(place, "verify", badge(place), code=1)
    assert "revoked already" in record(place, *words)
    log = record(place, "revocations", "spring")
    assert log.count("\n") == 1
    assert "anna  by Tess: a wrong name" in log
    assert "record issue spring" in record(place, *words, "--again")
    assert "another badge to come" in record(place, "revocations", "spring")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("revoke", "spring", "ben", "--why", "x", "--by", "y"), "holds no badge"),
        (("revoke", "spring", "../x", "--why", "x", "--by", "y"), "holds no badge"),
        (("revoke", "spring", "anna", "--why", " ", "--by", "y"), "--why needs"),
        (("revoke", "spring", "anna", "--why", "x", "--by", "a\nb"), "--by needs"),
        (("revoke", "winter", "anna", "--why", "x", "--by", "y"), "no cohort"),
        (("rotate-key", "winter"), "no cohort"),
    ],
)
def test_what_cannot_be_taken_back_is_said(place: Path, words: tuple[str, ...], said: str) -> None:
    """One sentence, and the badge is as it was."""
    assert said in record(place, *words, code=1)
    assert record(place, "verify", badge(place)).startswith("Valid:")


def test_a_new_key_leaves_old_badges_valid(place: Path) -> None:
    """The command makes a key, signs the list with it and says whom to tell."""
    folder = place / "cohorts" / "spring" / "issuer"
    before = load_public(folder / "issuer.json").keys
    said = record(place, "rotate-key", "spring")
    assert "2 keys verify" in said
    assert "issuer.json" in said
    assert load_public(folder / "issuer.json").keys[1:] == before
    assert record(place, "verify", badge(place)).startswith("Valid:")


def test_files_that_were_kept_serve_where_all_else_is_gone(place: Path, tmp_path: Path) -> None:
    """Away from the workspace: unknown issuer, then status unknown, then valid, by files given."""
    public = place / "cohorts" / "spring" / "records" / "public"
    kept, empty = tmp_path / "kept", tmp_path / "empty"
    kept.mkdir()
    empty.mkdir()
    for file in (badge(place), public / "issuer.json"):
        shutil.copy(file, kept)
    shutil.copy(public / "revocation.jwt", empty / "list-of-march")
    mine = kept / "anna.badge.png"
    assert "Unknown issuer" in record(empty, "verify", mine, code=1)
    trust = ("--issuer", kept / "issuer.json")
    assert "Status unknown" in record(empty, "verify", mine, *trust, code=1)
    given = record(empty, "verify", mine, *trust, "--status", empty / "list-of-march")
    assert given.startswith("Valid:")
    missing = record(empty, "verify", mine, *trust, "--status", empty / "none", code=1)
    assert "There is no file" in missing
