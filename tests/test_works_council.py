"""`works_council = true`: no way out names a mentor beside a result. Each is tried both ways."""

import json
import re
import shutil
import urllib.request
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.error import HTTPError

import pytest
from click.testing import CliRunner
from course_support import Course, course, get
from gradebook_support import copy_of
from nbgrader.api import Gradebook
from trained_support import NAMES, mark_by_hand, trained

from mentorkit.cli import main
from mentorkit.errors import KitError
from mentorkit.workshop import life
from mentorkit.workshop.mentor import fetch_feedback, make_folder
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.sight import Sight, sight_of
from mentorkit.workshop.so_far import bring_page
from mentorkit.workshop.status import Standing, standings
from mentorkit.workshop.trainer_view import show_cohort

LONG_IDS = ("blank", "broken", "absent")
NAMED = re.compile("|".join(re.escape(name) for name in NAMES.values()))
SCORED = re.compile(r"\b\d+(\.\d+)? of 6\b")
Say = Callable[..., str]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort with the setting; one sheet waits for a person."""
    cohort = trained(tmp_path_factory)
    cohort.file.write_text(cohort.file.read_text() + "works_council = true\n")
    return cohort


@pytest.fixture
def council(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change."""
    return copy_of(kept, tmp_path / "ws")


def lift(cohort: CohortFolder) -> None:
    """Take the setting away."""
    cohort.file.write_text(cohort.file.read_text().replace("works_council = true\n", ""))


def said(cohort: CohortFolder, *words: str, ok: bool = True) -> str:
    """Return what a command prints, on both channels."""
    found = CliRunner().invoke(main, [*words, "--workspace", str(cohort.workspace.root)])
    assert (found.exit_code == 0) == ok, found.output
    return " ".join(found.output.split())


def names_somebody(text: str) -> bool:
    """Whether a name, an id of more than a letter, or points of one mentor stand in `text`."""
    text = unescape(text).replace('"_blank"', "")
    return bool(NAMED.search(text) or SCORED.search(text) or any(id in text for id in LONG_IDS))


def page_of(cohort: CohortFolder) -> str:
    return show_cohort(cohort.workspace.root, cohort.name, lambda there: f"/fg/{there}")[1]


def test_status_and_the_trainers_page_name_nobody_and_still_say_what_to_do(
    council: CohortFolder,
) -> None:
    """Counts, what waits, and a link to the one script that waits, under a pseudonym; with names otherwise."""
    status, page = said(council, "cohort", "status", "spring"), page_of(council)
    for text in (status, page):
        assert not names_somebody(text) and "for each mentor alone" in text
    assert "1 waiting for a person" in status and "8 graded" in status
    assert re.search(r'href="/fg/submissions/[0-9a-f-]+/"[^>]*>script-[a-z2-7]{6}', page)
    assert page.count("/fg/") == 1
    lift(council)
    assert names_somebody(said(council, "cohort", "status", "spring"))
    assert names_somebody(page_of(council)) and "Mentor by mentor" in page_of(council)


def test_items_stay_what_they_were_for_five_or_more(council: CohortFolder) -> None:
    """The statistics name nobody, and one blank sheet is not counted out."""
    mark_by_hand(council, "broken", 1.0)
    text = said(council, "cohort", "items", "spring")
    assert not names_somebody(text) and "mentors. The hardest comes first" in text
    assert "blank or unreadable" not in text and "blank or unreadable" not in page_of(council)
    lift(council)
    assert "blank or unreadable: 2" in said(council, "cohort", "items", "spring")


def test_what_the_commands_of_the_cohorts_life_say_names_nobody(council: CohortFolder) -> None:
    """Collect, grade, feedback, repeat: how many, not who; how many have to repeat is not said either."""
    mark_by_hand(council, "broken", 1.0)
    for step in ("collect", "grade", "feedback"):
        text = said(council, "cohort", step, "spring")
        assert not names_somebody(text) and "in all" in text
    text = said(council, "cohort", "repeat", "spring", "triage")
    assert text.endswith("Whoever is to repeat 'triage' can open it now.") and not re.search(
        r"\d", text
    )
    assert council.repeats()["triage-2"]
    assert "triage-2" not in said(council, "cohort", "status", "spring")
    assert "triage-2" not in re.sub(r"<details>.*?</details>", "", page_of(council), flags=re.S)


def test_nbgraders_export_holds_counts_alone(council: CohortFolder, tmp_path: Path) -> None:
    """A line a state, no line a mentor."""
    for setting in (True, False):
        out = tmp_path / f"{setting}.csv"
        settings = life.settings_of(council)
        from nbgrader.plugins import ExportPlugin  # noqa: F401  as nbgrader loads it

        from mentorkit.workshop.export import ExportWithStates

        plugin = ExportWithStates(config=settings)
        plugin.to = str(out)
        with Gradebook(council.gradebook, council.name) as book:
            plugin.export(book)
        assert names_somebody(out.read_text()) != setting
        lift(council)
    assert (
        (tmp_path / "True.csv")
        .read_text()
        .startswith("assignment,state,mentors\ntriage,graded,8\n")
    )


def test_records_go_to_the_mentors_and_the_trainer_lists_none(council: CohortFolder) -> None:
    """Each in the mentor's own folder, with page and badge; the command says how many."""
    mark_by_hand(council, "broken", 1.0)
    for _ in range(2):
        text = said(council, "record", "issue", "spring")
        assert not names_somebody(text) and "Issued: 10 records" in text
        listed = [path.name for path in council.records.rglob("*")]
        assert not [
            name for name in listed if name.endswith((".record.json", ".record.html", ".badge.jwt"))
        ]
        assert not [name for name in listed if name.partition(".")[0] in NAMES]
        own = council.workspace.mentor("spring", "a") / "record"
        assert {path.name for path in own.iterdir()} == {
            "a.record.json", "a.record.html", "a.badge.jwt", "a.badge.svg", "a.badge.png",
        }  # fmt: skip
    assert said(council, "record", "verify", str(own / "a.record.json")).startswith("Valid")
    assert json.loads((own / "a.record.json").read_text())["verdict"] == "met"
    said(council, "record", "revoke", "spring", "a", "--by", "T. Rainer", "--why", "a test")
    text = said(council, "record", "revocations", "spring")
    assert "script-" in text and "T. Rainer" in text and not re.search(r" a  by", text)
    lift(council)
    text = said(council, "record", "issue", "spring")
    assert names_somebody(text) and (council.records / "a.record.json").is_file()


def test_one_mentors_results_are_refused_to_a_trainer_and_open_to_the_mentor(
    council: CohortFolder,
) -> None:
    """`record show` and every hand-off by name say why not; page and feedback reach the mentor."""
    mark_by_hand(council, "broken", 1.0)
    said(council, "cohort", "feedback", "spring")
    said(council, "record", "issue", "spring")
    for words in (
        ["record", "show", "spring", "b"],
        ["record", "export", "spring", "--format", "csv", "--out", "x.csv"],
    ):
        text = said(council, *words, ok=False)
        assert "works_council = true" in text and not names_somebody(text), text
    folder = make_folder(council, "b")
    assert "Ben O&#39;Neil" in bring_page(folder).read_text()
    assert fetch_feedback(folder, "triage").is_file()
    lift(council)
    assert names_somebody(said(council, "record", "show", "spring", "b"))


def test_the_log_of_marks_bears_pseudonyms(council: CohortFolder) -> None:
    """Who marked and why stays; whose script it was does not."""
    from mentorkit.workshop.watched import watch

    watch(council.gradebook, council.changes)
    mark_by_hand(council, "broken", 1.0)
    text = said(council, "marks", "changes", "spring")
    assert "of script-" in text and not names_somebody(text)
    lift(council)
    assert "of broken" in said(council, "marks", "changes", "spring")


def test_a_pseudonym_is_the_same_tomorrow_and_another_in_each_exercise(
    council: CohortFolder,
) -> None:
    """It cannot be joined across exercises, nor told without the cohort's secret."""
    sight = sight_of(council)
    names = {sight.name_of(id, "plan") for id in NAMES} | {
        sight.name_of(id, "triage") for id in NAMES
    }
    assert len(names) == 2 * len(NAMES)
    assert sight_of(council).name_of("a", "plan") == sight.name_of("a", "plan")
    (council.root / "secret.txt").write_text("1" * 64 + "\n")
    assert sight_of(council).name_of("a", "plan") not in names
    assert "1" * 64 not in repr(sight_of(council))


def test_of_fewer_than_five_only_what_a_person_must_do_is_shown(council: CohortFolder) -> None:
    """Four mentors: no counts; the script to mark and who must hand in again are there, without points."""
    few = [one for one in standings(council) if one.id in ("a", "b", "blank", "broken")]
    refused = Standing("cleo", "Cleo", "triage", "refused", 3.0, 6.0, False, "refused: forged", "p")
    seen = sight_of(council).lines([*few[1:], refused])
    assert sorted(one.state for one in seen) == ["refused", "waiting for a person"]
    assert all(one.score is None and one.best is None for one in seen)
    assert [one.name for one in seen if one.state == "refused"] == ["Cleo"]
    assert Sight(True).lines(few) == few


@pytest.mark.parametrize("value", ['"true"', "1", "[]", '"no"'])
def test_a_setting_that_is_no_truth_value_hides_nothing_silently(
    council: CohortFolder, value: str
) -> None:
    """It is named with file and key, and nothing is shown until it is mended."""
    lift(council)
    council.file.write_text(f"{council.file.read_text()}works_council = {value}\n")
    with pytest.raises(KitError, match=r"cohort\.toml: 'works_council'"):
        sight_of(council)
    assert not names_somebody(said(council, "cohort", "status", "spring", ok=False))
    assert not names_somebody(page_of(council))


@pytest.fixture(scope="module")
def running(kept: CohortFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Course]:
    """Return the course as a trainer starts it for this cohort."""
    book = tmp_path_factory.mktemp("book")
    (book / "index.html").write_text("<h1>A book</h1>")
    root = kept.workspace.root
    demo = shutil.copytree(kept.root, root / "cohorts" / "demo")  # or `start` makes it first
    (demo / "cohort.toml").write_text('format = 1\nname = "demo"\n')
    (kept.workspace.exchange / "demo" / "outbound" / "triage").mkdir(parents=True)
    with course(root, book, "--cohort", kept.name) as found:
        yield found


def test_formgrader_shows_one_script_without_its_name_and_nothing_else(
    kept: CohortFolder, running: Course
) -> None:
    """Every address that nbgrader has there: closed, or without a name; the script to mark can be marked."""
    from nbgrader.server_extensions.formgrader import apihandlers, handlers

    with Gradebook(kept.gradebook, kept.name) as book:
        script = book.find_submission_notebook("triage", "triage", "broken").id
    token = running.book.partition("?")[2]

    def ask(path: str) -> tuple[int, str]:
        try:
            return 200, get(f"{running.root}{path.lstrip('/')}?{token}&submission_id={script}")
        except HTTPError as error:
            return error.code, error.read().decode()

    closed = 0
    for pattern, *_ in [*handlers.default_handlers, *apihandlers.default_handlers]:
        if "components" in pattern or "fonts" in pattern:
            continue
        path = pattern.replace("/?", "").replace("(?P<submission_id>[^/]+)", script)
        for part in ("triage", "triage") if "gradebook" in pattern else (script, "broken"):
            path = re.sub(r"\(\[\^/\]\+\)|\(\.\*\)", part, path, count=1)
        path = re.sub(r"\(\?P<action>.*$", "next", path)
        code, text = ask(path)
        closed += code == 403
        assert not names_somebody(text), path
        assert code in (200, 403, 404, 405), (path, code)
    assert closed >= 15
    code, page = ask(f"formgrader/submissions/{script}/")
    assert code == 200 and sight_of(kept).name_of("broken", "triage") in page
    assert "could not be read" in page and not names_somebody(page)
    first = json.loads(ask("formgrader/api/grades")[1])[0]
    mark = urllib.request.Request(
        f"{running.root}formgrader/api/grade/{first['id']}",
        json.dumps({"manual_score": 0.5, "extra_credit": 0}).encode(),
        {"Authorization": f"token {token.partition('=')[2]}"},
        method="PUT",
    )
    with urllib.request.urlopen(mark, timeout=10) as reply:
        assert not names_somebody(reply.read().decode())
    with Gradebook(kept.gradebook, kept.name) as book:
        assert book.find_submission_notebook("triage", "triage", "broken").score == 0.5


def test_jupyterlab_lists_no_file_that_names_a_mentor_with_a_mark(
    kept: CohortFolder, running: Course
) -> None:
    """Gradebook, graded notebooks, feedback, logs and the mentors' folders are not listed."""
    token = running.book.partition("?")[2]

    def listed(path: str) -> set[str]:
        found = json.loads(get(f"{running.root}api/contents/{path}?{token}"))
        return {one["name"] for one in found["content"]}

    assert "mentors" not in listed("") and "cohorts" in listed("")
    names = listed("cohorts/spring")
    assert not names & {"autograded", "feedback", "submitted", "records", "gradebook.db"}
    assert "certification.toml" in names and (kept.root / "gradebook.db").is_file()
