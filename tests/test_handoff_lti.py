"""Grades by LTI 1.3: each sent once, whatever happens on the way; nothing goes where it should not."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from handoff_support import results
from platform_support import LearningPlatform, learning_platform, platform_file

from mentorkit.errors import KitError
from mentorkit.record.handoff import Results
from mentorkit.record.handoff.lti import Sent, read_platform, scores_of, send_scores
from mentorkit.record.handoff.lti.calls import Calls
from mentorkit.record.handoff.lti.sent import SentScores
from mentorkit.record.handoff.lti.service import Service


@pytest.fixture
def school() -> Iterator[LearningPlatform]:
    """Run a platform."""
    with learning_platform() as platform:
        yield platform


def send(
    school: LearningPlatform, folder: Path, of: Results | None = None, **changes: str | None
) -> Sent:
    """Send the scores of the sample mentors; waits take no time, and no answer is waited for long."""
    platform = read_platform(platform_file(folder, school.address, **changes))
    known = SentScores(folder / "sent" / "school.jsonl", platform.lineitems_url)
    waited: list[float] = []
    service = Service(Calls(platform, wait=waited.append, seconds=0.2))
    outcome = send_scores(scores_of(of or results()), service, known, lambda done, of: None)
    assert all(one <= 60 for one in waited)
    return outcome


def test_scores_arrive_as_the_records_say(school: LearningPlatform, tmp_path: Path) -> None:
    """A column an exercise and one for the whole; points of points, complete, graded, at the record's time."""
    assert send(school, tmp_path).now == 3
    assert [(one["label"], one["tag"], one["scoreMaximum"]) for one in school.lines] == [
        ("Triage", "triage", 10), ("Record of graded exercises", "record", 1),
    ]  # fmt: skip
    assert {one["resourceId"] for one in school.lines} == {"mentorkit-spring"}
    assert [(one["userId"], one["scoreGiven"], one["scoreMaximum"]) for one in school.posted] == [
        ("anna", 9, 10), ("ben", 1, 10), ("anna", 1, 1),
    ]  # fmt: skip
    assert {one["activityProgress"] for one in school.posted} == {"Completed"}
    assert {one["timestamp"] for one in school.posted} == {"2026-03-01T09:30:00.000Z"}
    assert set(school.posted[0]) == {
        "userId", "scoreGiven", "scoreMaximum", "activityProgress", "gradingProgress", "timestamp",
    }  # fmt: skip
    assert len(school.tokens) == 1


def test_a_second_run_sends_nothing(school: LearningPlatform, tmp_path: Path) -> None:
    """What was sent is not sent again, and the platform is not even asked; a better mark is sent."""
    send(school, tmp_path)
    asked = len(school.asked)
    again = send(school, tmp_path)
    assert (again.now, again.before, len(school.asked)) == (0, 3, asked)
    anna = results().mentors[0]
    better = replace(
        anna, issued="2026-04-01T09:30:00Z", assignments=(replace(anna.assignments[0], points=10),)
    )
    third = send(school, tmp_path, replace(results(), mentors=(better,)))
    assert third.now == 2 and school.posted[-2]["scoreGiven"] == 10
    assert len(school.lines) == 2


def test_a_run_that_was_cut_short_goes_on(school: LearningPlatform, tmp_path: Path) -> None:
    """With a platform that breaks down after each score, every score is sent once, run by run."""
    for sent in (1, 2):
        school.next["scores"] = [None, 503, 503, 503, 503]
        with pytest.raises(KitError, match="run the same command again"):
            send(school, tmp_path)
        assert len(school.posted) == sent
    school.next["scores"] = []
    send(school, tmp_path)
    assert [one["userId"] for one in school.posted] == ["anna", "ben", "anna"]


@pytest.mark.parametrize("trouble", ["late", "lost", 500, 502, 504])
def test_what_may_have_arrived_is_looked_up_before_it_is_sent_again(
    school: LearningPlatform, tmp_path: Path, trouble: object
) -> None:
    """No answer, a lost answer, a gateway's error: asked first, and not posted twice."""
    school.next["scores"] = [trouble]
    assert send(school, tmp_path).now == 3
    assert len(school.posted) == 3
    assert any("/results?" in one for one in school.asked)


def test_a_crash_between_sending_and_noting_is_looked_up(
    school: LearningPlatform, tmp_path: Path
) -> None:
    """The last note says "sending": the platform is asked whether it has the score."""
    send(school, tmp_path)
    path = tmp_path / "sent" / "school.jsonl"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(lines[:-1]) + "\n" + lines[-1][:20])
    again = send(school, tmp_path)
    assert (again.now, again.before, len(school.posted)) == (0, 3, 3)
    assert send(school, tmp_path).before == 3


@pytest.mark.parametrize("trouble", ["late", "lost", 500])
def test_no_column_is_made_twice(school: LearningPlatform, tmp_path: Path, trouble: object) -> None:
    """Where nobody knows whether a line item was made, the run ends, and the next one looks first."""
    school.next["lines"] = [None, trouble]
    with pytest.raises(KitError, match="run the same command again"):
        send(school, tmp_path)
    assert send(school, tmp_path).now == 3
    assert [one["tag"] for one in school.lines] == ["triage", "record"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_busy_platform_is_asked_again(
    school: LearningPlatform, tmp_path: Path, status: int
) -> None:
    """Three times busy is no reason to give up; always busy ends with a sentence."""
    school.next["token"], school.next["lines"] = [status] * 3, [status] * 3
    assert send(school, tmp_path).now == 3
    school.next["scores"] = [status] * 20
    with pytest.raises(KitError, match=f"status {status}.*run the same command again later"):
        send(
            school,
            tmp_path,
            replace(results(), cohort="autumn"),
            lineitems_url=f"{school.address}/lines?a=1",
        )


def test_a_platform_may_say_how_long_to_wait(school: LearningPlatform, tmp_path: Path) -> None:
    """Retry-After is kept to; more than a minute ends the run; nonsense counts as nothing."""
    for said in ("2", "soon", "Thu, 01 Jan 1970 00:00:00 GMT"):
        school.headers, school.next["lines"] = {"Retry-After": said}, [429]
        send(school, tmp_path / said[:3])
    school.headers, school.next["lines"] = {"Retry-After": "3600"}, [429]
    with pytest.raises(KitError, match="asks to wait for 3600 seconds"):
        send(school, tmp_path / "long")


@pytest.mark.parametrize(
    ("place", "answers", "said"),
    [
        ("token", [400], "does not let this tool in"),
        ("token", [401], "does not let this tool in"),
        ("token", [404], "gave no token"),
        ("token", [b"{}"], "gave no token"),
        ("token", [b"[]"], "gave no token"),
        ("token", [b"\xff"], "gave no token"),
        ("token", [b'{"access_token": "a\\r\\nHost: evil"}'], "not one that can be sent"),
        ("token", [b'{"access_token": 7}'], "gave no token"),
        ("token", [302], "leads elsewhere"),
        ("lines", [403], "Allow it the Assignment and Grade Services"),
        ("lines", [404], "Check lineitems_url"),
        ("lines", [307], "leads elsewhere"),
        ("lines", [b"<html>"], "no JSON"),
        ("lines", [b"{}"], "is none"),
        ("lines", [b"[" * 100_000], "no JSON"),
        ("lines", [b" " * 6_000_000] * 4, "too large"),
        ("lines", [401, 401], "does not accept the token"),
        ("lines", [b'[{"tag": "triage", "resourceId": "mentorkit-spring", "id": "https://evil.example/1"}]'],
         "another host"),
        ("lines", [b'[{"tag": "triage", "resourceId": "mentorkit-spring", "id": 5}]'], "no address"),
        ("lines", [b'[{"tag": "triage", "resourceId": "mentorkit-spring", "id": "http://[::1"}]'],
         "another host"),
        ("lines", [None, b"[]"], "no address"),
        ("scores", [403], "Allow it"),
        ("scores", [308], "leads elsewhere"),
    ],
)  # fmt: skip
def test_a_platform_that_refuses_or_misleads_ends_the_run_in_a_sentence(
    school: LearningPlatform, tmp_path: Path, place: str, answers: list[object], said: str
) -> None:
    """Each with what to do; no token and no grade goes to another host."""
    school.headers = {"Location": "https://evil.example/"}
    school.next[place] = list(answers)
    with pytest.raises(KitError, match=said) as told:
        send(school, tmp_path)
    assert str(told.value).isprintable() and len(str(told.value)) < 500
    school.next[place] = []
    send(school, tmp_path)
    assert len(school.posted) == 3


def test_a_token_that_ran_out_is_renewed(school: LearningPlatform, tmp_path: Path) -> None:
    """401 in the middle: a new token, and on."""
    school.next["scores"] = [None, 401]
    assert send(school, tmp_path).now == 3 and len(school.tokens) == 2


def test_a_key_that_the_platform_does_not_know_is_said(
    school: LearningPlatform, tmp_path: Path
) -> None:
    """Signed for another audience or as another client: no token, and what to check."""
    wrong: list[dict[str, str | None]] = [
        {"client_id": "other"},
        {"audience": "https://other.example"},
    ]
    for changes in wrong:
        with pytest.raises(KitError, match=r"400 invalid_client.*the platform knows the key"):
            send(school, tmp_path, None, **changes)
    assert school.posted == []


def test_one_unknown_user_keeps_nobody_else_back(school: LearningPlatform, tmp_path: Path) -> None:
    """Who is not in the course is named, with why; the others' scores are sent; the next run tries again."""
    school.users.discard("ben")
    outcome = send(school, tmp_path)
    assert outcome.now == 2 and "is the user in this course" in outcome.refused["ben", "triage"]
    school.users.add("ben")
    assert send(school, tmp_path).now == 1


def test_a_newer_score_on_the_platform_stays(school: LearningPlatform, tmp_path: Path) -> None:
    """What a teacher changed there later is not written over."""
    send(school, tmp_path)
    for one in school.scores.values():
        one["timestamp"] = "2027-01-01T00:00:00.000Z"
    (tmp_path / "sent" / "school.jsonl").unlink()
    outcome = send(school, tmp_path)
    assert outcome.now == 0 and "newer score, which stays" in outcome.refused["ben", "triage"]


def test_the_platform_may_know_people_by_other_ids(
    school: LearningPlatform, tmp_path: Path
) -> None:
    """users.csv says who is who; who is not in it is named and not sent under the roster's id."""
    school.users = {"u-1"}
    (tmp_path / "users.csv").write_text("id,user_id\nanna,u-1\n")
    outcome = send(school, tmp_path, users="users.csv")
    assert {one["userId"] for one in school.posted} == {"u-1"}
    assert outcome.refused == {("ben", "triage"): "no user_id is known for this id"}


def test_lists_of_line_items_are_read_to_their_end(
    school: LearningPlatform, tmp_path: Path
) -> None:
    """Page by page, and one that never ends is left."""
    school.lines = [
        {
            "id": f"{school.address}/lines/{at}/lineitem?type_id=4",
            "tag": f"t{at}",
            "resourceId": "mentorkit-spring",
        }
        for at in range(5)
    ] + [
        {
            "id": f"{school.address}/lines/9/lineitem?type_id=4",
            "tag": "triage",
            "resourceId": "mentorkit-spring",
        }
    ]
    send(school, tmp_path)
    assert [one["tag"] for one in school.lines].count("triage") == 1
    assert ("9", "anna") in school.scores


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"token_url": "http://school.example/token"}, "does not begin with https"),
        ({"lineitems_url": "ftp://school.example"}, "does not begin with https"),
        ({"lineitems_url": "https://user:secret@school.example"}, "holds a user name"),
        ({"lineitems_url": "https://schö.example"}, "is no web address"),
        ({"lineitems_url": "https://"}, "is no web address"),
        ({"lineitems_url": "https://a.example:99999"}, "is no web address"),
        ({"token_url": "file:///etc/passwd"}, "is no web address"),
        ({"key": "../tool-key.pem"}, "a file beside it"),
        ({"key": "none.pem"}, "no file"),
        ({"client_id": None}, "'client_id' is missing"),
        ({"client_id": ""}, "one line of text"),
        ({"client_id": "a\nb"}, "one line of text"),
        ({"password": "x"}, "'password' is unknown"),
        ({"users": "none.csv"}, "no file"),
    ],
)  # fmt: skip
def test_a_platforms_file_is_checked_before_anything_is_sent(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    """Each fault with its key, and https is a must outside this machine."""
    with pytest.raises(KitError, match=said):
        read_platform(platform_file(tmp_path, "https://school.example", **changes))


@pytest.mark.parametrize(
    "content", [b"", b"\xff", b"=" * 10, b"a = [" * 10_000, b"x" * 100_000, b"client_id = 5"]
)
def test_a_hostile_platform_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """No traceback, whatever it holds."""
    path = tmp_path / "school.toml"
    path.write_bytes(content)
    with pytest.raises(KitError):
        read_platform(path)


def test_a_key_that_others_can_read_does_not_sign(tmp_path: Path) -> None:
    """Its rights are said; a file that is no key is, too."""
    path = platform_file(tmp_path, "https://school.example")
    (tmp_path / "tool-key.pem").chmod(0o644)
    with pytest.raises(KitError, match="chmod 600"):
        read_platform(path)
    (tmp_path / "tool-key.pem").write_bytes(b"no key")
    (tmp_path / "tool-key.pem").chmod(0o600)
    with pytest.raises(KitError, match="openssl genrsa"):
        read_platform(path)


@pytest.mark.parametrize(
    "text", ["id,user_id\na,1\na,2\n", "id,user_id\na,1\nb,1\n", "id,user_id\na,\n", "id\na\n"]
)
def test_two_people_are_never_taken_for_one(tmp_path: Path, text: str) -> None:
    """An id or a user twice, or half a line, is refused with its line."""
    (tmp_path / "users.csv").write_text(text)
    with pytest.raises(KitError, match="line"):
        read_platform(platform_file(tmp_path, "https://school.example", users="users.csv"))


def test_damaged_notes_of_what_was_sent_stop_the_run(
    school: LearningPlatform, tmp_path: Path
) -> None:
    """Better nothing than twice: a damaged line is named."""
    send(school, tmp_path)
    path = tmp_path / "sent" / "school.jsonl"
    path.write_text("nonsense\n" + path.read_text())
    with pytest.raises(KitError, match="line 1, is damaged"):
        send(school, tmp_path)
    assert (
        path.stat().st_mode & 0o077 == 0
        and json.loads(path.read_text().splitlines()[-1])["state"] == "sent"
    )
