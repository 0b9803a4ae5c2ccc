"""A mentor's rights: a copy of all that is held about them, and an erasure that leaves the others untouched."""

import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from axe_support import find_barriers
from backup_support import tree
from course_support import mentorkit
from gradebook_support import rows
from killed_support import kill_at, moments, took
from once_support import made_once
from person_support import EMAIL, ID, NAME, OTHERS, WORDS, full_cohort, pseudonym, traces
from playwright.sync_api import Browser

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.grading.release import own_name
from mentorkit.grading.signature import mentor_key
from mentorkit.host.erase import erase, look_up
from mentorkit.host.export import export
from mentorkit.host.inventory import everything, kind_of, kinds
from mentorkit.host.person import find_person
from mentorkit.record.registry import load_registry
from mentorkit.workshop.badges import verify
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.records import issue
from mentorkit.workshop.status import standings


def say(message: str) -> None:
    pass


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a cohort with everything in it, which no test changes."""
    root = made_once(tmp_path_factory, "full", lambda root: full_cohort(root / "ws"))
    return Workspace(root / "ws").cohort("spring")


def copied(full: CohortFolder, root: Path) -> CohortFolder:
    shutil.copytree(full.workspace.root, root, symlinks=True)
    return Workspace(root).cohort(full.name)


@pytest.fixture(scope="module")
def erased(full: CohortFolder, tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return a copy of it from which she was erased."""
    cohort = copied(full, tmp_path_factory.mktemp("erased") / "ws")
    assert erase(find_person(cohort, ID), say) == []
    return cohort


@pytest.fixture(scope="module")
def pack(full: CohortFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[zipfile.ZipFile]:
    """Return her copy."""
    out = tmp_path_factory.mktemp("pack") / "zoe.zip"
    export(find_person(full, ID), out, say)
    assert out.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(out) as opened:
        yield opened


def test_a_page_that_was_being_left_for_her_is_erased_too(
    full: CohortFolder, tmp_path: Path
) -> None:
    """What a killed command left in the exchange of her page bears no name that says whose it is."""
    cohort = copied(full, tmp_path / "ws")
    draft = cohort.workspace.exchange / cohort.name / "records" / f".{'0' * 40}.html.k3j_x9ab"
    draft.write_text(f"<p>{NAME}</p>")
    assert erase(find_person(cohort, ID), say) == []
    assert not draft.exists()


def test_every_file_of_a_cohort_is_of_a_known_kind(full: CohortFolder) -> None:
    """Whoever makes a cohort keep something new says in the inventory whose it is: else this fails."""
    unknown = [one.shown for one in everything(full) if one.kind is None]
    assert unknown == ["cohort/.roster.csv.k3j_x9ab"]
    for name in dir(type(full)):
        if isinstance(getattr(type(full), name), property):
            place = getattr(full, name)
            if isinstance(place, Path) and place != full.root and place.is_relative_to(full.root):
                below = place.relative_to(full.root).as_posix()
                inside = [
                    f"{below}/{end}"
                    for end in ("x", "x/x", "x.json", "x/x.json", "x.csv", "status.json")
                ]
                assert any(kind_of("cohort", one) for one in (below, *inside)), f"{name}: {below}"


def test_every_kind_has_its_words_and_is_met(full: CohortFolder) -> None:
    """Every kind about mentors says what it is and why it is kept, and lies in the cohort that has it all."""
    met = {one.kind.id for one in everything(full) if one.kind}
    words = texts()
    for kind in kinds():
        if kind.holds != "nothing":
            assert words[f"person.kind.{kind.id}"] and words[f"person.why.{kind.why}"]
            assert kind.id in met, kind.id


def test_no_byte_of_her_is_left_anywhere(full: CohortFolder, erased: CohortFolder) -> None:
    """Id, name, e-mail, in any spelling, in files and their names, freed pages, old copies, logs and caches."""
    root = erased.workspace.root
    hashed = own_name("spring", ID)[:24]
    key, hidden = mentor_key(full.secret(), "spring", ID), pseudonym(full, ID)
    before = traces(full.workspace.root, (*WORDS[1:], hashed, key, hidden))
    assert len(before) > 10
    assert len(list((root / "exchange" / "spring" / "feedback").iterdir())) == len(OTHERS)
    assert traces(root, (*WORDS[1:], hashed, key, hidden)) == []
    # in the database no blank stands behind an id
    alike = re.compile(rb"a-zoe\.quell|zoe\.quell\.b|zoe\.quell-2")
    for path in root.rglob("*"):
        assert ID not in alike.sub(b"", path.name.encode()).decode()
        if path.is_file():
            assert ID.encode() not in alike.sub(b"", path.read_bytes()), path


def test_the_others_are_untouched(full: CohortFolder, erased: CohortFolder) -> None:
    """Their files byte for byte, their rows, their lines in shared files, their records and standings."""
    mine = {one.shown for one in look_up(find_person(full, ID)).own}
    shared = {"roster.csv", "repeats.json", "changes.jsonl", "attestations.jsonl", "grades.csv"}
    shared |= {
        "triage.json",
        "plan-second-marks.csv",
        "status.json",
        ".nbgrader.log",
        "gradebook.db",
    }
    shared |= {
        "learn.jsonl",
        ".grading.lock",
        ".roster.csv.k3j_x9ab",
        "gradebook.db.2026-11-01-120000",
    }
    for part in ("cohorts", "exchange", "mentors"):
        before, after = (tree(one.workspace.root / part, *shared) for one in (full, erased))
        gone = {name for name in before if name not in after}
        assert after == {name: one for name, one in before.items() if name not in gone}
        place = {"cohorts": "cohort", "exchange": "exchange", "mentors": "mentors"}[part]
        assert {f"{place}/{name.removeprefix('spring/')}" for name in gone} <= mine
    others = {table: [row for row in found if row[0] != ID] for table, found in rows(full).items()}
    others["submissions"] = [row for row in rows(full)["submissions"] if row[0] != ID]
    assert rows(erased) == others
    old, new = ([s for s in standings(one) if s.id != ID] for one in (full, erased))
    assert [(s.id, s.state, s.score) for s in old] == [(s.id, s.state, s.score) for s in new]
    lists = ("roster.csv", "changes.jsonl", "attestations.jsonl", "grades.csv", "sent/learn.jsonl")
    for name in lists:
        kept = (full.root / name).read_text().splitlines(keepends=True)
        hers = re.compile(r"(?<![\w.-])zoe\.quell(?![\w.-])")
        assert (erased.root / name).read_text() == "".join(
            one for one in kept if not hers.search(one)
        )
    assert json.loads((erased.root / "repeats.json").read_text()) == {"triage-2": ["good"]}
    written = {one.person.id: one.outcome for one in issue(erased)}
    assert written == dict.fromkeys(OTHERS, "unchanged")


def test_her_badge_still_verifies_and_its_place_stays_taken(
    full: CohortFolder, erased: CohortFolder, tmp_path: Path
) -> None:
    """The file in her hands is as good as before; the list knows a number and no name."""
    for end in ("record.json", "badge.jwt"):
        shutil.copy(full.records / f"{ID}.{end}", tmp_path)
    assert verify(tmp_path / f"{ID}.badge.jwt", erased.workspace).ok
    before, after = load_registry(full.records), load_registry(erased.records)
    assert before is not None and after is not None
    assert [one.index for one in before.entries] == [one.index for one in after.entries]
    assert sum(one.holder == "" for one in after.entries) == 1


def test_the_copy_holds_everything_about_her_and_nothing_about_others(
    full: CohortFolder, pack: zipfile.ZipFile
) -> None:
    """Record, marks with reasons, submissions, feedback, cases, logs, roster line, workspace; nobody else."""
    names = pack.namelist()
    for part in (
        "cohort/submitted/", "cohort/autograded/", "cohort/feedback/", "cohort/release/triage/cases/",
        "cohort/records/zoe.quell.record.json", "cohort/records/zoe.quell.badge.jwt",
        "exchange/inbound/zoe.quell+triage+", "exchange/feedback/", "exchange/outbound/triage-2/cases/",
        "mentors/zoe.quell/triage/answers.json", "mentors/zoe.quell/labs/",
    ):  # fmt: skip
        assert any(name.startswith(f"files/{part}") for name in names), part
    start = pack.read("start.html").decode()
    for told in (
        "case-1",
        "T. Rainer",
        "seen in the room",
        "talked",
        EMAIL,
        "Quellwasser",
        "in two lines",
        "by pseudonym",
    ):
        assert told in start, told
    other = re.compile(
        rb"Sample zoe|Sample good|(?:a-zoe\.quell|zoe\.quell[.-](?:b|2))(?![\w])|good@example"
    )
    for name in names:
        assert not other.search(pack.read(name)), name
        assert not other.search(name.encode()), name


def test_the_copy_keeps_back_truths_and_keys_and_says_so(
    full: CohortFolder, pack: zipfile.ZipFile
) -> None:
    """No sealed truth, no signing key, no cohort's secret; the page says what is missing and why."""
    content = b"".join(pack.read(name) for name in pack.namelist())
    assert b'"truth"' not in content and b'"needs_help"' not in content
    key = mentor_key(full.secret(), "spring", ID)
    assert key.encode() not in content and full.secret().encode() not in content
    start = pack.read("start.html").decode()
    assert "sealed answers to your own cases" in start and "in your name" in start
    inventory = pack.read("inventory.html").decode()
    for place in ("cohort/sealed/…/ID.json", "cohort/roster.csv", "gradebook.db", "mentors/ID/"):
        assert place in inventory


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("name", ["start.html", "inventory.html"])
def test_the_pages_can_be_read_by_everyone(pack: zipfile.ZipFile, name: str) -> None:
    """A language, one title, captions and headers in every table, links that lead somewhere, nothing else."""
    page = _Page()
    page.feed(pack.read(name).decode())
    tags = [tag for tag, _ in page.tags]
    assert dict(page.tags)["html"]["lang"] == "en" and tags.count("h1") == tags.count("main") == 1
    assert tags.count("table") == tags.count("caption") > 0
    assert all(attrs.get("scope") for tag, attrs in page.tags if tag == "th")
    for _, attrs in page.tags:
        assert attrs.get("href") in {None, "start.html", "inventory.html"} and "src" not in attrs


def test_axe_finds_no_barrier_in_the_pages(pack: zipfile.ZipFile, browser: Browser) -> None:
    """Light and dark, and on a narrow screen nothing has to be scrolled sideways."""
    page, looks = browser.new_page(), set[str]()
    for name in ("start.html", "inventory.html"):
        page.set_content(pack.read(name).decode())
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert find_barriers(page, looks) == []
        page.set_viewport_size({"width": 320, "height": 700})
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
        page.set_viewport_size({"width": 1280, "height": 800})
    page.close()


def test_the_list_changes_nothing_and_erasing_asks_first(
    full: CohortFolder, tmp_path: Path
) -> None:
    """Without an option, or with a no, every byte stays; with a yes the command says what stays and why."""
    cohort = copied(full, tmp_path / "ws")
    words = ("cohort", "person", "spring", ID, "--workspace", cohort.workspace.root)
    left_out = (".grading.lock",)
    before = tree(tmp_path / "ws", *left_out)
    said = mentorkit(*words)
    assert "cohort/roster.csv: Your line" in said and "--erase" in said
    mentorkit(*words, "--erase", code=1)  # nobody answers
    assert tree(tmp_path / "ws", *left_out) == before
    said = mentorkit(*words, "--erase", "--yes")
    assert "Erased" in said and "backups" in said and "status list" in said
    assert "Nothing is held about" in mentorkit(*words, code=1)


@pytest.mark.parametrize("id", ["nobody", "../good", "ZOE.QUELL", "", "*"])
def test_who_is_not_there_is_told(full: CohortFolder, id: str) -> None:
    """An unknown id, a path, another spelling: a sentence, and nothing is touched."""
    where = ("--workspace", full.workspace.root)
    said = mentorkit("cohort", "person", "spring", id, *where, "--erase", "--yes", code=1)
    assert "mentorkit: " in said and ("Nothing is held" in said or "is not an id" in said)


def test_what_others_wrote_about_her_is_named_and_left(full: CohortFolder, tmp_path: Path) -> None:
    """A colleague's plan is the colleague's; a file that nobody knows is nobody's to change: both are named."""
    cohort = copied(full, tmp_path / "ws")
    plan = cohort.root / "submitted" / "good" / "triage" / "answers.json"
    plan.chmod(0o644)
    plan.write_text(json.dumps({"plan": f"I will ask {NAME}"}))
    (cohort.root / "notes.docx").write_text(f"talk to {ID}")
    left = erase(find_person(cohort, ID), say)
    assert [(one.found.name, one.known) for one in left] == [
        ("notes.docx", False),
        ("submitted/good/triage/answers.json", True),
    ]


def test_a_damaged_shared_file_gives_up_its_lines_about_her(
    full: CohortFolder, tmp_path: Path
) -> None:
    """JSON or CSV that cannot be read: lines that mention her go, the others stay."""
    cohort = copied(full, tmp_path / "ws")
    (cohort.root / "repeats.json").write_text(f'{{"triage-2": [\n"{ID}",\n"good"\n')
    (cohort.root / "grades.csv").write_text(f'a,"b\n{ID},1\ngood,"2\n')
    erase(find_person(cohort, ID), say)
    assert (cohort.root / "repeats.json").read_text() == '{"triage-2": [\n"good"\n'
    assert (cohort.root / "grades.csv").read_text() == 'a,"b\ngood,"2\n'


def test_a_killed_erasure_is_finished_by_the_next_one(
    full: CohortFolder, erased: CohortFolder, tmp_path: Path
) -> None:
    """At whatever moment: run again, the same files and rows. Fifty moments are in studies/kept_safe.py."""
    place = tmp_path / "ws"
    other = ("gradebook.db", "gradebook.db.2026-11-01-120000", ".grading.lock")

    def run() -> None:
        erase(find_person(cohort, ID), say)

    cohort = copied(full, place)
    whole = took(run)
    wanted: Any = (
        tree(erased.workspace.root / "mentors"),
        tree(erased.root, *other, "revocation.jwt"),
    )
    for at in moments(4, whole, 4):
        shutil.rmtree(place)
        cohort = copied(full, place)
        kill_at(run, at)
        try:
            run()
        except KitError as error:
            assert "Nothing is held" in str(error)
        assert (tree(place / "mentors"), tree(cohort.root, *other, "revocation.jwt")) == wanted
        assert rows(cohort) == rows(erased)
        assert traces(place, WORDS[1:]) == []
