"""What the notebooks count: many circles, what a response buys, how sure one can be, airtime and survey."""

import numpy as np
import pytest

from mentorkit.catalogue import catalogue
from mentorkit.circle.outcomes import NAMES, outcomes
from mentorkit.circle.setup import Placed, Setup
from mentorkit.errors import KitError
from mentorkit.lab import CircleLab
from mentorkit.lab.alike import SHARES, alike, eye, how_sure, if_ill, kept_word, known
from mentorkit.lab.reading import airtime, answers_behind, by_size, loud_meetings, told_apart, ways
from mentorkit.lab.study import buys, by_week, changed, many, misled


def helped() -> CircleLab:
    """Return a circle with an oversized goal and what is recommended against it."""
    return CircleLab("P08", 2, "Chiara", "smallest-slice", response_week=4)


def test_a_thousand_circles_are_those_of_the_lab_s_own_button() -> None:
    """The notebook's means are the outcomes of circles 0 to 999 with the same seed."""
    found = many(helped())
    setup = Setup(problems=[Placed("P08", 2, 2)], responses=[Placed("smallest-slice", 4, 2)])
    wanted = outcomes(setup, np.arange(1000))
    for name in NAMES:
        assert (found["with"][name].to_numpy() == getattr(wanted, name)).all()
    assert (changed(found).iloc[:, 2:].sum(axis=1) == 1000).all()


def test_luck_misleads_less_the_more_circles_are_compared() -> None:
    """With one circle a side luck often says the opposite, with a hundred hardly ever."""
    said = misled(many(helped(), 400)).iloc[:, 0]
    assert said.loc[1] > 20 and said.loc[100] < 5
    assert misled(many(CircleLab("P08", 2), 400)).iloc[0, 0] > 40


@pytest.mark.parametrize("problem", ["P02", "P04", "P13", "P15"])
def test_waiting_gains_nothing_and_what_tempts_never_comes_first(problem: str) -> None:
    """Observing changes no circle; the catalogue's answer stands above what tempts."""
    table, cat = buys(CircleLab(problem), circles=300), catalogue()
    assert table.loc["Observe one more meeting"].iloc[1:3].eq(0).all()
    assert table.index[0] not in [cat.responses[id].name for id in cat.problems[problem].do_not]


def test_early_help_gains_more_than_late_help() -> None:
    """The same response is worth less in each third of the weeks that remain."""
    gain = by_week(helped(), circles=300).iloc[:, 0]
    assert list(gain.index) == list(range(2, 13))
    assert gain.loc[2:4].mean() > gain.loc[6:8].mean() > gain.loc[10:12].mean() > 0


def test_without_a_problem_or_a_response_it_says_so() -> None:
    """Who presses the button too early reads what to choose first."""
    with pytest.raises(KitError, match="Choose a problem"):
        buys(CircleLab())
    with pytest.raises(KitError, match="what you do"):
        by_week(CircleLab("P13"))
    with pytest.raises(KitError, match="no response"):
        buys(CircleLab("P13"), ["P13"])
    with pytest.raises(KitError, match="circles"):
        many(CircleLab(), 10**9)


def test_the_made_up_circles_count_as_much_as_is_assumed() -> None:
    """Healthy, odd and ill circles have the shares that the notebook names."""
    circles = known(40)
    for kind, share in SHARES.items():
        mine = np.array([(one.kind if one else "healthy") == kind for one in circles.causes])
        assert circles.weight[mine].sum() == pytest.approx(share)


def test_a_plain_circle_looks_healthy_and_a_clear_one_does_not() -> None:
    """Three weeks of a chat club from week 1 are found, and a healthy circle is left alone."""
    healthy, club = alike(CircleLab(), 3), alike(CircleLab("P15", 1), 3)
    assert healthy.index[0].startswith("Nothing") and healthy.iloc[0, 1] > 60
    assert club.iloc[0, 0] == "problem"
    assert 97 <= healthy.iloc[:, 1].sum() <= 103


def test_the_answer_keeps_its_word_on_circles_that_nobody_has_seen() -> None:
    """Where it says so many of 100, about so many are: a forecast that promises too much fails here."""
    new = known(60, seed=77)
    for weeks in (3, 6):
        said = eye(weeks).ill(new.features(weeks))
        ill = np.array([kind == "problem" for kind, _ in new.called(weeks)])
        everyone = np.full(ill.size, True)
        for among in (everyone, said < 0.1, said >= 0.9):
            told, were = (np.average(x[among], weights=new.weight[among]) for x in (said, ill))
            assert told == pytest.approx(were, abs=0.06)


def test_more_weeks_find_more_and_rare_trouble_is_believed_less() -> None:
    """The table of weeks rises; the same evidence means less where few circles are ill."""
    found = how_sure((3, 12)).iloc[:, 1]
    assert found.loc[12] > found.loc[3] + 5
    then = if_ill(CircleLab("P13", 3, "Bo", circle=1), 3).iloc[:, 0]
    assert then.is_monotonic_increasing and then.iloc[-1] > then.iloc[0] + 20
    assert kept_word().iloc[:, 0].sum() == pytest.approx(100, abs=3)


def test_a_week_that_is_not_there_is_refused() -> None:
    """Asking for week 0 or 13 gets a sentence."""
    for weeks in (0, 13):
        with pytest.raises(KitError, match="weeks"):
            alike(CircleLab(), weeks)


def test_airtime_adds_up_and_grows_uneven_with_size() -> None:
    """Each meeting's shares are the whole talk; the quietest has least in the largest circle."""
    talk = airtime(CircleLab("P13", 3, "Bo")).sum()
    assert talk[talk > 0].to_numpy() == pytest.approx(100)
    assert by_size(circles=200).iloc[:, -1].astype(float).is_monotonic_decreasing
    loud = loud_meetings({"healthy": None, "dominating": "P13"}, circles=200)
    assert loud.iloc[1, 3] > loud.iloc[0, 3] + 40
    assert loud.sum(axis=1).between(98, 102).all()


def test_every_way_to_a_mean_has_that_mean() -> None:
    """The arithmetic of four answers: five ways to 4.0, and 4.5 hides nobody below 3."""
    found = answers_behind(4.0)
    assert len(found) == 5 and (found.mean(axis=1) == 4.0).all()
    assert ways().iloc[:, 0].sum() == 70  # sets of four answers from 1 to 5
    assert ways().loc[4.5].iloc[1] == 3


def test_a_question_that_nothing_moves_is_a_coin() -> None:
    """A leak shows in safety nearly always; a harmless absence weeks later shows nowhere."""
    told = told_apart(["P21", "H4"], week=6, circles=300)
    assert told.loc["Confidentiality leak", "Safe to speak"] > 90
    assert (told.loc["One absence with notice"] - 50).abs().max() <= 12
