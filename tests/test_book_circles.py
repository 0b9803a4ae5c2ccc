"""The live circles show what their pages say. Where one fails: choose another seed for it."""

import json
import re

import numpy as np
from book_support import ROOT

from mentorkit.circle import Placed, Setup, run
from mentorkit.circle.evidence import Evidence, observe
from mentorkit.circle.outcomes import outcomes

DAY = ROOT / "course" / "day-1"


def seen_on(page: str, problem: str | None = None, week: int = 1) -> Evidence:
    """Return what the circle on `page` shows, with its seed, its problem and its first member."""
    text = (DAY / f"{page}.md").read_text(encoding="utf-8")
    block = re.search(r"```\{circle-lab\}.*?\n\n", text, re.DOTALL)
    assert block is not None
    seed = re.search(r":seed: (\d+)", block[0])
    assert seed is not None
    if problem:
        assert (f":problem: {problem}" in block[0]) or problem == "P15"
        assert f":week: {week}" in block[0]
    problems = [Placed(problem, week)] if problem else []
    return observe(run(Setup(seed=int(seed[1]), problems=problems), 1))


def test_healthy_circle_takes_51_of_60_chairs_and_is_seldom_complete() -> None:
    """The reader counts the full weeks and finds what the text says."""
    seats = seen_on("what-goes-wrong").attendance[:, :, 0]
    assert np.nansum(seats) == 51
    assert 4 <= (np.nansum(seats, axis=1) == 5).sum() <= 6
    assert not np.isnan(seats).any(), "a member leaves"
    assert ((seats[1:] + seats[:-1]) > 0).all(), "a member misses two meetings in a row"


def test_dominating_member_shows_in_airtime_and_then_in_the_survey() -> None:
    """Two windows agree from week 3 on, and not before."""
    seen = seen_on("six-channels", "P13", 3)
    share, time = seen.airtime[:, 0, 0], seen.survey["time"][:, 0]
    assert (share[:2] < 0.4).all() and (np.nan_to_num(share[2:], nan=1.0) >= 0.4).all()
    assert time[2:5].mean() < time[:2].mean() - 0.5


def test_chat_club_stays_happy_while_contacts_dry_up() -> None:
    """“Worth the hour” does not fall; contacts and the next step do."""
    seen = seen_on("five-problems", "P15", 4)
    worth, after = seen.survey["worth"][:, 0], slice(3, None)
    assert worth[after].mean() >= worth[:3].mean()
    assert seen.contacts[after, 0].mean() <= 1 < seen.contacts[:3, 0].mean()
    assert seen.survey["next_step"][after, 0].mean() < 3


def test_long_check_in_is_over_after_a_week_and_the_chat_club_is_not() -> None:
    """In week 5 the two circles look alike; two weeks later they do not."""
    once, club = seen_on("look-alikes", "H1", 5), seen_on("look-alikes", "P15", 5)
    for seen in (once, club):
        assert seen.checkin[4, 0] > 25 and seen.survey["next_step"][4, 0] < 3
    assert (once.checkin[5:7, 0] < 15).all() and (once.survey["next_step"][5:7, 0] > 3).all()
    assert (club.checkin[5:7, 0] > 25).all() and (club.survey["next_step"][5:7, 0] < 3).all()


def test_vague_and_oversized_goals_part_in_exercise_and_steps() -> None:
    """The page on diagnosis says what tells them apart; its circle shows just that."""
    text = (ROOT / "course" / "exercises" / "diagnosis.md").read_text(encoding="utf-8")
    assert ":problem: P07\n:week: 2\n:seed: 20\n" in text
    vague, big = (observe(run(Setup(seed=20, problems=[Placed(p, 2)]), 1)) for p in ("P07", "P08"))
    assert (vague.exercise[2:, 0, 0] < 0.56).all() and (big.exercise[2:, 0, 0] > 0.75).all()
    assert (big.steps[2:, 0, 0] == 0).sum() > 7 > (vague.steps[2:, 0, 0] == 0).sum()
    assert (np.nanmean(vague.exercise[2:, 1:, 0], axis=1) > 0.75).all()


def test_a_late_timer_does_less() -> None:
    """The page on the response says so; the model agrees over two thousand circles."""
    means = []
    for week in (5, 10):
        answer = [Placed("timed-rounds", week)]
        setup = Setup(seed=7, problems=[Placed("P13", 3)], responses=answer)
        means.append(np.nanmean(outcomes(setup, np.arange(2000)).index))
    nothing = outcomes(Setup(seed=7, problems=[Placed("P13", 3)]), np.arange(2000))
    early, late = (mean - np.nanmean(nothing.index) for mean in means)
    assert 0 < late < early / 2


def test_sudden_load_gives_notice_and_ends_while_fading_does_neither() -> None:
    """What the table says of the two circles is what the two circles do."""
    shock = seen_on("reading-the-signs", "P06", 5)
    block = (DAY / "reading-the-signs.md").read_text(encoding="utf-8")
    seed = int(re.search(r":seed: (\d+)", block)[1])  # type: ignore[index]
    fade = observe(run(Setup(seed=seed, problems=[Placed("P02", 5)]), 1))
    there, gone = shock.attendance[:, 0, 0], shock.notice[:, 0, 0]
    assert there.tolist() == [1] * 4 + [0] * 4 + [1] * 4
    assert (gone[4:8] == 1).all()
    assert fade.attendance[:, 0, 0].tolist() == [1] * 6 + [0, 1, 1, 0, 0, 0]
    assert np.nansum(fade.notice[:, 0, 0]) <= 1
    assert fade.messages[4:, 0, 0].mean() < 1 < shock.messages[4:8, 0, 0].mean()
    assert np.nanmean(fade.steps[4:, 0, 0]) < 1 <= np.nanmean(shock.steps[8:, 0, 0])


def test_share_of_circles_named_rightly_is_what_the_study_found() -> None:
    """“Little more than half” and “six of seven” stand for the study’s own figures."""
    study = json.loads((ROOT / "studies" / "results" / "spotting.json").read_text(encoding="utf-8"))
    full = study["full length"]
    assert (full["trained on"], full["tested on"]) == (20_000, 10_000)
    assert abs(full["all"] - 6 / 7) < 0.02
    assert 0.5 < max(full["channels"].values()) < 0.6
