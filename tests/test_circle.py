"""The circle: keyed luck, the same course in any batch, and what the teaching model must show."""

import numpy as np
import pytest

from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup, Timeline, parse_placed, run
from mentorkit.circle.evidence import observe
from mentorkit.circle.outcomes import outcomes
from mentorkit.circle.randomness import Purpose, draw, draw_week, philox
from mentorkit.errors import KitError

MANY = 4000


def test_philox_gives_the_published_words() -> None:
    """The known answers of Philox 4x32-10 (Random123's kat_vectors)."""
    zero = [int(word) for word in philox((0, 0), (0, 0, 0, 0))]
    assert zero == [0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8]
    ones = 0xFFFFFFFF
    full = [int(word) for word in philox((ones, ones), (ones, ones, ones, ones))]
    assert full == [0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD]


@pytest.mark.parametrize("kind", ["draw", "draw_week"])
def test_draws_are_even_and_independent_of_each_other(kind: str) -> None:
    """The draws of 100,000 circles: the right mean and spread, and no two move together."""
    circles = np.arange(100_000)
    if kind == "draw":
        draws = np.stack(draw(7, circles, 3, 1, Purpose.MEETING))
    else:
        draws = np.stack(draw_week(7, circles, 3, 1))
    assert np.all((draws > 0) & (draws < 1))
    assert np.allclose(draws.mean(axis=1), 0.5, atol=0.005)
    assert np.allclose(draws.std(axis=1), 12**-0.5, atol=0.005)
    assert np.abs(np.corrcoef(draws) - np.eye(len(draws))).max() < 0.015


@pytest.mark.parametrize("problem", [None, *catalogue().problems])
def test_a_circle_has_the_same_course_in_any_batch(problem: str | None) -> None:
    """Circle 70 alone, among 100 and in another order: the same bits in every state."""
    setup = Setup(seed=5, problems=[Placed(problem, 3, 1)] if problem else [])
    alone = run(setup, np.array([70]))
    among = run(setup, 100)
    turned = run(setup, np.arange(100)[::-1])
    for name in ("attended", "airtime", "clarity", "safety", "trust", "habit", "commitment"):
        one = getattr(alone, name)[..., 0]
        assert one.tobytes() == getattr(among, name)[..., 70].tobytes()
        assert one.tobytes() == getattr(turned, name)[..., 29].tobytes()


def test_a_response_changes_nothing_before_its_week() -> None:
    """Same luck, other choice: the two runs are one until the response begins."""
    problem = [Placed("P13", 2, 0)]
    without = run(Setup(problems=problem), 500)
    with_it = run(Setup(problems=problem, responses=[Placed("timed-rounds", 6, 0)]), 500)
    for name in ("airtime", "safety", "habit"):
        assert np.array_equal(getattr(without, name)[:5], getattr(with_it, name)[:5])
        assert not np.array_equal(getattr(without, name)[5:], getattr(with_it, name)[5:])


LOOK_ALIKES = [p.id for p in catalogue().problems.values() if p.kind == "look-alike"]


@pytest.mark.parametrize("id", LOOK_ALIKES)
def test_a_look_alike_does_no_harm(id: str) -> None:
    """A healthy look-alike leaves what a circle reaches within three hundredths of an untouched circle."""
    placed = Placed(id, catalogue().problems[id].onset[0], 0)
    changed = outcomes(Setup(problems=[placed]), np.arange(MANY)).index.mean()
    size = 3 if id == "H6" else 5  # a trio is compared with a trio
    assert changed > outcomes(Setup(levers={"size": size}), np.arange(MANY)).index.mean() - 0.03


@pytest.mark.parametrize("size", [3, 4])
def test_a_small_circle_has_the_same_course_among_larger_ones(size: int) -> None:
    """Circles of different sizes in one batch: each runs as it does alone, to the last bit."""
    sizes = np.array([5.0, size, 4.0, 3.0])
    among = run(Setup(levers={"size": sizes}, problems=[Placed("P26", 3, 2)]), 4)
    alone = run(Setup(levers={"size": size}, problems=[Placed("P26", 3, 2)]), np.array([1]))
    for name in ("attended", "airtime", "safety", "trust", "habit", "progress", "worth"):
        wide, narrow = getattr(among, name), getattr(alone, name)
        cut = wide[:, :size, :size] if name == "trust" else wide[:, :size]
        assert cut[..., 1].tobytes() == narrow[..., 0].tobytes(), name


def test_a_split_circle_goes_on_with_the_first_half() -> None:
    """Of eight, four stay; a merged circle fills its empty seats with people who start from the beginning."""
    split = run(
        Setup(problems=[Placed("P12", 1)], responses=[Placed("split-circle", 3)]), 500
    ).enrolled
    assert split.shape[1] == 8 and (split[1, 4:] > 0).any() and not split[2:, 4:].any()
    problem = [Placed("P05", 2, 1)]
    merged = run(Setup(problems=problem, responses=[Placed("merge-circles", 4)]), 500)
    assert (merged.enrolled[2].sum(axis=0) <= 3).mean() > 0.9
    assert (merged.enrolled[4].sum(axis=0) == 5).all()
    assert (merged.habit[4][1:3] < 0.2).all()  # one week's work


@pytest.mark.parametrize("length", [6, 8, 12, 13])
def test_the_length_is_a_lever(length: int) -> None:
    """A circle of any agreed length finishes in most cases when it has that many weeks and one more."""
    found = outcomes(Setup(weeks=length + 1, levers={"length": length}), np.arange(1000))
    assert 0.7 < found.finished.mean() < 1


def test_the_survey_hides_answers_of_fewer_than_three() -> None:
    """With two people in the room no mean is shown: it would tell who said what."""
    trace = run(Setup(levers={"size": 3}), 500)
    evidence = observe(trace)
    few = trace.attended.sum(axis=1) < 3
    assert few.any()
    for means in evidence.survey.values():
        assert np.isnan(means[few]).all()
        assert not np.isnan(means[~few]).any()
        assert np.nanmin(means) >= 1 and np.nanmax(means) <= 5


@pytest.mark.parametrize(
    ("setup", "word"),
    [
        (Setup(seed=-1), "seed"),
        (Setup(weeks=0), "weeks"),
        (Setup(weeks=99), "weeks"),
        (Setup(levers={"size": 20}), "between"),
        (Setup(levers={"size": float("nan")}), "between"),
        (Setup(levers={"luck": 1}), "no lever 'luck'"),
        (Setup(problems=[Placed("P99", 1)]), "P99"),
        (Setup(problems=[Placed("P13", 0)]), "week"),
        (Setup(problems=[Placed("P13", 13)]), "week"),
        (Setup(problems=[Placed("P13", 1, 5)]), "member"),
    ],
)
def test_a_set_up_that_makes_no_sense_is_refused(setup: Setup, word: str) -> None:
    """A value out of range or an unknown name gets one clear sentence."""
    with pytest.raises(KitError, match=word):
        Timeline(setup)


@pytest.mark.parametrize("text", ["P99", "P13@x", "P13@2:y", "P13@", "@", ""])
def test_a_placed_problem_is_read_or_refused(text: str) -> None:
    """ID[@WEEK[:MEMBER]]: anything else is refused, or takes the first week it can begin."""
    known = catalogue().problems
    if text == "P13@":
        assert parse_placed(text, known, "problem") == Placed("P13", known["P13"].onset[0], 0)
    else:
        with pytest.raises(KitError):
            parse_placed(text, known, "problem")
