"""Item statistics: known examples, and cohorts whose true reliability is known."""

import numpy as np
import pytest
from scipy.special import betaincinv

from mentorkit.errors import KitError
from mentorkit.standards.consistency import consistency, decide, effective_length, smallest_step
from mentorkit.standards.items import ItemReport, report
from mentorkit.standards.marks import MarkRow, marks_of
from mentorkit.standards.reliability import Reliability, reliability
from mentorkit.standards.say import say_items

# Ten students, ten items: K. Wuensch, East Carolina University, "KR20.txt"
WUENSCH = """
    1111110110 1011011101 1111011001 0010001000 0000010010
    1110111111 1101110111 1111111101 0101111101 1101101110
"""


def wuensch() -> np.ndarray:
    """Return the published table [student, item]."""
    return np.array([[int(mark) for mark in row] for row in WUENSCH.split()], dtype=float)


def rows_of(points: np.ndarray, best: float = 1.0) -> list[MarkRow]:
    """Return a table [mentor, item] as marks; NaN where a mentor did not have the item."""
    return [
        MarkRow(f"m{mentor}", f"P{item:02d}", float(points[mentor, item]), best, "A")
        for mentor, item in np.argwhere(~np.isnan(points))
    ]


def measured(points: np.ndarray, best: float = 1.0) -> Reliability:
    """Return the reliability of a table [mentor, item]."""
    found = reliability(marks_of(rows_of(points, best)))
    assert found is not None
    return found


def alpha_by_hand(points: np.ndarray) -> float:
    """Return Cronbach's alpha as textbooks write it."""
    items = points.shape[1]
    inside = points.var(axis=0, ddof=1).sum() / points.sum(axis=1).var(ddof=1)
    return float(items / (items - 1) * (1 - inside))


def test_a_published_kr20_comes_out() -> None:
    """Sum of pq 2.18 and variance 5.84 over ten items: 10/9 (1 - 2.18/5.84)."""
    points = wuensch()
    found = measured(points)
    assert found.dichotomous
    assert found.alpha == pytest.approx(10 / 9 * (1 - 2.18 / 5.84), abs=1e-9)
    # the error of the whole: spread of the sums times the root of what is not reliable
    spread = points.sum(axis=1).std(ddof=1)
    assert found.error == pytest.approx(spread * np.sqrt(1 - found.alpha) / 10)


@pytest.mark.parametrize("seed", range(50))
def test_a_full_table_gives_exactly_cronbachs_alpha(seed: int) -> None:
    """The method for unequal tables is the textbook's alpha where nothing is missing."""
    luck = np.random.default_rng(seed)
    points = luck.random((int(luck.integers(5, 30)), int(luck.integers(2, 13)))).round(2)
    assert measured(points).alpha == pytest.approx(alpha_by_hand(points), abs=1e-9)


def cohort(seed: int, mentors: int = 40, items: int = 12) -> np.ndarray:
    """Return marks out of 100 with a true reliability of 12 * 25 / (12 * 25 + 100) = 0.75."""
    luck = np.random.default_rng(seed)
    return (
        50
        + luck.normal(0, 5, (mentors, 1))
        + luck.normal(0, 8, items)
        + luck.normal(0, 10, (mentors, items))
    ).clip(0, 100)


def two_forms(points: np.ndarray) -> np.ndarray:
    """Leave every mentor one of two forms that share four of the twelve items: eight items each."""
    points = points.copy()
    points[::2, :4] = np.nan
    points[1::2, 8:] = np.nan
    return points


@pytest.mark.parametrize("forms", [False, True])
def test_the_true_reliability_is_found_and_its_interval_holds(forms: bool) -> None:
    """Over 200 cohorts: right on average, the interval holds about 95 in 100, also with two forms."""
    each = 8 if forms else 12
    true = each * 25 / (each * 25 + 100)
    tables = (two_forms(cohort(seed)) if forms else cohort(seed) for seed in range(200))
    found = [measured(points, 100) for points in tables]
    assert np.mean([one.alpha for one in found]) == pytest.approx(true, abs=0.03)
    assert 0.9 <= np.mean([one.low <= true <= one.high for one in found]) <= 0.99
    assert np.mean([one.error for one in found]) == pytest.approx(10 / 100 / each**0.5, rel=0.03)
    assert {one.items for one in found} == {each}


def test_answers_at_random_are_not_reliable() -> None:
    """Where everybody guesses, alpha is near 0 on average."""
    guesses = [
        (np.random.default_rng(seed).random((30, 10)) < 0.5).astype(float) for seed in range(200)
    ]
    assert abs(np.mean([measured(points).alpha for points in guesses])) < 0.06


@pytest.mark.parametrize(
    "points",
    [np.ones((8, 1)), np.random.default_rng(1).random((8, 1)), np.ones((8, 4)), np.eye(6)[:, :6]],
    ids=["all right", "one item", "no spread", "all have one point"],
)
def test_what_cannot_be_known_is_none(points: np.ndarray) -> None:
    """One item, or the same sum for everybody: no reliability, and the text says so."""
    assert reliability(marks_of(rows_of(points))) is None
    assert "cannot be known" in say_items(report("triage", rows_of(points), 0.6))


def test_the_steadiness_of_a_published_example_comes_out() -> None:
    """ACT mathematics, 40 items, cut at 24: as BBClassify 1.0.0 (Haakstad 2025) prints it.

    Its true scores: beta with 0.52378 and 1.62569 between 0.22317 and 1.
    """
    grid = (np.arange(20_000) + 0.5) / 20_000
    true = 0.22317 + (1 - 0.22317) * betaincinv(0.52378, 1.62569, grid)
    found = decide(true, 40, 24, 0.6)
    assert found.same == pytest.approx(0.92203, abs=0.0005)
    assert found.luck == pytest.approx(0.68030, abs=0.0005)
    assert found.kappa == pytest.approx(0.75612, abs=0.001)
    assert found.right == pytest.approx(0.94427, abs=0.0005)


@pytest.mark.parametrize(
    ("items", "mean", "variance"), [(10, 6.0, 4.0), (12, 9.0, 3.5), (40, 16.5, 64.8)]
)
def test_with_kr21_the_effective_length_is_the_number_of_items(
    items: int, mean: float, variance: float
) -> None:
    """KR-21 assumes equally hard items, as the effective length does: so it gives back their number."""
    kr21 = items / (items - 1) * (1 - mean * (items - mean) / (items * variance))
    assert effective_length(mean / items, variance / items**2, kr21) == pytest.approx(items)


@pytest.mark.parametrize(("alpha", "beta", "cut"), [(6, 4, 7 / 12), (9, 2, 0.6), (3, 3, 0.75)])
def test_the_true_steadiness_is_found(alpha: float, beta: float, cut: float) -> None:
    """Mentors who take two forms of twelve items: the estimate from one form fits what happens."""
    luck = np.random.default_rng(5)
    ability = luck.beta(alpha, beta, 200_000)
    one, two = (luck.binomial(12, ability) / 12 >= cut - 1e-9 for _ in range(2))
    truth = float((one == two).mean())
    estimates = []
    for _ in range(60):
        mine = luck.beta(alpha, beta, (60, 1))
        points = (luck.random((60, 12)) < mine).astype(float)
        step = smallest_step(points.ravel()) / 12
        found = consistency(points.mean(axis=1), measured(points).alpha, cut, step)
        estimates.append(found.same)
    assert np.mean(estimates) == pytest.approx(truth, abs=0.02)


@pytest.mark.parametrize(
    ("points", "step"),
    [([0, 1, 1], 1.0), ([0, 0.5, 1], 0.5), ([0, 1 / 3, 1], 1 / 3), ([0, 0.5, 1 / 3], 1 / 6)],
)
def test_the_smallest_step_of_the_points_is_found(points: list[float], step: float) -> None:
    """Halves and thirds are steps; points at random are none."""
    assert smallest_step(np.array(points, dtype=float)) == pytest.approx(step)
    assert smallest_step(np.array([0.1234567, 0.7654321])) == 0


@pytest.mark.parametrize("shares", [np.ones(6), np.zeros(6), np.full(6, 0.5), np.eye(6)[0]])
@pytest.mark.parametrize("alpha", [-3.0, 0.0, 0.5, 1.0])
@pytest.mark.parametrize("cut", [0.001, 0.6, 1.0])
@pytest.mark.parametrize("step", [0.0, 1 / 6])
def test_extreme_cohorts_give_shares(
    shares: np.ndarray, alpha: float, cut: float, step: float
) -> None:
    """All right, all wrong, no reliability, any cut: still shares between 0 and 1."""
    found = consistency(shares, alpha, cut, step)
    assert 0 <= found.same <= 1
    assert 0.5 - 1e-9 <= found.luck <= 1
    assert 0 <= found.right <= 1


def by_item(found: ItemReport) -> dict[str, float | None]:
    """Return the discrimination of each item."""
    return {item.item: item.discrimination for item in found.items}


def test_an_item_that_measures_something_else_stands_out() -> None:
    """Over 30 cohorts: the turned item is below zero, the others above, also with two forms."""
    for seed in range(30):
        points = np.clip((cohort(seed, mentors=60) - 50) / 40 + 0.5, 0, 1)
        points[:, 5] = 1 - points[:, 5]
        for table in (points, two_forms(points)):
            found = by_item(report("diagnosis", rows_of(table)))
            others = [r for name, r in found.items() if name != "P05" and r is not None]
            assert (found["P05"] or 0) < min(0.0, *others) + 0.25
            assert np.mean(others) > 0.1
            assert (found["P05"] or 0) < np.mean(others)


def test_a_hard_form_does_not_hide_what_an_item_measures() -> None:
    """Two forms, one far harder: an item on both fits the rest as well as where the forms are equal."""
    found: dict[float, list[float]] = {0.0: [], 0.4: []}
    for gap, fits in found.items():
        for seed in range(30):
            points = (cohort(seed, mentors=60) - 50) / 100 + 0.5
            points[:, :4] -= gap
            points[:, 8:] += gap
            shown = by_item(report("diagnosis", rows_of(two_forms(points.clip(0, 1)))))
            fits += [shown[name] or 0.0 for name in ("P04", "P05", "P06", "P07")]
    assert np.mean(found[0.0]) > 0.3
    assert np.mean(found[0.4]) == pytest.approx(np.mean(found[0.0]), abs=0.03)


def test_difficulty_and_discrimination_are_the_textbooks() -> None:
    """Share of the points, and the correlation with the sum of all other items."""
    points = wuensch()
    for index, item in enumerate(report("triage", rows_of(points)).items):
        if item.item == "P05":  # eight of ten had it right: two exceptions are not shown
            assert (item.difficulty, item.nearly) == (None, "everyone")
            continue
        assert item.difficulty == pytest.approx(points[:, index].mean())
        rest = np.delete(points, index, axis=1).sum(axis=1)
        assert item.discrimination == round(np.corrcoef(points[:, index], rest)[0, 1], 1)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (MarkRow("anna", "P01", float("nan"), 1.0, None), "not a number"),
        (MarkRow("anna", "P01", 1.0, 0.0, None), "not a number"),
        (MarkRow("anna", "P01", 2.0, 1.0, None), "2 of 1 points"),
        (MarkRow("anna", "P01", -1.0, 1.0, None), "-1 of 1 points"),
        (MarkRow("anna", "P02", 1.0, 1.0, None), "two marks"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_without_naming_the_mentor(
    row: MarkRow, words: str
) -> None:
    """What cannot be a mark gets a sentence that says which item, not whose."""
    with pytest.raises(KitError, match=words) as raised:
        report("triage", [MarkRow("anna", "P02", 1.0, 1.0, "help"), row])
    assert "anna" not in str(raised.value)
