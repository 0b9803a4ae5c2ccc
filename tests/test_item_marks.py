"""What the trainer learns about the items of a graded exercise, counted a second way."""

import csv
import random
from collections import Counter
from pathlib import Path
from statistics import fmean, pvariance

import pytest
from cohort_support import truth
from course_support import mentorkit
from gradebook_support import copy_of
from nbgrader.api import Gradebook
from trained_support import ANSWERED, NAMES, is_right, mark_by_hand, trained

from mentorkit.cases import unseal
from mentorkit.catalogue import catalogue
from mentorkit.errors import KitError
from mentorkit.standards.marks import MarkRow
from mentorkit.workshop.item_facts import (
    ALIKE,
    SEEN,
    ItemFacts,
    item_facts,
    names_of,
    report_of,
    topics,
)
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import Mentor, write_roster
from mentorkit.workshop.status import standings


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> CohortFolder:
    """Return the graded cohort; a person has looked at the sheet that nobody could read."""
    cohort = trained(tmp_path_factory)
    mark_by_hand(cohort, "broken", 1.0)
    return cohort


@pytest.fixture
def spare(kept: CohortFolder, tmp_path: Path) -> CohortFolder:
    """Return a copy that a test may change."""
    return copy_of(kept, tmp_path / "ws")


def facts(cohort: CohortFolder, *names: str) -> ItemFacts:
    return item_facts(cohort, standings(cohort), names)[0]


def marks(cohort: CohortFolder) -> dict[str, dict[str, float]]:
    """Return cause -> mentor -> points, one by one through nbgrader's own objects."""
    causes = {case.id: case.truth.cause or "healthy" for case in truth(cohort, "a").cases}
    found: dict[str, dict[str, float]] = {cause: {} for cause in causes.values()}
    with Gradebook(cohort.gradebook, cohort.name) as book:
        for id in ANSWERED:
            for grade in book.find_submission_notebook("triage", "triage", id).grades:
                found[causes[grade.name]][id] = grade.score
    return found


def test_the_figures_are_those_of_a_second_count(kept: CohortFolder) -> None:
    """Share of the points, what was chosen, and KR-20's formula by hand: as reported, item by item."""
    found, table = facts(kept).report, marks(kept)
    assert found is not None and found.mentors == len(ANSWERED)
    assert {one.item for one in found.items} == set(table)
    cases = {case.truth.cause: (n, case) for n, case in enumerate(truth(kept, "a").cases)}
    shown = 0
    for one in found.items:
        points = list(table[one.item].values())
        if one.nearly is None:
            assert one.difficulty == pytest.approx(fmean(points), abs=0.0051)
        else:
            assert sum(p < 1 if one.nearly == "everyone" else p > 0 for p in points) <= 2
        number, case = cases[one.item]
        helped = Counter(
            "help" if case.truth.needs_help == is_right(id, number) else "leave" for id in ANSWERED
        )
        if min(helped["help"], helped["leave"]) >= 3:
            shown += 1
            assert {part.answer: part.count for part in one.answers} == dict(helped)
        else:
            assert one.answers == ()
    assert shown >= 2
    sums = [sum(table[item][id] for item in table) for id in ANSWERED]
    each = sum(pvariance(list(points.values())) for points in table.values())
    alpha = len(table) / (len(table) - 1) * (1 - each / pvariance(sums))
    assert found.reliability is not None and found.consistency is not None
    assert found.reliability.alpha == pytest.approx(alpha, abs=0.0051)


def test_nothing_names_or_ranks_a_mentor(kept: CohortFolder) -> None:
    """`cohort items` names causes and answers in plain words, what is left out, and no mentor."""
    said = mentorkit("cohort", "items", "spring", "--workspace", kept.workspace.root)
    for case in truth(kept, "a").cases:
        assert catalogue().problems[case.truth.cause or ""].name in " ".join(said.split())
    assert not [name for name in NAMES.values() if name.split()[-1] in said]
    assert "blank or unreadable: 2" in said and "sent help" in said
    assert "same side of the cut" in " ".join(said.split())


def test_nothing_is_shown_before_all_are_graded(spare: CohortFolder) -> None:
    """While one submission waits, how many wait is all that is said."""
    with Gradebook(spare.gradebook, spare.name) as book:
        book.find_grade("case-1", "triage", "triage", "c").needs_manual_grade = True
        book.db.commit()
    assert (facts(spare).report, facts(spare).waiting) == (None, 1)
    said = mentorkit("cohort", "items", "spring", "triage", "--workspace", spare.workspace.root)
    assert said == "triage: not shown yet. Submissions that are not graded: 1.\n"


def test_nothing_is_shown_of_four(spare: CohortFolder) -> None:
    """With four mentors who answered there is one sentence, and no figure."""
    four = [Mentor(id, NAMES[id], None) for id in (*ANSWERED[:4], "blank")]
    spare.roster.write_text(write_roster(four))
    found = facts(spare)
    assert found.report is not None and (found.report.mentors, found.report.items) == (None, ())
    said = mentorkit("cohort", "items", "spring", "--workspace", spare.workspace.root)
    assert said.startswith("triage: fewer than five") and len(said.splitlines()) == 2


def test_a_persons_mark_counts_and_a_bonus_does_not(spare: CohortFolder) -> None:
    """A mark given by hand replaces the machine's; extra credit never lifts an item above its points."""
    mark_by_hand(spare, "g", 1.0)
    with Gradebook(spare.gradebook, spare.name) as book:
        for grade in book.find_submission_notebook("triage", "triage", "a").grades:
            grade.extra_credit = 5
        book.db.commit()
    before = {one: sum(points.values()) for one, points in marks(spare).items()}
    found = facts(spare).report
    assert found is not None
    for one in found.items:
        if one.difficulty is not None:
            assert one.difficulty == pytest.approx((before[one.item] - 5) / 7, abs=0.0051)


def test_what_cannot_be_said_is_said_in_a_sentence(spare: CohortFolder) -> None:
    """A damaged key, an unknown assignment, no rule: a sentence each, and no other item is lost for a rule."""
    (spare.root / "certification.toml").write_text("nonsense")
    found = facts(spare).report
    assert found is not None and found.mentors == 7 and found.consistency is None
    with pytest.raises(KitError, match="no assignment 'nothing'"):
        facts(spare, "nothing")
    (spare.sealed / "triage" / "c.json").write_text("{")
    assert "damaged" in (facts(spare).wrong or "")
    said = mentorkit("cohort", "items", "spring", "--workspace", spare.workspace.root)
    assert said.startswith("triage: cannot be shown.")


def table(seed: int) -> list[MarkRow]:
    """Return marks of mentors with different causes each, as a real cohort has them."""
    luck = random.Random(seed)
    causes = [one.id for one in catalogue().problems.values() if one.graded]
    return [
        MarkRow(f"m{mentor}", cause, luck.choice([0.0, 0.5, 1.0]), 1.0, luck.choice("xyz"))
        for mentor in range(luck.randint(5, 14))
        for cause in luck.sample(causes, 6)
    ]


@pytest.mark.parametrize("seed", range(60))
def test_rare_causes_are_counted_together_and_nothing_follows_by_subtraction(seed: int) -> None:
    """What is shown rests on five mentors or more; a group holds only causes that are not shown alone."""
    rows = table(seed)
    had = {
        item: {row.mentor for row in rows if row.item == item} for item in {r.item for r in rows}
    }
    common = {item for item, mentors in had.items() if len(mentors) >= 5}
    found = report_of("triage", rows)
    shown = {one.item: one for one in found.items if one.mentors is not None}
    assert common <= set(shown)
    names = names_of(rows, {})
    for key, one in shown.items():
        members = [row for row in rows if row.item not in common and group(row.item) == key]
        if key in common:
            members = [row for row in rows if row.item == key]
        each = [
            fmean(row.points for row in members if row.mentor == mentor)
            for mentor in {row.mentor for row in members}
        ]
        assert one.mentors == len(each) >= 5 and names[key] != key
        assert key in common or one.answers == ()
        if one.difficulty is not None:
            assert one.difficulty == pytest.approx(fmean(each), abs=0.0051)


def group(item: str) -> str:
    """Return where a rare cause is counted."""
    cause = catalogue().problems[item]
    return ALIKE if cause.kind == "look-alike" else f"{SEEN}{cause.channel}"


def test_the_hardest_items_are_talked_about_first(kept: CohortFolder) -> None:
    """At most three, none of which most mentors had right, each with how to tell it."""
    chosen = topics([facts(kept)])
    known = {item: fmean(points.values()) for item, points in marks(kept).items()}
    assert 1 <= len(chosen) <= 3
    for one in chosen:
        assert known[one.item.item] < 0.6 and one.tell
    points = (1, 0, 2, 5, 6, 3)  # by how many of ten an item was right; none or two are told alike
    rows = [
        MarkRow(f"m{mentor}", f"P0{item}", float(mentor < right), 1.0, None)
        for item, right in enumerate(points, start=1)
        for mentor in range(10)
    ]
    many = ItemFacts("triage", 0, report=report_of("triage", rows))
    assert [one.item.item for one in topics([many], 5)] == ["P01", "P02", "P03", "P06", "P04"]
    assert [one.item.item for one in topics([many])] == ["P01", "P02", "P03"]


def test_the_cut_is_the_mean_of_what_the_judges_expect(kept: CohortFolder) -> None:
    """`cohort standards` gives each assignment's cut as counted by hand, and calls a sample a sample."""
    said = mentorkit("cohort", "standards", "spring", "--workspace", kept.workspace.root)
    text = " ".join(said.split())
    lines = (kept.root / "panel.csv").read_text().splitlines()
    ratings = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    for name in {row["assignment"] for row in ratings}:
        last = [row for row in ratings if (row["assignment"], row["round"]) == (name, "2")]
        weight = sum(float(row["weight"]) for row in last)
        cut = sum(float(row["rating"]) * float(row["weight"]) for row in last) / weight
        assert f"{name}: the cut is {round(100 * round(cut, 3), 1):g} % of the points." in text
    assert text.count("This is a SAMPLE") == len({row["assignment"] for row in ratings})


def test_a_playbooks_own_rules_are_nobody_elses(kept: CohortFolder) -> None:
    """A deal without circles has one item; numbered keys keep two healthy circles apart."""
    from dataclasses import replace

    from mentorkit.workshop.item_marks import keys_of

    dealt = unseal(kept.sealed, "triage", "a")
    plain = [
        replace(case, truth=replace(case.truth, cause=None, kind="healthy")) for case in dealt.cases
    ]
    assert list(keys_of(replace(dealt, cases=tuple(plain[:2]))).values()) == [
        "healthy", "healthy-2",
    ]  # fmt: skip
    assert keys_of(replace(dealt, kind="playbook", cases=())) == {"rules": "rules"}
