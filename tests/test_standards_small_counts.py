"""What is shown of a small group: nobody can be picked out, not even by subtraction."""

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorkit.standards.items import ItemStatistics, report
from mentorkit.standards.marks import MarkRow
from mentorkit.standards.say import say_items
from mentorkit.standards.small_counts import pool


def groups(mentors: int, answers: int) -> Iterator[tuple[int, ...]]:
    """Yield every way in which `mentors` can choose among `answers`."""
    if answers == 1:
        yield (mentors,)
        return
    for first in range(mentors + 1):
        for rest in groups(mentors - first, answers - 1):
            yield (first, *rest)


@pytest.mark.parametrize("mentors", range(5, 13))
def test_two_mentors_together_cannot_tell_what_a_third_chose(mentors: int) -> None:
    """Every group of up to twelve with four answers: what is shown leaves at least two possibilities.

    Two mentors know each other's answers and the rule. Whatever groups fit that, the others' answers are
    never all the same.
    """
    shown: dict[object, list[tuple[int, ...]]] = {}
    for counts in groups(mentors, 4):
        table = pool(dict(zip("ABCD", counts, strict=True)))
        if table:
            shown.setdefault(table, []).append(counts)
    assert shown or mentors < 6
    for possible in shown.values():
        for pair in groups(2, 4):
            left = [
                tuple(count - own for count, own in zip(counts, pair, strict=True))
                for counts in possible
            ]
            fits = [counts for counts in left if min(counts) >= 0]
            others = {index for counts in fits for index, count in enumerate(counts) if count}
            assert len(others) != 1


def test_no_shown_mean_tells_one_mentor_what_another_earned() -> None:
    """Every group of 5 to 14 with a right-or-wrong item: whoever knows their own result learns no other's."""
    for mentors in range(5, 15):
        shown: dict[object, list[int]] = {}
        for right in range(mentors + 1):
            item = one_item([1.0] * right + [0.0] * (mentors - right), ["A"] * mentors)
            shown.setdefault((item.difficulty, item.nearly), []).append(right)
        for possible in shown.values():
            for own in (0, 1):
                others = {right - own for right in possible if 0 <= right - own < mentors}
                assert others not in ({0}, {mentors - 1})


def one_item(points: Sequence[float], answers: Sequence[str | None]) -> ItemStatistics:
    """Return the statistics of one item; a second one varies, so that there is a rest to correlate."""
    rows = [
        MarkRow(f"m{index}", "P01", earned, 1.0, answer)
        for index, (earned, answer) in enumerate(zip(points, answers, strict=True))
    ]
    rows += [MarkRow(f"m{index}", "P02", index % 2, 1.0, "B") for index in range(len(points))]
    return report("diagnosis", rows).items[0]


@pytest.mark.parametrize("mentors", range(5))
def test_nothing_is_shown_under_five_mentors(mentors: int) -> None:
    """No number, no item, no count of mentors; only a sentence that says why."""
    rows = [
        MarkRow(f"m{index}", f"P{item}", 1.0, 1.0, "A")
        for index in range(mentors)
        for item in (1, 2)
    ]
    found = report("triage", rows, 0.6)
    assert (found.mentors, found.items, found.reliability, found.consistency) == (
        None,
        (),
        None,
        None,
    )
    assert say_items(found) == (
        "triage: fewer than five mentors. Nothing is shown, so that nobody can be picked out."
    )


def test_an_item_that_few_mentors_had_shows_nothing() -> None:
    """A form that four mentors drew: its own items say nothing, the others are shown."""
    luck = np.random.default_rng(4)
    rows = []
    for mentor in range(12):
        for item in ("P01", "P02", "P03" if mentor < 4 else "P04"):
            earned = float(luck.random() < 0.5)
            rows.append(MarkRow(f"m{mentor}", item, earned, 1.0, "A" if earned else "B"))
    found = {item.item: item for item in report("triage", rows).items}
    assert found["P03"] == ItemStatistics("P03", None, None, None, None, ())
    assert found["P01"].mentors == 12
    assert "P03: fewer than five mentors had it. Nothing is shown." in say_items(
        report("triage", rows)
    )


def test_a_single_exception_is_hidden_everywhere() -> None:
    """One of twelve is wrong: no mean, no correlation and no table that would say who or what."""
    item = one_item([1.0] * 11 + [0.0], ["A"] * 11 + ["B"])
    assert (item.difficulty, item.nearly, item.discrimination) == (None, "everyone", None)
    assert item.answers == ()


def test_rare_answers_are_counted_together() -> None:
    """Answers of one or two mentors become "other answers"; what is left open counts as an answer."""
    answers: list[str | None] = [*"AAAAA", *"BBBB", "C", "D", None]
    item = one_item([1.0] * 5 + [0.0] * 7, answers)
    assert [(part.answer, part.count) for part in item.answers] == [("A", 5), ("B", 4), (None, 3)]


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.text(max_size=4), st.integers(0, 40), max_size=8))
def test_a_table_adds_up_and_has_no_small_count(counts: dict[str, int]) -> None:
    """Whatever was chosen: nobody is lost, no count is below three, no table has a single line."""
    table = pool(counts)
    assert len(table) != 1
    if table:
        assert sum(part.count for part in table) == sum(counts.values())
        assert min(part.count for part in table) >= 3
        assert all(counts[part.answer] == part.count for part in table if part.answer is not None)
        assert Counter(part.answer for part in table).most_common(1)[0][1] == 1


def test_no_text_or_number_names_a_mentor() -> None:
    """Two hundred cohorts of 5 to 12: no mentor's id in the report or its text, the same in any order."""
    for seed in range(200):
        luck = np.random.default_rng(seed)
        rows = [
            MarkRow(
                f"mentor-{mentor}",
                f"P{item}",
                float(luck.choice([0.0, 0.5, 1.0])),
                1.0,
                ("A", "B", "C", None)[luck.integers(4)],
            )
            for mentor in range(luck.integers(5, 13))
            for item in range(3)
        ]
        found = report("triage", rows, 0.6)
        assert "mentor-" not in repr(found) + say_items(found)
        luck.shuffle(rows)
        assert report("triage", [MarkRow(*row) for row in rows], 0.6) == found
