"""The equations that the book prints are the model: worked out by hand, they give what its step gives."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from paper_support import Paper

from mentorkit.book.equations import load_equations
from mentorkit.book.mathml import draw_equation, parse
from mentorkit.catalogue import catalogue
from mentorkit.circle import Placed, Setup, Timeline, run
from mentorkit.circle.evidence import ITEMS, observe
from mentorkit.circle.outcomes import outcomes
from mentorkit.circle.randomness import Purpose, draw, draw_week
from mentorkit.circle.state import begin, traits
from mentorkit.circle.step import seats, step
from mentorkit.errors import KitError

CIRCLES, WEEKS = 80, 12
WEEKLY = ("meeting", "hour", "talk", "bond", "work", "outside", "stay", "after")


def stirred(kind: str) -> Setup:
    """Return circles with every lever somewhere in its range, and events in the middle.

    In "harsh" ones every lever takes any value that the model accepts, and few circles last; "kind" ones
    thrive, so that their outside relationships deepen and most of them reach an end.
    """
    luck = np.random.default_rng(5)
    levers = {}
    for lever in catalogue().levers.values():
        low, high = (lever.low, lever.high) if kind == "harsh" else lever.plausible
        if kind == "harsh" and lever.id in ("hazard", "load", "restart", "leaves", "breach"):
            high = low + 0.2 * (high - low)  # else nobody is there to look at
        values = luck.uniform(low, high, (8, CIRCLES) if lever.scope == "member" else (CIRCLES,))
        levers[lever.id] = np.round(values) if lever.step >= 1 else values
    levers["size"] = luck.integers(4, 9, CIRCLES).astype(float)
    levers["turnout"] = luck.uniform(0.7, 1.0, (8, CIRCLES))
    levers["slot"] = luck.uniform(0.6, 1.0, CIRCLES)
    levers["newcomer"] = levers["refill"] = np.zeros(CIRCLES)
    problems, responses = [Placed("P21", 4), Placed("P20", 3, 1)], [Placed("add-newcomer", 6)]
    if kind == "harsh":
        responses += [Placed("split-circle", 7), Placed("merge-circles", 9)]
        return Setup(seed=9, weeks=WEEKS, levers=levers, problems=problems, responses=responses)
    levers |= {
        "hazard": luck.uniform(0, 0.02, (8, CIRCLES)),
        "length": luck.integers(8, 21, CIRCLES).astype(float),
        "volume": luck.integers(1, 8, (8, CIRCLES)).astype(float),
        "fear": luck.uniform(0, 1, (8, CIRCLES)) ** 4,
        "time": luck.uniform(0.5, 1, (8, CIRCLES)),
        "load": luck.uniform(0, 0.6, (8, CIRCLES)) ** 2,
    }
    return Setup(seed=9, weeks=WEEKS, levers=levers, problems=[Placed("P16", 5)])


def fields_of(record: Any) -> dict[str, Any]:
    """Return a record's fields; trust gets the name under which equations know it."""
    found = dict(vars(record))
    if "trust" in found:
        found["trust_ij"] = found.pop("trust")
    return found


def same(ours: Any, paper: Any, what: str) -> None:
    """Check that two arrays agree up to rounding."""
    np.testing.assert_allclose(
        np.broadcast_to(paper, np.shape(ours)), ours, 1e-9, 1e-12, err_msg=what
    )


def drawn(letter: str, values: list[Any]) -> dict[str, Any]:
    """Return draws by the names that equations give them, counted from 1."""
    return {f"{letter}{at}": value for at, value in enumerate(values, start=1)}


@pytest.fixture(scope="module", params=["harsh", "kind"])
def kind(request: pytest.FixtureRequest) -> str:
    """Return the kind of circles."""
    return str(request.param)


@pytest.fixture(scope="module")
def paper(kind: str) -> Paper:
    """Work twelve weeks out on paper, and compare each with the model's own step."""
    return work_out(kind)


def work_out(kind: str) -> Paper:
    """Return the sheet on which everything was worked out and found the same."""
    setup, k = stirred(kind), catalogue().constants
    circles = np.arange(CIRCLES, dtype=np.uint64)
    timeline = Timeline(setup)
    column = np.arange(timeline.seats(WEEKS), dtype=np.uint64)[:, None]
    own = traits(setup.seed, circles, column)
    state = begin(timeline.at(1, np.zeros((1, 1), dtype=np.int64))["size"], own, k)
    evidence = observe(run(setup, circles))
    other = 1.0 - np.eye(column.size)[:, :, None]
    spaces: dict[str, Any] = {"k": k, "own": vars(own)}
    sheet = Paper({"other_ij": other, "member": column.astype(float), "weeks": WEEKS}, spaces)
    sheet.work("start")
    for name in ("safety", "clarity", "confidence", "commitment"):
        same(getattr(state, name), sheet.known[name], f"{name} at the start")
    same(state.trust, sheet.known["trust_ij"], "trust at the start")
    for week in range(1, WEEKS + 1):
        lever = timeline.at(week, column.astype(np.int64))
        luck = draw_week(setup.seed, circles, week, column)
        meeting = draw(setup.seed, circles, week, 0, Purpose.MEETING)
        spaces |= {"L": lever, "s": fields_of(state)}
        sheet.work("seats")
        seated = seats(lever, k, own, state)
        same(seated.enrolled, sheet.known["seated"], f"seats in week {week}")
        spaces["s"] = fields_of(seated)
        state, happened = step(lever, k, own, seated, luck, meeting)
        sheet.known |= drawn("u", luck) | drawn("v", meeting)
        for section in WEEKLY:
            sheet.work(section)
        for name, value in fields_of(state).items():
            same(value, sheet.known[name], f"{name} after week {week}")
        others = {"minutes": "", "airtime": "share", "safety": "felt", "trust_ij": "trust_ij"}
        for name, value in fields_of(happened).items():
            if others.get(name, name) and name not in ("enrolled", "attended"):
                same(value, sheet.known[others.get(name, name)], f"{name} in week {week}")
        compare_evidence(sheet, evidence, week, setup, circles, column)
        for name in ("candour", "present"):
            sheet.weeks.setdefault(name, []).append(sheet.known[name])
    sheet.work("outcomes")
    return sheet


def compare_evidence(
    sheet: Paper, evidence: Any, week: int, setup: Setup, circles: Any, column: Any
) -> None:
    """Check what a mentor sees of the week, where there is something to see."""
    errors = draw(setup.seed, circles, week, column, Purpose.SEEN)
    answers = draw(setup.seed, circles, week, column, Purpose.SURVEY)
    sheet.known |= drawn("e", errors) | {"asked": 0.0, "q": 0.5}
    known = sheet.known
    with np.errstate(invalid="ignore", divide="ignore"):
        sheet.work("evidence")
    asked = [known["worth"], known["felt"], known["next_step"], known["enough"]]
    asked += [known["own_choice"], known["commitment"]]
    with np.errstate(invalid="ignore", divide="ignore"):
        for item, question, error in zip(ITEMS, asked, answers, strict=False):
            sheet.known |= {"asked": question, "q": error}
            sheet.work("evidence")
            seen = evidence.survey[item][week - 1]
            mean = np.sum(known["present"] * sheet.known["answer_seen"], axis=0) / known["count"]
            same(seen[~np.isnan(seen)], mean[~np.isnan(seen)], f"{item} in week {week}")
            assert np.array_equal(~np.isnan(seen), known["count"] >= 3)
    for name in ("airtime", "topic", "minutes", "messages"):
        seen = getattr(evidence, name)[week - 1]
        told = np.broadcast_to(sheet.known[f"{name}_seen"], seen.shape)
        same(seen[~np.isnan(seen)], told[~np.isnan(seen)], f"{name} seen in week {week}")


def test_equations_give_what_the_model_gives(paper: Paper) -> None:
    """Who rebuilds the model from the page gets the same circles: start, seats, twelve weeks, evidence."""
    assert np.sum(paper.known["held"]) > 0, "a circle that never meets would prove nothing"
    assert 0 < np.sum(paper.known["enrolled"]) < paper.known["enrolled"].size


def test_outcomes_on_the_page_are_the_models(paper: Paper, kind: str) -> None:
    """The one figure by which answers are compared is the figure that the page explains."""
    ours = outcomes(stirred(kind), np.arange(CIRCLES))
    if kind == "kind":
        assert np.mean(ours.finished) > 0.2 and np.mean(ours.ties) > 0.1
    names = {"goals": "progress", "habits": "habit", "ties": "ties", "openly": "candour"}
    for here, there in (names | {"finished": "finished", "index": "index"}).items():
        same(getattr(ours, there), paper.known[here], there)


def test_every_lever_and_constant_stands_in_an_equation(paper: Paper) -> None:
    """Nothing in the catalogue's numbers works behind the reader's back, and nothing there is idle."""
    used = paper.used
    assert {f"k.{id}" for id in catalogue().constants} <= used
    assert {f"L.{id}" for id in catalogue().levers} <= used


def test_equation_is_drawn_in_pieces_that_fit_a_phone() -> None:
    """A formula breaks between its parts, and says each name as the catalogue does."""
    html = draw_equation("wish = L.turnout * min(k.come_floor + s.commitment, 1) * (1 - u1) ** 2")
    assert html.count("<math") > 2
    for name in ("turnout", "come_floor", "commitment"):
        assert f"<mtext>{name}</mtext>" in html
    assert "<msup>" in html and "·" in html and "−" in html


BAD = {
    "a = ": "is not an equation",
    "a + b": "is not an equation",
    "a = b\nc = d": "is not an equation",
    "a = b = c": "one name",
    "a[0] = b": "one name",
    "(" * 5000 + ")" * 5000: "is not an equation",
}


@pytest.mark.parametrize("line", BAD, ids=range(len(BAD)))
def test_what_is_no_equation_is_named(line: str) -> None:
    """A slip in the file is one sentence, not a traceback."""
    with pytest.raises(KitError, match=BAD[line]):
        parse(line)


@pytest.mark.parametrize("line", ["a = [b]", "a = b if c else d", "a = f'{b}'", "a = b % c"])
def test_operation_that_cannot_be_drawn_is_named(line: str) -> None:
    """Nothing is printed that the reader could not read."""
    with pytest.raises(KitError, match="nothing that the book can draw"):
        draw_equation(line)


@pytest.mark.parametrize("content", ["", "- a", "a: b", "a: [1]", "a: [", "a: ['b']", "\x00"])
def test_broken_file_of_equations_is_named(content: str, tmp_path: Path) -> None:
    """The file's name comes with what to mend."""
    path = tmp_path / "equations.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(KitError, match=r"equations\.yaml"):
        load_equations(path)
