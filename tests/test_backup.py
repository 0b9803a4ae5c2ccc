"""A cohort's backup: the same cohort on a fresh machine, and a refusal of every file that is not whole."""

import os
import random
import tarfile
import zlib
from pathlib import Path

import pytest
from backup_support import (
    ABOUT,
    PASSPHRASE,
    archive,
    back_up,
    bring_back,
    locked,
    member,
    quick_locks,
    refusal,
    sound,
    tree,
    with_records,
)
from conftest_graded import Graded
from course_support import mentorkit
from gradebook_support import rows

from mentorkit.cases import unseal
from mentorkit.errors import KitError
from mentorkit.host import locked_file, unpack
from mentorkit.host.backup import backup
from mentorkit.workshop import life
from mentorkit.workshop.badges import verify
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import records


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_locks(monkeypatch.setattr)


@pytest.fixture(scope="module")
def cohort(graded: Graded, tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a graded cohort with records and badges."""
    return with_records(graded, tmp_path_factory.mktemp("backup") / "ws")


@pytest.fixture(scope="module")
def file(cohort: CohortFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return its backup."""
    with pytest.MonkeyPatch.context() as patch:
        quick_locks(patch.setattr)
        return back_up(cohort, tmp_path_factory.mktemp("file") / "spring.backup")


def test_a_fresh_machine_has_the_same_cohort(
    cohort: CohortFolder, file: Path, tmp_path: Path
) -> None:
    """Every file, every row, every record; badges verify; regrading gives the same marks."""
    other = bring_back(file, tmp_path / "ws")
    left_out = (".grading.lock", "gradebook.db")
    assert tree(other.workspace.root, *left_out) == tree(cohort.workspace.root, *left_out)
    assert rows(other) == rows(cohort)
    assert [one["verdict"] for one in records(other)] == [one["verdict"] for one in records(cohort)]
    badge = other.records / "good.badge.jwt"
    assert verify(badge, other.workspace).ok and badge.stat().st_mode & 0o777 == 0o600
    assert unseal(other.sealed, "triage", "good") == unseal(cohort.sealed, "triage", "good")
    before = rows(other)
    life.grade(other)
    assert rows(other) == before
    assert sorted(path.name for path in (tmp_path / "ws").iterdir()) == [
        "cohorts",
        "exchange",
        "mentors",
    ]


def test_sealed_truths_stay_sealed(cohort: CohortFolder, file: Path) -> None:
    """The file shows whose backup it is, and no name, id, key or truth; only its owner may read it."""
    content = file.read_bytes()
    head, _, rest = content.partition(b"\n-----BEGIN")
    assert b'"cohort": "spring"' in head
    for hidden in (
        b"Sample good",
        b"PRIVATE KEY",
        cohort.secret().encode(),
        b"needs_help",
        b"roster",
    ):
        assert hidden not in content
    assert b"age-encryption.org/v1" in rest and file.stat().st_mode & 0o777 == 0o600


def test_a_backup_that_is_cut_short_or_changed_is_refused_before_anything_is_touched(
    file: Path, tmp_path: Path
) -> None:
    """Whatever is missing at its end, whichever bit was turned: one sentence, and no file anywhere."""
    content, luck = file.read_bytes(), random.Random(3)
    bad = tmp_path / "bad"
    start = locked_file.read_head(file).start
    for length in [
        0,
        5,
        30,
        200,
        start,
        start + 50,
        *(luck.randrange(len(content)) for _ in range(30)),
    ]:
        bad.write_bytes(content[:length])
        assert "Nothing was changed" in refusal(bad, tmp_path / "ws")
    places = [*range(0, start, 7), *(luck.randrange(start, len(content)) for _ in range(100))]
    for place in places:
        changed = bytearray(content)
        changed[place] ^= 1 << luck.randrange(8)
        bad.write_bytes(changed)
        refusal(bad, tmp_path / "ws")
    bad.write_bytes(content + b"x")
    refusal(bad, tmp_path / "ws")


def test_a_wrong_passphrase_has_a_sentence_of_its_own(file: Path, tmp_path: Path) -> None:
    """It says that the passphrase is another one, not that the file is damaged."""
    words = ("cohort", "restore", file, "--workspace", tmp_path / "ws")
    (tmp_path / "word").write_text("another passphrase\n")
    said = mentorkit(*words, "--passphrase-file", tmp_path / "word", code=1)
    assert "passphrase is not the one" in said and "damaged" not in said
    assert not [path for path in (tmp_path / "ws").rglob("*") if path.is_file()]


def test_the_passphrase_comes_from_a_file_or_the_environment_and_never_from_the_command(
    cohort: CohortFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways work from end to end; an option for it does not exist; a short one is refused."""
    monkeypatch.setenv("MENTORKIT_PASSPHRASE", PASSPHRASE)
    where = ("--workspace", cohort.workspace.root)
    assert "Backed up 'spring'" in mentorkit("cohort", "backup", "spring", tmp_path / "b", *where)
    (tmp_path / "word").write_text(f"{PASSPHRASE}\r\nnot this line")
    monkeypatch.delenv("MENTORKIT_PASSPHRASE")
    words = ("cohort", "restore", tmp_path / "b", "--workspace", tmp_path / "ws")
    assert "Restored" in mentorkit(*words, "--passphrase-file", tmp_path / "word")
    assert "No such option" in mentorkit(*words, "--passphrase", PASSPHRASE, code=2)
    assert "No passphrase" in mentorkit(
        "cohort", "backup", "spring", tmp_path / "c", *where, code=1
    )
    (tmp_path / "word").write_text("short")
    given = ("--passphrase-file", tmp_path / "word")
    again = ("cohort", "backup", "spring", tmp_path / "c", *where, *given)
    assert "12 characters" in mentorkit(*again, code=1)
    (tmp_path / "word").write_text("\n")
    assert "first line" in mentorkit(*again, code=1)
    assert not (tmp_path / "c").exists()


def test_a_backup_of_a_newer_kit_says_what_to_do(tmp_path: Path) -> None:
    """A newer format is refused with that reason, and the version to look for."""
    file = locked(tmp_path / "b", b"")
    file.write_bytes(file.read_bytes().replace(b'"format": 1', b'"format": 2', 1))
    said = refusal(file, tmp_path / "ws")
    assert "newer mentorkit" in said and "Install" in said


MANIFEST = {"cohort": "spring", "made": ABOUT.made, "kit": ABOUT.kit, "format": 1}
FOLDER, TOML = (
    member("cohort/x", tarfile.DIRTYPE),
    (member("cohort/cohort.toml"), b'name = "spring"\n'),
)
HOSTILE = {
    "up": sound((member("cohort/../../evil"), b"x")),
    "absolute": sound((member("/tmp/evil"), b"x")),
    "link": sound((member("cohort/a", tarfile.SYMTYPE, "/etc/passwd"), b"")),
    "hard link": sound(TOML, (member("cohort/a", tarfile.LNKTYPE, "cohort/cohort.toml"), b"")),
    "device": sound((member("cohort/a", tarfile.CHRTYPE), b"")),
    "pipe": sound((member("cohort/a", tarfile.FIFOTYPE), b"")),
    "twice": sound(TOML, TOML),
    "file and folder": sound(TOML, (member("cohort/cohort.toml", tarfile.DIRTYPE), b"")),
    "no folder": sound((member("cohort/none/a"), b"")),
    "elsewhere": sound((member("secrets"), b"")),
    "other part": sound((member("other", tarfile.DIRTYPE), b"")),
    "dot": sound((member("cohort/./a"), b"")),
    "long": sound((member("cohort/" + "a" * 2000), b"")),
    "long step": sound((member("cohort/" + "é" * 200), b"")),
    "deep": sound((member("cohort/" + "a/" * 60 + "a"), b"")),
    "name of a folder": sound((FOLDER, b""), (FOLDER, b"")),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_no_backup_holds_is_refused(name: str, tmp_path: Path) -> None:
    """Links, devices, paths that lead elsewhere: refused, though the lock is sound; nothing lies outside."""
    file = locked(tmp_path / "b", archive(HOSTILE[name], **MANIFEST, files={}, folders=[]))
    assert "cannot be used" in refusal(file, tmp_path / "ws")
    assert not Path("/tmp/evil").exists() and sorted(p.name for p in tmp_path.iterdir()) == [
        "b",
        "ws",
    ]


@pytest.mark.parametrize(
    "inside",
    [
        b"",
        b"no archive",
        archive([]),
        archive(sound(TOML)),  # no manifest
        archive(sound(TOML), **MANIFEST, files={}, folders=["cohort"]),
        archive(sound(TOML), **{**MANIFEST, "kit": "9"}, files={}, folders=[]),
        archive(sound(TOML), **MANIFEST, files=[1], folders=7),
        archive(sound((member("cohort/zeros"), bytes(50_000_000))))[:9_000],
        archive(sound(TOML)) + b"more",
    ],
)  # fmt: skip
def test_an_archive_that_is_not_what_it_lists_is_refused(inside: bytes, tmp_path: Path) -> None:
    """Empty, cut short, without its list, or with another: one sentence each."""
    assert "Nothing was changed" in refusal(locked(tmp_path / "b", inside), tmp_path / "ws")


def test_a_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than the disk holds, and a header that asks for gigabytes of memory, are refused in a sentence."""
    inside = archive(sound((member("cohort/zeros"), bytes(2_000_000))))
    monkeypatch.setattr(unpack, "SPARE", 1 << 60)
    assert "not enough room" in refusal(locked(tmp_path / "b", inside), tmp_path / "ws")
    head = member("x", tarfile.XHDTYPE)
    head.size = (8 << 30) - 1
    raw = head.tobuf(tarfile.USTAR_FORMAT)
    file = locked(tmp_path / "c", zlib.compress(raw + bytes(1 << 20), 1, 31))
    assert "memory" in refusal(file, tmp_path / "ws")


def test_a_cohort_that_is_there_is_replaced_only_when_told(
    cohort: CohortFolder, file: Path, tmp_path: Path
) -> None:
    """Without --replace nothing changes; with it the cohort is as in the backup, and nothing else is left."""
    other = bring_back(file, tmp_path / "ws")
    for place in (other.root, other.workspace.exchange / "spring"):
        (place / "newer.txt").write_text("newer")
    before = tree(tmp_path / "ws")
    with pytest.raises(KitError, match="already"):
        bring_back(file, tmp_path / "ws")
    assert tree(tmp_path / "ws") == before
    bring_back(file, tmp_path / "ws", replace=True)
    left_out = (".grading.lock", "gradebook.db")
    assert tree(tmp_path / "ws", *left_out) == tree(cohort.workspace.root, *left_out)


def test_a_backup_overwrites_nothing_but_an_earlier_one(
    cohort: CohortFolder, file: Path, tmp_path: Path
) -> None:
    """Another file, another cohort's backup, and a place inside what is backed up are refused."""
    (tmp_path / "notes.txt").write_text("mine")
    locked(tmp_path / "other", b"", locked_file.About("autumn", "now", "1"))
    for place in (tmp_path / "notes.txt", tmp_path / "other", tmp_path):
        with pytest.raises(KitError, match="no backup of 'spring'"):
            backup(cohort, place, PASSPHRASE, print)
    assert (tmp_path / "notes.txt").read_text() == "mine"
    with pytest.raises(KitError, match="inside"):
        backup(cohort, cohort.root / "b", PASSPHRASE, print)
    assert back_up(cohort, file).exists()


def test_links_and_pipes_are_left_out_and_a_closed_file_stops_the_backup(
    cohort: CohortFolder, tmp_path: Path
) -> None:
    """What anybody could put into the exchange leads nowhere; nothing half-made is left."""
    inbound = cohort.workspace.exchange / "spring" / "inbound"
    (inbound / "link").symlink_to("/etc/passwd")
    os.mkfifo(inbound / "pipe")
    try:
        other = bring_back(back_up(cohort, tmp_path / "b"), tmp_path / "ws")
    finally:
        (inbound / "link").unlink()
        (inbound / "pipe").unlink()
    restored = other.workspace.exchange / "spring" / "inbound"
    assert not (restored / "link").is_symlink() and not (restored / "pipe").exists()
    assert restored.stat().st_mode & 0o777 == inbound.stat().st_mode & 0o777


def test_a_workspace_that_is_no_folder_is_told(file: Path, tmp_path: Path) -> None:
    """A file in the way gives a sentence from the command, not a traceback."""
    (tmp_path / "ws").write_text("")
    words = ("cohort", "restore", file, "--workspace", tmp_path / "ws", "--passphrase-file")
    (tmp_path / "word").write_text(PASSPHRASE)
    assert "mentorkit:" in mentorkit(*words, tmp_path / "word", code=1)
    assert Workspace(tmp_path / "ws").cohorts() == []
