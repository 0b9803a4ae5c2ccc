"""The cut: known examples, panels whose true cut is known, and what the sample panel says."""

import math
import tomllib
from pathlib import Path

import numpy as np
import pytest

from mentorkit.errors import KitError
from mentorkit.standards.cut import apart, intraclass, set_cut
from mentorkit.standards.panel import parse_panel, read_panel
from mentorkit.standards.say import cut_source, say_cut
from mentorkit.standards.sheet import judges_sheet

EXERCISES = Path(__file__).parents[1] / "exercises"
SAMPLE = EXERCISES / "panel.csv"


def panel_csv(first: np.ndarray, second: np.ndarray, weights: list[float] | None = None) -> str:
    """Return two rounds of ratings, each [judge, item], as a panel's CSV."""
    lines = ["judge,round,assignment,item,rating,weight"]
    for turn, ratings in ((1, first), (2, second)):
        for judge, row in enumerate(ratings):
            for item, rating in enumerate(row):
                weight = weights[item] if weights else 1
                lines.append(f"j{judge},{turn},triage,P{item},{rating:.4f},{weight}")
    return "\n".join(lines)


def test_the_cut_is_the_mean_of_the_judges_second_ratings() -> None:
    """Three judges, two items, worked by hand: cut, error, band and movement."""
    first = np.array([[0.2, 0.6], [0.5, 0.9], [0.5, 0.9]])
    second = np.array([[0.4, 0.6], [0.5, 0.7], [0.6, 0.8]])
    cut = set_cut(parse_panel(panel_csv(first, second)), "triage")
    assert cut.cut == 0.6
    assert cut.first == pytest.approx(0.6)
    # judges' own cuts: 0.4, 0.7, 0.7 and 0.5, 0.6, 0.7; the larger spread counts
    assert cut.spread == pytest.approx((math.sqrt(0.03), 0.1))
    assert cut.error == pytest.approx(0.1)
    assert cut.low == pytest.approx(0.4)
    assert cut.moved == pytest.approx((0.2 + 0.2 + 0.1 + 0.1) / 6)
    assert cut.apart == pytest.approx((0.1 + 0.2 + 0.1) / 3)


def test_an_item_counts_as_much_as_it_weighs() -> None:
    """An item that stands for more of the points moves the cut more."""
    ratings = np.tile([0.2, 0.8], (3, 1))
    assert set_cut(parse_panel(panel_csv(ratings, ratings)), "triage").cut == 0.5
    assert set_cut(parse_panel(panel_csv(ratings, ratings, [1, 3])), "triage").cut == 0.65


@pytest.mark.parametrize(
    ("share", "place"),
    [(0.6, "met"), (1.0, "met"), (0.59999, "borderline"), (0.4, "borderline"), (0.39, "not-yet")],
)
def test_below_the_cut_comes_a_band_and_below_it_not_yet(share: float, place: str) -> None:
    """At the cut is met; within two standard errors below it, a parallel form; below that, not yet."""
    first = np.array([[0.4], [0.7], [0.7]])
    second = np.array([[0.5], [0.6], [0.7]])
    assert set_cut(parse_panel(panel_csv(first, second)), "triage").place(share) == place


def test_the_agreement_of_shrout_and_fleiss_comes_out() -> None:
    """Their four judges on six targets (Psychological Bulletin 1979, table 2) have ICC(2,1) = 0.29."""
    table = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    assert intraclass(np.array(table, dtype=float)) == pytest.approx(0.29, abs=0.005)


@pytest.mark.parametrize("seed", range(20))
def test_two_judges_differ_as_all_pairs_do(seed: int) -> None:
    """The mean difference between two judges equals the plain count over all pairs."""
    ratings = np.random.default_rng(seed).random((7, 5))
    pairs = [abs(ratings[i] - ratings[j]).mean() for i in range(7) for j in range(i)]
    assert apart(ratings) == pytest.approx(np.mean(pairs))


def test_judges_who_all_say_the_same_have_no_band_and_no_correlation() -> None:
    """Nothing is divided by zero, and the text says that something is odd."""
    ratings = np.full((4, 3), 0.5)
    cut = set_cut(parse_panel(panel_csv(ratings, ratings)), "triage")
    assert (cut.cut, cut.low, cut.error, cut.agreement) == (0.5, 0.5, 0.0, None)
    assert "no borderline band" in say_cut(cut)


def test_a_cut_that_a_blank_sheet_would_reach_is_refused() -> None:
    """Judges who expect nothing get a sentence, not a cut of zero."""
    ratings = np.zeros((4, 3))
    with pytest.raises(KitError, match="blank sheet"):
        set_cut(parse_panel(panel_csv(ratings, ratings)), "triage")


def simulated(seed: int, drawn_together: float) -> tuple[float, float, float]:
    """Return cut, standard error and round two's own error of a panel whose true cut is 0.6."""
    luck = np.random.default_rng(seed)
    hard = luck.normal(0, 0.1, 20)
    hard -= hard.mean()
    own = 0.6 + luck.normal(0, 0.05, (10, 1)) + hard + luck.normal(0, 0.05, (10, 20))
    first = own.clip(0, 1)
    second = first + drawn_together * (first.mean(axis=0) - first)
    cut = set_cut(parse_panel(panel_csv(first, second)), "triage")
    return cut.cut, cut.error, cut.spread[1] / math.sqrt(10)


@pytest.mark.parametrize("drawn_together", [0.0, 0.5, 0.8])
def test_the_standard_error_holds_even_when_judges_have_talked(drawn_together: float) -> None:
    """Of 200 panels, about 92 in 100 (t, 9 degrees of freedom) have the true cut within two errors.

    With the second round's spread alone, talking would make the panel look surer than it is.
    """
    panels = [simulated(seed, drawn_together) for seed in range(200)]
    held = np.mean([abs(cut - 0.6) <= 2 * error for cut, error, _ in panels])
    naive = np.mean([abs(cut - 0.6) <= 2 * error for cut, _, error in panels])
    assert 0.86 <= held <= 0.97
    assert naive < 0.75 or drawn_together == 0.0


def test_the_sample_panel_covers_every_kind_of_item_and_says_that_it_is_a_sample() -> None:
    """Whatever a form draws, there is a rating for it; nobody can take the sample for real."""
    panel = read_panel(SAMPLE)
    blueprint = tomllib.loads((EXERCISES / "blueprint.toml").read_text(encoding="utf-8"))
    for assignment in ("triage", "diagnosis", "response"):
        drawn = {*blueprint[assignment]["from"], *blueprint[assignment]["alike"]}
        assert drawn <= set(panel.ratings(assignment).items)
    assert panel.ratings("playbook").items == ("rules",)
    for assignment in panel.assignments:
        cut = set_cut(panel, assignment)
        assert cut.sample
        assert 0.3 < cut.low < cut.cut < 0.8
        assert "SAMPLE" in say_cut(cut)
        source = cut_source(cut)
        assert "sample" in source
        assert source.isprintable()
        assert len(source) <= 200


def test_the_rules_one_line_source_fits_even_with_a_long_name(tmp_path: Path) -> None:
    """The record's rule takes at most 200 characters."""
    path = tmp_path / f"{'x' * 200}.csv"
    path.write_text(panel_csv(np.random.default_rng(1).random((20, 4)), np.full((20, 4), 0.5)))
    source = cut_source(set_cut(read_panel(path), "triage"))
    assert len(source) <= 200
    assert "standard error" in source


def test_no_sentence_about_a_cut_names_a_judge() -> None:
    """What is said is about the panel, never about one of its judges."""
    ratings = np.random.default_rng(2).random((5, 4))
    text = say_cut(set_cut(parse_panel(panel_csv(ratings, ratings)), "triage"))
    assert not any(f"j{judge}" in text for judge in range(5))


def test_the_judges_sheet_is_a_panel_once_it_is_filled_in() -> None:
    """Empty, it names the first line without a rating; with ratings, it is read whole."""
    items = {"triage": {"P01": 0.31, "H1": 0.29}, "playbook": {"rules": 1.0}}
    empty = judges_sheet(items, ["a", "b", "c"])
    with pytest.raises(KitError, match=r"line 2: the rating is ''"):
        parse_panel(empty)
    panel = parse_panel(empty.replace(",,", ",0.5,"))
    assert panel.ratings("triage").weights.tolist() == [0.31, 0.29]
    assert panel.ratings("playbook").rounds.shape == (2, 3, 1)
