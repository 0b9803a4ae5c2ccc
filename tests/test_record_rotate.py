"""A new key: what it signs, what older keys signed, and a rotation that is cut short at any step."""

import shutil
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from record_support import ANNA, BEN, LATER, NOW, issue

from mentorkit.errors import KitError
from mentorkit.record import Kind, create_issuer, load_issuer, load_public, verify_file
from mentorkit.record.issuer import KEY_FILE, MOST_KEYS, NEXT_FILE, PUBLIC_FILE, rotate_key

GOOD = {"case-1": 4.0, "case-2": 6.0}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an issuer of the test's own, with keys that are quick to make."""
    monkeypatch.setattr("mentorkit.record.key_file.KEY_BITS", 2048)
    create_issuer(tmp_path / "issuer", name="Beispiel GmbH", url="https://example.com/")
    return tmp_path / "issuer"


def test_a_new_key_signs_and_the_old_one_still_verifies(folder: Path, tmp_path: Path) -> None:
    """Anna's badge is of the first key, Ben's of the second: both valid, by the newest issuer.json and list."""
    issue(tmp_path, {"anna": GOOD}, ANNA, by=load_issuer(folder))
    earlier = tmp_path / "earlier.json"
    shutil.copy(folder / PUBLIC_FILE, earlier)
    anna_before = (tmp_path / "records" / "anna.badge.jwt").read_bytes()
    rotated = rotate_key(folder)
    assert load_issuer(folder).public == rotated.public
    assert len(rotated.public.keys) == 2
    assert rotated.public.keys[1] == load_public(earlier).keys[0]
    assert stat.S_IMODE((folder / KEY_FILE).stat().st_mode) == 0o600
    issue(tmp_path, {"anna": GOOD, "ben": GOOD}, ANNA, BEN, by=rotated, now=LATER)
    badges = [tmp_path / "records" / f"{name}.badge.jwt" for name in ("anna", "ben")]
    assert badges[0].read_bytes() == anna_before
    for badge in badges:
        assert verify_file(badge, [folder / PUBLIC_FILE], now=LATER).kind is Kind.VALID
    # who has only the issuer.json of before knows neither Ben's badge nor the list of today
    assert verify_file(badges[1], [earlier], now=LATER).kind is Kind.UNKNOWN_ISSUER
    assert verify_file(badges[0], [earlier], now=LATER).kind is Kind.STATUS_UNKNOWN


@pytest.mark.parametrize("step", ["before the new key is known", "after it is known"])
def test_a_rotation_cut_short_leaves_one_key_that_signs(
    folder: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between two files, either the old key signs on or the new one does; running it again is fine."""

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    first = load_issuer(folder).public.keys[0]
    with monkeypatch.context() as patch:
        if step.startswith("before"):
            patch.setattr("mentorkit.record.issuer.write_atomic", stop)
        else:
            patch.setattr(Path, "replace", _unless_key(Path.replace))
        with pytest.raises(KeyboardInterrupt):
            rotate_key(folder)
    assert (folder / NEXT_FILE).exists()
    assert stat.S_IMODE((folder / NEXT_FILE).stat().st_mode) == 0o600
    signs = load_issuer(folder).public.keys
    assert len(signs) == (1 if step.startswith("before") else 2)
    again = rotate_key(folder)
    assert again.public.keys[-1] == first
    assert len(again.public.keys) == len(signs) + 1
    assert not (folder / NEXT_FILE).exists()
    assert load_issuer(folder).public == again.public


def _unless_key(replace: Callable[[Path, Path], Path]) -> Callable[[Path, Path], Path]:
    def stopped(self: Path, target: Path) -> Path:
        if self.name == NEXT_FILE:
            raise KeyboardInterrupt
        return replace(self, target)

    return stopped


def test_keys_that_others_can_read_do_not_sign_or_rotate(folder: Path) -> None:
    """Is the right of others taken seriously for both keys?"""
    (folder / KEY_FILE).chmod(0o640)
    with pytest.raises(KitError, match="chmod 600"):
        rotate_key(folder)
    (folder / KEY_FILE).chmod(0o600)
    shutil.copy(folder / KEY_FILE, folder / NEXT_FILE)
    (folder / NEXT_FILE).chmod(0o644)
    with pytest.raises(KitError, match="chmod 600"):
        rotate_key(folder)


def test_there_is_an_end_to_rotating(folder: Path) -> None:
    """An issuer.json stays small; the last rotation says what to do instead."""
    public = load_public(folder / PUBLIC_FILE)
    full = type(public)(public.id, public.name, public.keys * MOST_KEYS)
    (folder / PUBLIC_FILE).write_bytes(full.to_file())
    with pytest.raises(KitError, match="new issuer"):
        rotate_key(folder)


def test_a_rotated_key_signs_the_list_again(folder: Path, tmp_path: Path) -> None:
    """After a rotation the published list is of the new key, without anything being issued."""
    from mentorkit.record.publish import publish
    from mentorkit.record.registry import load_registry
    from mentorkit.record.status_list import open_list

    issue(tmp_path, {"anna": GOOD}, ANNA, by=load_issuer(folder))
    rotated, known = rotate_key(folder), load_registry(tmp_path / "records")
    assert known
    public = publish(tmp_path / "records", rotated, known, NOW.astimezone(UTC), "en")
    newest = type(rotated.public)(rotated.public.id, "x", rotated.public.keys[:1])
    found = open_list((public / "revocation.jwt").read_bytes(), [newest])
    assert datetime.fromtimestamp(found.made, UTC) == NOW
    assert (public / "issuer.json").read_bytes() == (folder / PUBLIC_FILE).read_bytes()
