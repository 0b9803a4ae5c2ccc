"""Starting the course: what goes wrong on a real laptop, and what is said about it."""

import json
import socket
from pathlib import Path
from urllib.error import HTTPError

import pytest
from course_support import course, get, mentorkit, mentorkit_apart, wait_until

from mentorkit.workshop.labs import sources
from mentorkit.workshop.start import is_free


@pytest.fixture
def tiny_book(tmp_path: Path) -> Path:
    """Return a folder that serves as a book."""
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "index.html").write_text("<h1>A book</h1>")
    return tmp_path / "book"


def test_a_port_in_use_is_named_before_anything_is_made(tmp_path: Path, tiny_book: Path) -> None:
    """Asking for a port that another program has: one sentence, exit code 1, no workspace."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = mentorkit(
            "start",
            "--workspace",
            tmp_path / "ws",
            "--book",
            tiny_book,
            "--port",
            str(port),
            code=1,
        )
    assert f"Port {port} is in use" in said and "--port" in said
    assert not (tmp_path / "ws").exists()


def test_a_book_that_is_not_built_is_named(tmp_path: Path) -> None:
    """Starting without a book says how to build it."""
    said = mentorkit("start", "--workspace", tmp_path / "ws", "--book", tmp_path / "none", code=1)
    assert "make book" in said


def test_a_workspace_that_cannot_be_written_is_named(tmp_path: Path, tiny_book: Path) -> None:
    """A workspace below a file, where no folder can be made: one sentence with what to do."""
    (tmp_path / "file").write_text("")
    said = mentorkit("start", "--workspace", tmp_path / "file" / "ws", "--book", tiny_book, code=1)
    assert "--workspace" in said


def test_doctor_names_a_workspace_without_the_right_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system says "not writable", doctor says which folder and what to do."""
    from mentorkit.workshop import doctor
    from mentorkit.workshop.places import Workspace

    monkeypatch.setattr("os.access", lambda path, mode: False)  # root may write anywhere
    faults = [finding.fault for finding in doctor.examine(Workspace(tmp_path)) if finding.fault]
    assert any("may not write" in fault and "--workspace" in fault for fault in faults)


@pytest.fixture
def half_made(tmp_path: Path) -> Path:
    """Return a workspace as a crash leaves it: its cohort is there and was never released."""
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nsample-1,Sample One\n")
    workspace = tmp_path / "ws"
    mentorkit("cohort", "create", "demo", "--roster", roster, "--workspace", workspace)
    return workspace


def test_doctor_names_what_a_crash_left_behind(half_made: Path) -> None:
    """A folder that was never finished is pointed out."""
    (half_made / "cohorts" / ".demo-crashed").mkdir()
    assert "half-made" in mentorkit("doctor", "--workspace", half_made, code=1)


def test_the_course_mends_a_crash_stops_and_starts_again(half_made: Path, tiny_book: Path) -> None:
    """A start releases what was not, and makes the labs; a link to what is not there says so; all is kept.

    What a first start makes of nothing at all, test_story.py tells.
    """
    kept = half_made / "cohorts" / "demo" / "secret.txt"
    secret = kept.read_text()
    with course(half_made, tiny_book) as running:
        assert (half_made / "exchange" / "demo" / "outbound" / "triage").is_dir()
        assert "A book" in get(running.book)
        first = running.book.split("token=")[1]
        with pytest.raises(HTTPError, match="404") as nothing:
            get(f"{running.root}mentorkit/exercise/response?token={first}")
        page = nothing.value.read().decode()
        assert "“Response: what would you do?” is not part of the demonstration" in page
        assert "triage" in page and 'href="/book/"' in page
        record = get(f"{running.root}mentorkit/record/so-far?token={first}")
        assert "Your record so far" in record and "not handed in" in record
        lab = get(f"{running.root}mentorkit/lab/circle?token={first}", "application/json")
        assert json.loads(lab)["url"].endswith("/doc/tree/mentors/demo/sample-1/labs/circle.ipynb")
        mine = half_made / "mentors" / "demo" / "sample-1" / "labs" / "circle.ipynb"
        assert len(list(mine.parent.glob("*.ipynb"))) == len(sources())
        mine.write_text(mine.read_text().replace("Bo takes the hour", "Bo takes it"))
        changed = mine.read_bytes()
    port = int(running.root.rsplit(":", 1)[1].strip("/"))
    wait_until(lambda: is_free(port))
    with course(half_made, tiny_book) as again:
        assert again.book.split("token=")[1] == first
        assert mine.read_bytes() == changed
    assert kept.read_text() == secret
    assert "All is well." in mentorkit_apart("doctor", "--workspace", half_made)
