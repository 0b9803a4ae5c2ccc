"""The cases: everyone has their own, they come back the same, and the key is the only right answer."""

import json
from pathlib import Path

import numpy as np
import pytest

from mentorkit.cases import Blueprint, deal, load_blueprint, new_secret, released_form, seal, unseal
from mentorkit.errors import KitError

BLUEPRINT = Blueprint("triage", 5, 6, (3, 4), (2, 2), 1.0, 0.5)
SECRET = "ab" * 32


def test_the_same_secret_deals_the_same_cases() -> None:
    """A mentor's cases can be dealt again, and another mentor's differ."""
    assert deal(BLUEPRINT, SECRET, "ada") == deal(BLUEPRINT, SECRET, "ada")
    assert deal(BLUEPRINT, SECRET, "ada") != deal(BLUEPRINT, SECRET, "ben")
    assert deal(BLUEPRINT, SECRET, "ada") != deal(BLUEPRINT, new_secret(), "ada")


def test_every_deal_keeps_to_the_blueprint() -> None:
    """Over 40 mentors: six circles, three or four in trouble, both look-alikes, no problem twice."""
    for number in range(40):
        cases = deal(BLUEPRINT, SECRET, f"m{number}")
        kinds = [case.truth.kind for case in cases]
        causes = [case.truth.cause for case in cases if case.truth.cause]
        assert len(cases) == 6
        assert 3 <= kinds.count("problem") <= 4
        assert kinds.count("look-alike") == 2
        assert len(set(causes)) == len(causes)


def test_no_place_in_the_sheet_gives_the_answer_away() -> None:
    """Over 100 mentors each of the six places needs help about as often as any other."""
    needs = np.array(
        [[case.truth.needs_help for case in deal(BLUEPRINT, SECRET, f"n{i}")] for i in range(100)]
    )
    assert np.ptp(needs.mean(axis=0)) < 0.28  # four standard errors of a difference


def counts(evidence: dict[str, list[dict[str, list[float | None]]]]) -> tuple[int, int]:
    """Return (weeks without a meeting, meetings with little of the exercise), counted by hand."""
    weeks = evidence["weeks"]
    done = [[x for x in week["exercise"] if x is not None] for week in weeks]
    thin = sum(len(d) > 0 and sum(d) / len(d) < 0.4 for d in done)
    return sum(not week["held"] for week in weeks), thin


def test_the_sign_of_a_problem_can_be_counted_in_what_is_shown() -> None:
    """Drift shows two weeks or more without a meeting, a chat club three thin exercises; others neither."""
    for number in range(40):
        for case in deal(BLUEPRINT, SECRET, f"c{number}"):
            cancelled, thin = counts(case.evidence)
            assert (cancelled >= 2) == (case.truth.cause == "P04")
            assert (thin >= 3) == (case.truth.cause == "P15")


def test_the_lines_of_a_case_are_not_repeated() -> None:
    """Within one circle no healthy line is said twice."""
    for number in range(20):
        for case in deal(BLUEPRINT, SECRET, f"l{number}"):
            lines = [line for week in case.evidence["weeks"] for line in week["lines"] if line]
            assert len(set(lines)) >= 0.8 * len(lines)


def test_what_is_sealed_stays(tmp_path: Path) -> None:
    """Sealing again, even under another secret, changes nothing; the file is the owner's alone."""
    first = seal(tmp_path, BLUEPRINT, SECRET, "ada")
    assert (
        seal(tmp_path, BLUEPRINT, new_secret(), "ada") == first == unseal(tmp_path, "triage", "ada")
    )
    assert (tmp_path / "triage" / "ada.json").stat().st_mode & 0o077 == 0


def test_the_released_form_has_no_truth(tmp_path: Path) -> None:
    """What a mentor may have holds ids and evidence, nothing of cause, onset or kind."""
    form = json.dumps(released_form(seal(tmp_path, BLUEPRINT, SECRET, "ada")))
    assert not [
        word for word in ("truth", "cause", "onset", "kind", "false_alarm") if f'"{word}"' in form
    ]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 1}', '{"format": 9}', "null"])
def test_a_damaged_seal_says_so(tmp_path: Path, content: str) -> None:
    """A truncated or altered seal is named, and never graded by."""
    seal(tmp_path, BLUEPRINT, SECRET, "ada")
    (tmp_path / "triage" / "ada.json").write_text(content)
    with pytest.raises(KitError, match=r"damaged|newer"):
        unseal(tmp_path, "triage", "ada")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[triage",
        "[triage]\nweek = 5\n",
        "[triage]\nweek=5\ncases=6\ntroubled=[4,3]\nlook_alikes=[2,2]\npoints=1\nfalse_alarm=0.5\n",
        "[triage]\nweek=5\ncases=6\ntroubled=[3,9]\nlook_alikes=[2,2]\npoints=1\nfalse_alarm=0.5\n",
        "[triage]\nweek='x'\ncases=6\ntroubled=[3,4]\nlook_alikes=[2,2]\npoints=1\nfalse_alarm=0.5\n",
        "[triage]\nweek=5\ncases=6\ntroubled=3\nlook_alikes=[2,2]\npoints=1\nfalse_alarm=0.5\n",
        "[triage]\nweek=5\ncases=6\ntroubled=[3,4]\nlook_alikes=[2,2]\npoints=1\nfalse_alarm=-1\n",
    ],
)
def test_a_blueprint_that_does_not_add_up_is_refused(tmp_path: Path, content: str) -> None:
    """Missing keys, wrong kinds, impossible numbers: one sentence with the file's name."""
    path = tmp_path / "blueprint.toml"
    path.write_text(content)
    with pytest.raises(KitError, match="blueprint"):
        load_blueprint(path, "triage")
