"""A stolen key: what is said before it goes, what its badges are afterwards, and who gets new ones."""

import shutil
from pathlib import Path

import pytest
from course_support import mentorkit
from handoff_support import workspace
from record_support import ANNA, BEN, LATER, NOW, RULE_TEXT, issue

from mentorkit.record import (
    Issuer,
    Kind,
    Outcome,
    create_issuer,
    load_issuer,
    load_public,
    verify_file,
)
from mentorkit.record.issuer import KEY_FILE, MOST_KEYS, NEXT_FILE, PUBLIC_FILE, rotate_key
from mentorkit.record.registry import Registry, load_registry, save_registry
from mentorkit.record.registry_changes import drop, revoke

GOOD = {"case-1": 4.0, "case-2": 6.0}
POOR = {"case-1": 1.0, "case-2": 0.0}


@pytest.fixture(autouse=True)
def _quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mentorkit.record.key_file.KEY_BITS", 2048)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an issuer of the test's own."""
    create_issuer(tmp_path / "issuer", name="Beispiel GmbH", url="https://example.com/")
    return tmp_path / "issuer"


def kid(issuer: Issuer) -> str:
    """The thumbprint of the key that signs."""
    return issuer.public.keys[0]["kid"]


def registry(folder: Path) -> Registry:
    """The registry beside the records."""
    found = load_registry(folder / "records")
    assert found
    return found


def take_out(tmp_path: Path, folder: Path) -> Issuer:
    """Drop the key that signs."""
    key = kid(load_issuer(folder))
    known = drop(registry(tmp_path), key, who="Tess", why="stolen", when=LATER)
    save_registry(tmp_path / "records", known)
    return rotate_key(folder, key)


def test_badges_of_a_dropped_key_are_unknown_and_are_replaced(folder: Path, tmp_path: Path) -> None:
    """Anna's of the older key stays valid, byte for byte; Ben's is unknown until he has another one."""
    issue(tmp_path, {"anna": GOOD}, ANNA, by=load_issuer(folder))
    older = kid(load_issuer(folder))
    scores = {"anna": GOOD, "ben": GOOD}
    issue(tmp_path, scores, ANNA, BEN, by=rotate_key(folder))
    anna, ben = (tmp_path / "records" / f"{name}.badge.jwt" for name in ("anna", "ben"))
    before, stolen = anna.read_bytes(), tmp_path / "stolen.badge.jwt"
    shutil.copy(ben, stolen)
    issuer = take_out(tmp_path, folder)
    trusted = [folder / PUBLIC_FILE]
    assert [key["kid"] for key in load_public(trusted[0]).keys] == [kid(issuer), older]
    assert verify_file(ben, trusted, now=LATER).kind is Kind.UNKNOWN_ISSUER
    issued = issue(tmp_path, scores, ANNA, BEN, by=issuer, now=LATER)
    assert [one.outcome for one in issued] == [Outcome.UNCHANGED, Outcome.WRITTEN]
    assert anna.read_bytes() == before
    for badge in (anna, ben, ben.with_suffix(".png")):
        assert verify_file(badge, trusted, now=LATER).kind is Kind.VALID
    assert verify_file(stolen, trusted, now=LATER).kind is Kind.UNKNOWN_ISSUER
    first, second = registry(tmp_path).of("ben")
    assert first.badge != second.badge and (first.key, second.key) != (second.key, first.key)
    # who clings to the old key still learns from the unsigned list that the badge is gone
    assert first.badge.encode() in (tmp_path / "records/public/revocations.json").read_bytes()


def test_what_was_revoked_stays_so_and_what_was_earned_is_kept(
    folder: Path, tmp_path: Path
) -> None:
    """Anna's badge was revoked: none comes. Ben's grades fell: he gets another one for the same record."""
    issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN, by=load_issuer(folder))
    earned = (tmp_path / "records" / "ben.record.json").read_bytes()
    known = registry(tmp_path)
    known = revoke(known, known.of("anna"), who="Tess", why="x", when=NOW, again=False)
    save_registry(tmp_path / "records", known)
    issuer = take_out(tmp_path, folder)
    strict = RULE_TEXT.replace("0.6", "1.0").replace('version = "1"', 'version = "2"')
    lower = {"anna": GOOD, "ben": POOR}
    for outcome in (Outcome.RENEWED, Outcome.KEPT):  # and then it stays as it is
        shutil.rmtree(tmp_path / "again", ignore_errors=True)
        (tmp_path / "again").mkdir()
        shutil.copytree(tmp_path / "records", tmp_path / "again" / "records")
        (ben,) = issue(tmp_path / "again", lower, BEN, by=issuer, now=LATER, rule=strict)
        assert ben.outcome is outcome and not ben.met
        assert ben.record.read_bytes() == earned
        assert verify_file(ben.record, [folder / PUBLIC_FILE], now=LATER).kind is Kind.VALID
        shutil.rmtree(tmp_path / "records")
        shutil.copytree(tmp_path / "again" / "records", tmp_path / "records")
    (anna,) = issue(tmp_path, {"anna": GOOD}, ANNA, by=issuer, now=LATER)
    assert anna.outcome is Outcome.REVOKED and anna.badge is None


def test_a_key_half_made_before_the_theft_does_not_sign(folder: Path) -> None:
    """What a rotation that was cut short had left may be stolen too. With twenty keys there is still room."""
    stolen = kid(load_issuer(folder))
    shutil.copy(folder / KEY_FILE, folder / NEXT_FILE)
    public = load_public(folder / PUBLIC_FILE)
    others = [rotate_key(folder).public.keys[0] for _ in range(2)]
    full = type(public)(
        public.id, public.name, (others[1], *(others[:1] * (MOST_KEYS - 2)), *public.keys)
    )
    (folder / PUBLIC_FILE).write_bytes(full.to_file())
    shutil.copy(folder / KEY_FILE, folder / NEXT_FILE)
    issuer = rotate_key(folder, stolen)
    kids = [key["kid"] for key in issuer.public.keys]
    assert kids[0] != kids[1] == others[1]["kid"] and stolen not in kids
    assert load_issuer(folder).public == issuer.public


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A workspace with an issued cohort, in which Anna has a badge."""
    made = workspace(tmp_path)
    rule = Path(__file__).parents[1] / "exercises" / "demonstration.toml"
    shutil.copy(rule, made / "cohorts" / "spring" / "certification.toml")
    return made


def record(place: Path, *words: str, code: int = 0) -> str:
    """Run a record command in the workspace."""
    return mentorkit("record", *words, "--workspace", place, code=code)


def test_the_command_says_what_it_means_and_asks_first(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Badges and mentors are counted before; without a yes nothing changes; then the log has it, once."""
    cohort = place / "cohorts" / "spring"
    (listed,) = record(place, "keys", "spring").splitlines()
    key = listed.split()[0]
    assert "signs today" in listed and listed.endswith("badges that count: 1")
    words = ("drop-key", "spring", "--key", key[:8], "--why", "laptop lost", "--by", "Tess")
    before = {path: path.read_bytes() for path in cohort.rglob("*.json")}
    said = record(place, *words, code=1)
    assert "Aborted" in said and f"{key} signed: 1." in said and "unknown issuer" in said
    assert "new badge at the next issue: 1." in said
    assert {path: path.read_bytes() for path in cohort.rglob("*.json")} == before
    with monkeypatch.context() as patch:  # cut short halfway: the same command does the rest
        patch.setattr("mentorkit.workshop.badge_keys.rotate_key", _stop)
        assert "Aborted" in record(place, *words, "--yes", code=1)
    assert "record issue spring" in record(place, *words, "--yes")
    assert "Unknown issuer" in record(
        place, "verify", str(cohort / "records" / "anna.badge.png"), code=1
    )
    assert "dropped already" in record(place, *words)
    log = record(place, "revocations", "spring")
    assert log.count("\n") == 1 and f"key {key} dropped, by Tess: laptop lost" in log
    published = load_public(cohort / "records" / "public" / "issuer.json")
    assert published == load_issuer(cohort / "issuer").public and len(published.keys) == 1
    out = ("export", "spring", "--format", "csv", "--out", str(place / "x.csv"))
    assert "A new badge is due, so not in it: anna." in record(place, *out)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("key", "more", "said"),
    [
        ("", (), "none of this cohort's keys"),
        ("abcdef", (), "none of this cohort's keys"),
        ("-\x1b[31mabcdef", (), "none of this cohort's keys"),
        ("abcdef", ("--why", " "), "--why needs"),
        ("abcdef", ("--by", "x" * 501), "--by needs"),
    ],
)
def test_a_key_that_is_none_is_said(
    place: Path, key: str, more: tuple[str, ...], said: str
) -> None:
    """One sentence with the keys there are, and nothing changes."""
    words = ("drop-key", "spring", "--key", key, "--why", "w", "--by", "b", "--yes", *more)
    answer = record(place, *words, code=1)
    assert said in answer and "\x1b" not in answer
    assert len(record(place, "keys", "spring").splitlines()) == 1


def test_fewer_than_five_are_not_counted_where_results_are_the_mentors_own(place: Path) -> None:
    """With works_council = true a number of badges would tell of results."""
    cohort = place / "cohorts" / "spring"
    (cohort / "cohort.toml").write_text('name = "spring"\nworks_council = true\n')
    (cohort / "secret.txt").write_text("ab" * 32)
    listed = record(place, "keys", "spring")
    assert listed.strip().endswith("badges that count: fewer than five")
    key = listed.split()[0]
    said = record(place, "drop-key", "spring", "--key", key, "--why", "w", "--by", "b", "--yes")
    assert "signed: fewer than five." in said and "anna" not in said


def test_a_registry_from_before_keys_were_noted_is_read(place: Path) -> None:
    """Its badges are counted apart, and replaced too: whoever has one of the dropped key gets another."""
    file = place / "cohorts" / "spring" / "records" / "status.json"
    text = file.read_text()
    (listed,) = record(place, "keys", "spring").splitlines()
    key = listed.split()[0]
    file.write_text(text.replace(f'      "key": "{key}",\n', ""))
    assert key not in file.read_text()
    assert "before keys were noted: 1" in record(place, "keys", "spring")
    said = record(place, "drop-key", "spring", "--key", key, "--why", "w", "--by", "b", "--yes")
    assert "signed others, from before keys were noted: 1." in said
