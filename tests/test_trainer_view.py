"""The trainer's page and `cohort status`: the same facts, what waits first, and nothing for a mentor."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from course_support import mentorkit
from gradebook_support import copy_of
from trained_support import ANSWERED, HOSTILE, NAMES, mark_by_hand, trained

from mentorkit.catalogue import texts
from mentorkit.workshop import life
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import Mentor, write_roster
from mentorkit.workshop.trainer_facts import ASKS, trainer_facts
from mentorkit.workshop.trainer_view import show_cohort


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort, in which one sheet waits for a person."""
    return trained(tmp_path_factory)


@pytest.fixture
def spare(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change."""
    return copy_of(kept, tmp_path / "ws")


def page_of(cohort: CohortFolder) -> str:
    status, page = show_cohort(cohort.workspace.root, cohort.name, lambda there: f"/fg/{there}")
    assert status == 200
    return page


class Reader(HTMLParser):
    """Collects tags, addresses and text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.told = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.told += data


def test_a_hostile_name_is_text_and_the_page_asks_for_nothing(kept: CohortFolder) -> None:
    """A name that is a script stands there as its letters; no script, image or address of another host."""
    read = Reader(page_of(kept))
    assert HOSTILE in read.told
    assert not {"script", "img", "iframe", "form", "object"} & set(read.tags)
    assert {link.partition("/")[0] for link in read.links} == {""}


def test_the_page_and_the_terminal_say_the_same(spare: CohortFolder) -> None:
    """What waits, for how many, and what to talk about: the same counts and names in both."""
    facts, page = trainer_facts(spare), Reader(page_of(spare)).told
    said = mentorkit("cohort", "status", "spring", "--workspace", spare.workspace.root)
    terminal, page = (" ".join(text.split()) for text in (said, page))
    assert [(one.step, len(one.lines)) for one in facts.waiting] == [("judge", 1), ("feedback", 8)]
    assert "mark it: triage 1." in terminal and "1 to mark by hand" in page
    assert "feedback still to give: triage 8." in terminal
    assert "8 graded, feedback still to give" in page
    place = f"--workspace {spare.workspace.root}"
    assert (
        f"mentorkit cohort feedback spring {place}" in terminal and "cohort feedback spring" in page
    )
    mark_by_hand(spare, "broken", 1.0)
    facts, page = trainer_facts(spare), Reader(page_of(spare)).told
    said = mentorkit("cohort", "status", "spring", "--workspace", spare.workspace.root)
    assert facts.topics
    for one in facts.topics:
        name = one.names[one.item.item]
        assert name in " ".join(said.split()) and name in page and one.tell in page


def test_the_link_leads_to_the_one_who_waits(spare: CohortFolder) -> None:
    """Among what waits, a name is a link to that very submission in formgrader, by nbgrader's own number."""
    from nbgrader.api import Gradebook

    with Gradebook(spare.gradebook, spare.name) as book:
        grade = book.find_grade("case-2", "triage", "triage", "c")
        grade.needs_manual_grade = True
        number = grade.notebook.id
        book.db.commit()
    waits = page_of(spare).split("<h2>")[1]
    found = re.search(r'href="/fg/submissions/(\w+)/"[^>]*>Cleo Adeyemi', waits)
    assert found is not None and found[1] == number


def test_who_waits_comes_first_and_points_never_order(spare: CohortFolder) -> None:
    """Mentors are in the order of what they wait for, then of their names; a better mark moves nobody."""
    rows = [row.id for row in trainer_facts(spare).rows]
    rest = sorted([*ANSWERED, "blank"], key=lambda id: NAMES[id].casefold())
    assert rows == ["broken", *rest, "absent"]
    mark_by_hand(spare, "g", 1.0)
    assert [row.id for row in trainer_facts(spare).rows] == rows


def test_every_state_has_words_and_an_order(kept: CohortFolder) -> None:
    """No state that status knows is without its words on the page."""
    from inspect import getsource

    from mentorkit.workshop import status

    say, source = texts(), getsource(status)
    for state in ASKS:
        assert f"trainer.state.{state.replace(',', '').replace(' ', '-')}" in say
        assert f'"{state}"' in source


def test_a_newer_sheet_that_was_collected_waits_to_be_graded(spare: CohortFolder) -> None:
    """Handed in again and collected: the old mark is not taken for the new one's."""
    stamp = spare.root / "submitted" / "c" / "triage" / "timestamp.txt"
    stamp.chmod(0o644)
    stamp.write_text("2999-01-01 10:00:00.000000 UTC")
    facts = trainer_facts(spare)
    state = {one.id: one.state for one in facts.lines}
    assert state["c"] == "collected again, not graded"
    assert ("grade", "triage") in {(one.step, one.assignment) for one in facts.waiting}
    assert facts.items[0].report is None


def test_a_mentors_server_has_no_such_page(
    kept: CohortFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no cohort is trained, or its folder cannot be read, there is one sentence and no name."""

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    status, page = show_cohort(kept.workspace.root, "", str)
    assert status == 404 and texts()["trainer.none.mentor"] in Reader(page).told
    status, page = show_cohort(kept.workspace.root, "nowhere", str)
    assert status == 404 and "There is no cohort" in Reader(page).told
    monkeypatch.setattr("mentorkit.workshop.trainer_view.trainer_facts", refuse)  # root reads all
    status, page = show_cohort(kept.workspace.root, kept.name, str)
    assert status == 403 and "cannot be read from this account" in Reader(page).told
    assert "Ben" not in page


def test_only_the_owner_may_enter_a_cohorts_folder(kept: CohortFolder) -> None:
    """A mentor with an account of their own cannot read marks, names or truth there."""
    assert kept.root.stat().st_mode & 0o077 == 0


def test_a_cohort_of_hundreds_is_a_page(spare: CohortFolder) -> None:
    """Four hundred who have handed nothing in: nothing waits, and each name stands once in the table."""
    many = [Mentor(f"m{n}", f"Person Number{n}x", None) for n in range(400)]
    spare.roster.write_text(write_roster(many))
    told = page_of(spare)
    assert texts()["trainer.waits.nothing"] in told
    assert all(told.count(f"Number{n}x ") == 1 for n in range(400))


def test_a_gradebook_that_cannot_be_read_is_a_sentence(spare: CohortFolder) -> None:
    """A damaged gradebook gives one sentence, in the terminal and on the page."""
    (spare.root / "gradebook.db").write_bytes(b"nonsense" * 1000)
    status, page = show_cohort(spare.workspace.root, spare.name, str)
    assert status == 404 and "cannot be read" in Reader(page).told
    said = mentorkit("cohort", "status", "spring", "--workspace", spare.workspace.root, code=1)
    assert "cannot be read" in said and "Traceback" not in said
    assert life.submitted(spare, "triage")
