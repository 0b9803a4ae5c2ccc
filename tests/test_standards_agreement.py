"""The second marker: whose scripts are drawn, and how far two markers agree."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from mentorkit.cases.secret import derive
from mentorkit.errors import KitError
from mentorkit.standards.agreement import agree, weighted_kappa
from mentorkit.standards.say import say_agreement, say_draw
from mentorkit.standards.second import draw

SECRET = "5e" * 32
LUCK = partial(derive, SECRET)
LEVELS = (0, 1, 2, 3)


def mentors(count: int) -> list[str]:
    """Return `count` mentors' ids."""
    return [f"m{number:04d}" for number in range(count)]


def test_a_published_kappa_comes_out() -> None:
    """Raters 2 and 3 of R's `irr::anxiety`: kappa2(anxiety[,2:3], "squared") is 0.2520325.

    Nobody gave level 5, and `irr` counts the levels that are left as neighbours.
    """
    two = [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4]
    three = [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2]
    assert agree(two, three, sorted({*two, *three})).kappa == pytest.approx(0.2520325, abs=5e-8)


@pytest.mark.parametrize("seed", range(50))
def test_kappa_is_scikit_learns(seed: int) -> None:
    """Two markers at random who more or less agree: the same kappa as another library's."""
    luck = np.random.default_rng(seed)
    one = luck.integers(0, 4, int(luck.integers(5, 60)))
    two = np.where(luck.random(len(one)) < luck.random(), one, luck.integers(0, 4, len(one)))
    theirs = cohen_kappa_score(one, two, weights="quadratic", labels=list(LEVELS))
    assert agree(list(one), list(two), LEVELS).kappa == pytest.approx(theirs, nan_ok=True)


def test_the_interval_holds_the_true_kappa() -> None:
    """Of 200 pairs of markers with 40 scripts, 88 in 100 or more have the true kappa inside."""

    def pair(luck: np.random.Generator, scripts: int) -> tuple[np.ndarray, np.ndarray]:
        worth = luck.normal(0, 1, scripts)
        one, two = (worth + luck.normal(0, 0.6, scripts) for _ in range(2))
        edges = [-1.0, 0.0, 1.0]
        return np.digitize(one, edges), np.digitize(two, edges)

    one, two = pair(np.random.default_rng(9), 500_000)
    true = float(weighted_kappa(one.astype(float), two.astype(float)))
    held = 0
    for seed in range(200):
        one, two = pair(np.random.default_rng(seed), 40)
        found = agree(list(one), list(two), LEVELS)
        assert found.low is not None
        assert found.high is not None
        held += found.low <= true <= found.high
    assert 0.88 <= held / 200 <= 0.99


def test_the_same_marks_give_the_same_interval() -> None:
    """The bootstrap's luck is fixed: asking again changes nothing."""
    one, two = [0, 1, 2, 3, 2, 1, 0, 3], [0, 1, 2, 2, 2, 1, 1, 3]
    assert agree(one, two, LEVELS) == agree(one, two, LEVELS)


@pytest.mark.parametrize(
    ("two", "words"),
    [
        ([0, 1, 2, 3, 0, 1, 2, 3], ["agree very well", "Neither marker is milder", "100 %"]),
        ([1, 2, 3, 3, 1, 2, 3, 3], ["The second marker is milder", "100 % are at most one"]),
        ([3, 2, 1, 0, 3, 2, 1, 0], ["no better than by luck", "Read the scripts"]),
        ([0, 0, 1, 2, 0, 0, 1, 2], ["The second marker is stricter"]),
    ],
)
def test_a_sentence_says_what_it_means(two: list[int], words: list[str]) -> None:
    """Full agreement, a milder or a stricter marker, and marks that run the other way."""
    text = say_agreement(agree([0, 1, 2, 3] * 2, two, LEVELS))
    assert all(word in text for word in words), text


def test_the_table_says_how_often_each_pair_of_levels_came() -> None:
    """Rows are the first marker's levels, columns the second's."""
    found = agree([0, 0, 1, 3, 3], [0, 1, 1, 3, 2], LEVELS)
    assert found.table == ((1, 1, 0, 0), (0, 1, 0, 0), (0, 0, 0, 0), (0, 0, 1, 1))
    assert "First marker down, second across" in say_agreement(found)


def test_under_five_scripts_and_one_single_level_there_is_no_kappa() -> None:
    """Both get a sentence instead of a number."""
    few = agree([0, 1, 2, 3], [0, 1, 2, 3], LEVELS)
    assert (few.scripts, few.kappa, few.same, few.table) == (None, None, None, ())
    assert "Fewer than five" in say_agreement(few)
    same = agree([2] * 6, [2] * 6, LEVELS)
    assert (same.kappa, same.low, same.same) == (None, None, 1.0)
    assert "kappa needs scripts that differ" in say_agreement(same)


@pytest.mark.parametrize(
    ("one", "two", "levels", "words"),
    [
        ([0, 1], [0], LEVELS, "2 marks and the second 1"),
        ([0, 9], [0, 1], LEVELS, "9 is no level"),
        ([0, float("nan")], [0, 1], LEVELS, "nan is no level"),
        ([0], [0], [0], "two levels"),
        ([0], [0], [1, 0], "two levels"),
        ([0], [0], [0, 0, 1], "two levels"),
    ],
)
def test_marks_that_do_not_fit_the_rubric_are_named(
    one: list[float], two: list[float], levels: list[float], words: str
) -> None:
    """A mark that is no level, a missing mark or a rubric out of order gets a sentence."""
    with pytest.raises(KitError, match=words):
        agree(one, two, levels)


@pytest.mark.parametrize(
    ("count", "drawn"), [(0, 0), (1, 1), (10, 10), (11, 10), (60, 12), (201, 41)]
)
def test_one_in_five_is_drawn_and_at_least_ten(count: int, drawn: int) -> None:
    """The share rounds up; small cohorts are marked twice whole."""
    found = draw("plan", mentors(count), LUCK)
    assert len(found.drawn) == drawn
    assert found.scripts == count
    assert ("drawn by lot" in say_draw(found)) == (count > 0)


@settings(max_examples=100, deadline=None)
@given(st.permutations(mentors(40)), st.integers(0, 2**32))
def test_the_draw_repeats_whatever_the_order(order: list[str], key: int) -> None:
    """The same cohort gives the same draw; another assignment or another secret gives another."""
    luck = partial(derive, f"{key:064x}")
    first = draw("plan", mentors(40), luck, share=0.5)
    assert draw("plan", order, luck, share=0.5) == first
    assert draw("practice", order, luck, share=0.5).drawn != first.drawn


def test_everybody_is_equally_likely_to_be_drawn() -> None:
    """Over 2,000 secrets, each of 20 mentors is among the five about 500 times."""
    times = np.zeros(20)
    for key in range(2000):
        luck = partial(derive, f"{key:064x}")
        for mentor in draw("plan", mentors(20), luck, share=0.25, least=1).drawn:
            times[int(mentor[1:])] += 1
    assert times.sum() == 10_000
    assert ((times > 400) & (times < 600)).all()


def test_a_script_that_was_marked_twice_stays_drawn() -> None:
    """Late scripts never waste a second marker's work."""
    before = draw("plan", mentors(50), LUCK).drawn
    after = draw("plan", mentors(80), LUCK, marked=before)
    assert set(before) <= set(after.drawn)
    assert len(after.drawn) == 16


@pytest.mark.parametrize("share", [0.0, -1.0, 1.5, float("nan"), float("inf")])
def test_a_share_that_is_none_is_refused(share: float) -> None:
    """A share lies above 0 and up to 1."""
    with pytest.raises(KitError, match="Give a share above 0"):
        draw("plan", mentors(5), LUCK, share=share)
