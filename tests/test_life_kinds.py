"""Every assignment that grades itself, from release to feedback: one mentor is right, one leaves it blank."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cohort_support import FORMS
from nbgrader.api import Gradebook

from mentorkit.cases import Case, Dealt, unseal
from mentorkit.grading.answers import NAME, write_answers
from mentorkit.grading.kinds import gains
from mentorkit.grading.kinds.own_rules import own_rules
from mentorkit.workshop import life
from mentorkit.workshop.create import create_cohort
from mentorkit.workshop.exercise_form import make_form
from mentorkit.workshop.mentor import fetch, fetch_feedback, make_folder, submit
from mentorkit.workshop.places import CohortFolder, Workspace
from mentorkit.workshop.roster import Mentor

KINDS = ("triage", "diagnosis", "response", "playbook")
BEST = {"triage": 6, "diagnosis": 12, "response": 12, "playbook": 10}


def best_response(case: Case) -> dict[str, Any]:
    """Return the answer that the sealed table puts first."""
    key, size = case.key, len(case.evidence["members"])
    if key["rule"] == "leave":
        nothing = next((id for id in case.options if id in gains.NOTHING), "none")
        return {"response": nothing, "week": None, "member": None}
    places = [
        (gains.look_up(key, response, week, member), response, week, member)
        for response in key["do"]
        for week in (7, 8, 9, 10)
        for member in range(size)
    ]
    _, response, week, member = max(places, key=lambda place: place[0])
    return {"response": response, "week": week, "member": member}


def right(dealt: Dealt) -> dict[str, Any]:
    """Return the answers that the sealed truth calls for."""
    keys = {case.id: case.key for case in dealt.cases}
    if dealt.kind == "triage":
        return {id: "help" if key["help"] else "leave" for id, key in keys.items()}
    if dealt.kind == "response":
        return {case.id: best_response(case) for case in dealt.cases}
    if dealt.kind == "playbook":
        return {
            "rules": [{"sign": r.sign, "at": r.at, "response": r.response} for r in own_rules()]
        }
    told = {}
    for id, key in keys.items():
        channels = {piece.partition(":")[0]: piece for piece in key["pieces"]}
        pieces = list(channels.values())[:2]
        told[id] = {"problem": key["problem"], "week": key["onset"], "evidence": pieces}
    return told


def names_in(content: Any) -> Iterator[str]:
    """Yield the name of everything in `content`."""
    if isinstance(content, dict):
        yield from content
    for part in content.values() if isinstance(content, dict) else content:
        if isinstance(part, dict | list):
            yield from names_in(part)


@pytest.fixture(scope="module")
def cohort(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CohortFolder]:
    """Make a cohort of two, with few futures for each response, and grade what both hand in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gains, "COUNT", 100)
        workspace = Workspace(tmp_path_factory.mktemp("kinds"))
        mentors = [Mentor(id, f"Sample {id}", None) for id in ("right", "blank")]
        made = create_cohort(workspace, "spring", mentors)
        text = made.blueprint.read_text()
        small = text.replace(FORMS, 'forms = ["B"]').replace("hidden = 1000", "hidden = 200")
        made.blueprint.write_text(small)
        life.release(made)
        for id in ("right", "blank"):
            folder = make_folder(made, id)
            for kind in KINDS:
                fetch(folder, kind)
                dealt = unseal(made.sealed, kind, id)
                chosen = right(dealt) if id == "right" else {}
                path = folder.assignment(kind) / NAME
                write_answers(path, assignment=kind, form=dealt.form, answers=chosen)
                submit(folder, kind)
        life.collect(made)
        assert life.grade(made).failed == {}
        assert life.feedback(made).failed == {}
        yield made


def test_the_right_answers_earn_full_marks_and_a_blank_sheet_nothing(cohort: CohortFolder) -> None:
    """What the sealed truth calls for is what the gradebook pays for, in every assignment."""
    with Gradebook(cohort.gradebook) as gradebook:
        for kind in KINDS:
            found = {one.student.id: one for one in gradebook.find_assignment(kind).submissions}
            assert found["blank"].score == 0
            assert found["right"].max_score == BEST[kind]
            least = 0.9 if kind == "playbook" else 1.0  # two hundred circles have luck of their own
            assert found["right"].score >= least * BEST[kind] - 1e-6, kind


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_opens_with_what_was_answered_and_nothing_of_the_truth(
    cohort: CohortFolder, kind: str
) -> None:
    """A mentor who comes back finds every answer, and no file in their folder holds the key."""
    folder = make_folder(cohort, "right").assignment(kind)
    form = make_form(folder)
    assert form.missing == []
    released = json.loads((folder / "cases.json").read_text())
    secrets = {"truth", "key", "setup", "cause", "onset", "own", "hidden_lot"}
    assert not secrets & set(names_in(released))
    assert len(make_form(make_folder(cohort, "blank").assignment(kind)).missing) == len(
        released["items"]
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_has_its_reason(cohort: CohortFolder, kind: str) -> None:
    """The feedback page names each item, and says why it earned what it did."""
    page = fetch_feedback(make_folder(cohort, "blank"), kind)
    text = Path(page).read_text(encoding="utf-8")
    assert "Traceback" not in text and "{" not in text.split("<body")[1]
    items = text.split("<li>")[1:]
    assert len(items) == (len(unseal(cohort.sealed, kind, "blank").cases) or 1)
    for number, item in enumerate(items, start=1):
        title = "Your playbook" if kind == "playbook" else f"Circle {number}"
        assert f"<span>{title}</span> <span>0 of " in item
        assert re.search(r"<p>\w[^<]{15,}</p>", item), "a reason of a few words at least"
