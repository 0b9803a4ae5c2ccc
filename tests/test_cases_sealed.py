"""What is sealed stays and can be read back; what is released holds nothing that depends on the truth."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from cases_support import NAMES, SECRET, SEEDS, blueprint, cases, sheets
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorkit.cases import Dealt, new_secret, released_form, seal, unseal
from mentorkit.errors import KitError

KINDS = (*NAMES, "playbook")


@pytest.mark.parametrize("name", KINDS)
def test_what_is_sealed_stays(tmp_path: Path, name: str) -> None:
    """Sealing again, even under another secret, changes nothing; the file is the owner's alone."""
    first = seal(tmp_path, blueprint(name), SECRET, "ada", "B")
    again = seal(tmp_path, blueprint(name), new_secret(), "ada")
    assert again == first == unseal(tmp_path, name, "ada")
    assert first.kind == name and first.form == "B" and first.points > 0
    assert (tmp_path / name / "ada.json").stat().st_mode & 0o077 == 0


def test_what_grading_wants_kept_is_sealed_with_each_case(tmp_path: Path) -> None:
    """A key made at release comes back with its case, so that a later kit scores by the same one."""
    key = {"points": [0.5, 1.0], "of": "this kit"}
    seal(
        tmp_path,
        blueprint("triage"),
        SECRET,
        "ada",
        answer_key=lambda kind, case: {**key, "kind": kind},
    )
    for case in unseal(tmp_path, "triage", "ada").cases:
        assert case.key == {**key, "kind": "triage"}


def _words(value: Any) -> set[str]:
    """Return every key and text in `value`."""
    if isinstance(value, dict):
        return set(value).union(*map(_words, value.values()))
    if isinstance(value, list):
        return set().union(*map(_words, value))
    return {value} if isinstance(value, str) else set()


@pytest.mark.parametrize("name", KINDS)
def test_the_released_form_has_no_truth(tmp_path: Path, name: str) -> None:
    """What a mentor may have holds no cause but as one of many options, no week of onset, no set-up, no key."""
    dealt = seal(tmp_path, blueprint(name), SECRET, "ada", answer_key=lambda *_: {"secret": 1})
    form = released_form(dealt)
    hidden = {
        "truth",
        "cause",
        "onset",
        "kind",
        "member",
        "setup",
        "levers",
        "seed",
        "key",
        "secret",
    }
    assert not _words(form) & (hidden | {"hidden_lot", "false_alarm", "kit"})
    for item in form["items"]:
        item.pop("options", None)
    assert not {word for word in _words(form) if word[:1] in "PH" and word[1:].isdigit()}
    assert str(dealt.rule.get("hidden_lot", SECRET)) not in json.dumps(form)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_released_depends_on_the_truth_but_the_evidence(name: str) -> None:
    """Over 50 mentors: the same keys, ids, weeks and number of options in every sheet, whatever is in it."""
    shapes = set()
    for sheet in sheets(name):
        dealt = Dealt(
            name, name, "A", "ada", blueprint(name).week, "0", {"points": 1}, tuple(sheet)
        )
        form = released_form(dealt)
        shape: list[Any] = [sorted(form), form["week"]]
        for item in form["items"]:
            weeks = item["evidence"]["weeks"]
            shape += [item["id"], len(weeks), len(item.get("options", [])), *sorted(item)]
            shape += sorted(weeks[-1])
        shapes.add(json.dumps(shape))
    assert len(shapes) == 1


def test_the_order_of_the_cases_says_nothing() -> None:
    """Over 50 mentors a problem stands in the first half of a diagnosis about as often as in the second."""
    halves = Counter(
        case.truth.needs_help and number < 6
        for sheet in sheets("diagnosis")
        for number, case in enumerate(sheet)
        if case.truth.needs_help
    )
    assert abs(halves[True] - halves[False]) < 4 * (10 * SEEDS) ** 0.5
    assert len(cases("diagnosis")) == 12 * SEEDS


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 1}', '{"format": 9}', "null", "[" * 100_000, '{"format": 2}']
)  # fmt: skip
def test_a_damaged_seal_says_so(tmp_path: Path, content: str) -> None:
    """A truncated or altered seal, or one of another version, is named, and never graded by."""
    seal(tmp_path, blueprint("triage"), SECRET, "ada")
    (tmp_path / "triage" / "ada.json").write_text(content)
    with pytest.raises(KitError, match=r"damaged|version"):
        unseal(tmp_path, "triage", "ada")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_seal_with_a_changed_part_is_whole_or_refused(
    tmp_path: Path, data: st.DataObject
) -> None:
    """Whatever stands in place of one of its parts, a seal is read as a deal or refused in a sentence."""
    if not (tmp_path / "triage" / "ada.json").exists():
        seal(tmp_path, blueprint("triage"), SECRET, "ada")
        (tmp_path / "whole.json").write_text((tmp_path / "triage" / "ada.json").read_text())
    content = json.loads((tmp_path / "whole.json").read_text())
    name = data.draw(st.sampled_from(sorted(content)))
    odd = st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5)
    content[name] = data.draw(odd)
    (tmp_path / "triage" / "ada.json").write_text(json.dumps(content))
    try:
        dealt = unseal(tmp_path, "triage", "ada")
    except KitError as error:
        assert "Restore" in str(error) or "version" in str(error)
    else:
        assert dealt.points > 0
