"""A mentor's own word for a step: given and collected once; hostile files get a sentence."""

import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import nbgrader_support  # noqa: F401  makes gradebooks quick to make
import pytest
from course_support import mentorkit
from gradebook_support import copy_of
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mentorkit.errors import KitError
from mentorkit.grading.signature import mentor_key, proof
from mentorkit.host.erase import erase
from mentorkit.host.person import find_person
from mentorkit.record.attestations import DONE, read_attestations
from mentorkit.workshop.attesting import Word, attest
from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.mentor import MentorFolder, make_folder
from mentorkit.workshop.own_word import PURPOSE, give_word, send_words, words_of, words_place
from mentorkit.workshop.own_words_in import gather_words
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import records
from mentorkit.workshop.roster import Mentor
from mentorkit.workshop.so_far import bring_page

STEP = "own-circle"
TODAY = datetime.now(UTC).date()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a cohort of three with the shipped rule, to which work can be handed in."""
    mentors = [Mentor(id, f"Sample {id.title()}", None) for id in ("ada", "ben", "cleo")]
    cohort = create_cohort(Workspace(tmp_path_factory.mktemp("ws") / "ws"), "spring", mentors)
    inbound(cohort).mkdir(parents=True)
    return cohort


@pytest.fixture
def cohort(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change."""
    return copy_of(kept, tmp_path / "ws")


@pytest.fixture
def ada(cohort: CohortFolder) -> MentorFolder:
    """Return the folder of the first."""
    return make_folder(cohort, "ada")


def inbound(cohort: CohortFolder) -> Path:
    """Return where work is handed in."""
    return cohort.workspace.exchange / cohort.name / "inbound"


def sent(cohort: CohortFolder, id: str = "ada") -> Path:
    """Return where a word of this mentor lies in the exchange."""
    key = mentor_key(cohort.secret(), cohort.name, id)
    return words_place(inbound(cohort), id, key) / f"{STEP}.json"


def noted(cohort: CohortFolder) -> list[tuple[str, str, str, str, date]]:
    """Return what was noted, without its time."""
    lines = read_attestations(cohort.attestations).lines
    return [(one.mentor, one.who, one.about, one.act, one.on) for one in lines]


def collect(cohort: CohortFolder) -> str:
    """Return what `cohort collect` prints."""
    return mentorkit("cohort", "collect", "spring", "--workspace", cohort.workspace.root)


def test_a_word_is_collected_once_and_bears_the_mentors_name(
    cohort: CohortFolder, ada: MentorFolder
) -> None:
    """By = the mentor, on the day given; again, nothing is added; the record says whose word it is."""
    assert give_word(ada, STEP, "2026-03-02")
    assert noted(cohort) == [] and words_of(ada)[STEP].on == date(2026, 3, 2)
    assert "Own word collected: ada." in collect(cohort)
    assert noted(cohort) == [("ada", "Sample Ada", STEP, DONE, date(2026, 3, 2))]
    assert cohort.attestations.stat().st_mode & 0o777 == 0o600
    assert "Own word" not in collect(cohort)
    assert len(noted(cohort)) == 1
    step: Any = records(cohort, ["ada"])[0]["steps"]
    assert (step[0]["state"], step[0]["by"]) == ("done", "Sample Ada")
    assert "the mentor’s own word</td>" in bring_page(ada).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "words", [("attend", "ben", "--day", "1"), ("attest", "ben", "first-circle")]
)
def test_noting_something_by_hand_collects_too(
    cohort: CohortFolder, ada: MentorFolder, words: tuple[str, ...]
) -> None:
    """The next attend or attest brings the word in."""
    give_word(ada, STEP, "2026-03-02")
    command, *rest = words
    mentorkit("cohort", command, "spring", *rest, "--workspace", cohort.workspace.root)
    assert [line[0] for line in noted(cohort)] == ["ben", "ada"]


def test_what_a_trainer_took_back_stays_so_until_the_word_is_given_anew(
    cohort: CohortFolder, ada: MentorFolder
) -> None:
    """An old word does not come back with the next collection; a later one counts."""
    give_word(ada, STEP, "2026-03-02")
    gather_words(cohort)
    attest(cohort, "ada", STEP, Word("T. Rainer"), undo=True)
    assert gather_words(cohort).new == ()
    give_word(ada, STEP, "2026-03-09")
    assert gather_words(cohort).new == ("ada",)
    assert noted(cohort)[-1][-1] == date(2026, 3, 9)


def test_a_word_that_could_not_be_sent_is_kept_and_sent_later(
    cohort: CohortFolder, ada: MentorFolder
) -> None:
    """Before the first release there is nowhere to send it; the mentor's own copy is for that mentor alone."""
    inbound(cohort).rmdir()
    assert not give_word(ada, STEP, "2026-03-02") and gather_words(cohort).new == ()
    (mine,) = (ada.root / "own-words").iterdir()
    assert mine.stat().st_mode & 0o777 == 0o600
    assert not inbound(cohort).exists()
    inbound(cohort).mkdir()
    assert send_words(ada) and gather_words(cohort).new == ("ada",)


@pytest.mark.parametrize(
    "day", ["", "soon", "2026-02-30", "20260302", "1999-12-31", "9999-01-01", "\x1b[2J", "x" * 9000,
            str(TODAY + timedelta(days=3))],
)  # fmt: skip
def test_what_is_no_day_that_has_passed_changes_nothing(
    cohort: CohortFolder, ada: MentorFolder, day: str
) -> None:
    """One sentence, and no file."""
    with pytest.raises(KitError, match="no day that has passed") as said:
        give_word(ada, STEP, day)
    assert str(said.value).isprintable() and len(str(said.value)) < 200
    assert not (ada.root / "own-words").exists() and not sent(cohort).exists()


def change(**new: Any) -> Callable[[CohortFolder], None]:
    """Return what changes something in a word that was sent, without the key."""

    def put(cohort: CohortFolder) -> None:
        entry = json.loads(sent(cohort).read_text())
        sent(cohort).write_text(json.dumps({**entry, **new}))

    return put


def signed(on: str, when: str) -> Callable[[CohortFolder], None]:
    """Return what puts a word there that is rightly signed."""

    def put(cohort: CohortFolder) -> None:
        key = mentor_key(cohort.secret(), cohort.name, "ada")
        entry = {"step": STEP, "on": on, "when": when}
        fields = ["spring", "ada", STEP, on, when]
        sent(cohort).write_text(json.dumps({**entry, "proof": proof(key, PURPOSE, fields)}))

    return put


def raw(data: bytes) -> Callable[[CohortFolder], None]:
    """Return what puts bytes there."""
    return lambda cohort: void(sent(cohort).write_bytes(data))


def void(_: object) -> None:
    """Forget what was returned."""


def linked(cohort: CohortFolder) -> None:
    """Put a link there."""
    sent(cohort).unlink()
    sent(cohort).symlink_to(cohort.root / "secret.txt")


def piped(cohort: CohortFolder) -> None:
    """Put a pipe there, from which a reader waits without end."""
    sent(cohort).unlink()
    os.mkfifo(sent(cohort))


NOW = "2026-03-03T10:00:00.000000+00:00"


@pytest.mark.parametrize(
    "put",
    [
        change(on="2026-03-03"), change(step="first-circle"), change(proof="0" * 64), change(proof="é"),
        change(when="2027-03-02T10:00:00+00:00"), change(on=7), change(more="x"), raw(b""), raw(b"[" * 1900),
        raw(b"\xff\xfe"), raw(b"x" * 5_000_000), signed("2026-03-09", NOW), signed("1999-03-02", NOW),
        signed("2026-03-02", "2999-03-03T10:00:00+00:00"), signed("2026-03-02", "2026-03-03T10:00:00"),
        signed("soon", NOW), signed("2026-03-02", "now"), signed("=cmd()", "\x1b[2J"), linked, piped,
    ],
)  # fmt: skip
def test_a_forged_or_damaged_word_is_refused_in_one_sentence(
    cohort: CohortFolder, ada: MentorFolder, put: Callable[[CohortFolder], None]
) -> None:
    """Another's key, another day, a day that had not come, any bytes: nothing noted, and it is said whose."""
    give_word(ada, STEP, "2026-03-02")
    put(cohort)
    found = gather_words(cohort)
    assert found.new == () and noted(cohort) == []
    (said,) = found.refused
    assert "ada" in said and STEP in said and said.isprintable() and len(said) < 300


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.binary(max_size=300)
    | st.text(st.characters(codec="utf-8"), max_size=300).map(str.encode)
)
@example(data=b'{"step": 1e400}')
def test_any_bytes_are_no_word(cohort: CohortFolder, data: bytes) -> None:
    """Neither for the trainer nor on the mentor's own page."""
    folder = make_folder(cohort, "ben")
    for path in (sent(cohort, "ben"), folder.root / "own-words" / f"{STEP}.json"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert gather_words(cohort).new == () and words_of(folder) == {}


def test_one_mentors_word_says_nothing_for_another(cohort: CohortFolder, ada: MentorFolder) -> None:
    """Copied into another's place, or for a step that needs the trainer, it does not count."""
    give_word(ada, STEP, "2026-03-02")
    sent(cohort, "ben").parent.mkdir()
    sent(cohort, "ben").write_bytes(sent(cohort).read_bytes())
    give_word(ada, "first-circle", "2026-03-02")
    assert gather_words(cohort).new == ("ada",)
    assert [line[:3] for line in noted(cohort)] == [("ada", "Sample Ada", STEP)]


def test_a_rule_that_is_broken_does_not_stop_collecting(
    cohort: CohortFolder, ada: MentorFolder
) -> None:
    """What was handed in is collected; that words are not is said."""
    give_word(ada, STEP, "2026-03-02")
    (cohort.root / "certification.toml").write_text("version = ")
    assert "Own words of mentors are not collected" in collect(cohort)


def test_a_works_council_sees_how_many_and_erasing_takes_the_word_along(
    cohort: CohortFolder, ada: MentorFolder
) -> None:
    """No name where results are the mentor's alone; afterwards nothing of the word is left anywhere."""
    cohort.file.write_text(cohort.file.read_text() + "works_council = true\n")
    give_word(ada, STEP, "2026-03-02")
    told = collect(cohort)
    assert "Own word collected: 1 in all." in told and "ada" not in told.replace(
        str(cohort.root), ""
    )
    erase(find_person(cohort, "ada"), lambda message: None)
    assert noted(cohort) == [] and not sent(cohort).parent.exists() and not ada.root.exists()


def test_it_can_be_broken_off_anywhere(cohort: CohortFolder) -> None:
    """A crash between two words: run again, each is there once."""
    for id in ("ada", "ben", "cleo"):
        give_word(make_folder(cohort, id), STEP, "2026-03-02")
    gather_words(cohort)
    lines = cohort.attestations.read_bytes().splitlines(keepends=True)
    for torn in (
        b"",
        lines[0],
        lines[0] + lines[1][:40],
        lines[0] + lines[1],
        b"".join(lines)[:-1],
    ):
        cohort.attestations.write_bytes(torn)
        gather_words(cohort)
        assert sorted(line[0] for line in noted(cohort)) == ["ada", "ben", "cleo"]
