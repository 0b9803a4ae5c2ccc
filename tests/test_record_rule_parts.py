"""Days, steps and hurdles in the rule: what is read, what is said in words, and what is refused."""

import shutil
from pathlib import Path

import pytest
from record_support import RULE_TEXT, make_rule

from mentorkit.errors import KitError
from mentorkit.record import load_rule
from mentorkit.record.rule_words import rule_text
from mentorkit.workshop.rules import read_rule

EXERCISES = Path(__file__).parents[1] / "exercises"
DAYS = "[attendance]\ndays = 2\n"
STEP = """
[[step]]
name = "first-circle"
title = "Supported a first circle"
attested_by = "trainer"
after = "workshop"
within = 365
extensions = 2
extended_by = 90
required = true
"""
HURDLE = '[[hurdle]]\nname = "P20"\ntitle = "An evaluator in the circle"\n'


def test_the_shipped_rule_asks_for_both_days_practice_and_names_its_hurdles() -> None:
    """Two days, practice in the room, the blueprint's hurdles, and steps for which nobody has to wait."""
    rule = read_rule(EXERCISES)
    assert rule.days == 2
    assert "practice" in [each.name for each in rule.assignments]
    assert [each.name for each in rule.hurdles] == ["P20", "P21"]
    assert {each.attested_by for each in rule.steps} == {"trainer", "mentor"}
    assert all(each.within == 365 and not each.required for each in rule.steps)


def test_the_words_say_all_that_the_rule_asks(tmp_path: Path) -> None:
    """Days, time, extensions, who vouches, and whether the badge waits: all of it is in the text."""
    said = "\n".join(rule_text(make_rule(tmp_path, RULE_TEXT + HURDLE + DAYS + STEP)))
    for part in (
        "at least 60 % of the points",
        "An evaluator in the circle",
        "All 2 days of the workshop are attended",
        "“Supported a first circle”: within 365 days of the workshop’s last day",
        "extended 2 times, by 90 days each",
        "A trainer vouches for it",
        "complete only with it",
    ):
        assert part in said
    one = STEP.replace("extensions = 2", "extensions = 1").replace('"trainer"', '"mentor"')
    one = one.replace('"workshop"', '"exercises"').replace("true", "false")
    said = "\n".join(rule_text(make_rule(tmp_path, RULE_TEXT + one)))
    assert "extended once, by 90 days" in said and "own word is enough" in said
    assert "handing in the last exercise" in said and "It may come later" in said


def test_a_rule_from_before_asks_for_no_days(tmp_path: Path) -> None:
    """A cohort's older rule is read as it was meant."""
    rule = make_rule(tmp_path)
    assert (rule.days, rule.steps, rule.hurdles) == (0, (), ())


@pytest.mark.parametrize(
    ("added", "says"),
    [
        ("[attendance]\n", r"\[attendance\]: the key 'days' is missing"),
        ("[attendance]\ndays = 0\n", "whole number from 1 to 10"),
        ("[attendance]\ndays = 2.0\n", "whole number"),
        ("[attendance]\ndays = true\n", "whole number"),
        ("[attendance]\ndays = 99999999999999999999\n", "whole number"),
        ('[attendance]\ndays = 2\nwho = "all"\n', "'who' is unknown"),
        ("[[attendance]]\ndays = 2\n", "as a table"),
        ("[step]\n", r"start each step with the line \[\[step\]\]"),
        ("[[step]]\n", r"\[\[step\]\] 1: the key 'name' is missing"),
        (STEP + STEP, "'first-circle' is there twice"),
        (STEP.replace('"first-circle"', '"day-1"'), "is a day of the workshop"),
        (STEP.replace('"first-circle"', '"../x"'), "a short name"),
        (STEP.replace('"first-circle"', "7"), "a short name"),
        (STEP.replace('"trainer"', '"manager"'), '"trainer", "mentor"'),
        (STEP.replace('"trainer"', '["trainer"]'), '"trainer", "mentor"'),
        (STEP.replace('"workshop"', '"never"'), '"workshop", "exercises"'),
        (STEP.replace("365", "0"), "'within' is not right"),
        (STEP.replace("365", "-1"), "'within' is not right"),
        (STEP.replace("365", "1e9"), "'within' is not right"),
        (STEP.replace("365", "nan"), "'within' is not right"),
        (STEP.replace("extensions = 2", "extensions = 500"), "'extensions' is not right"),
        (STEP.replace("extended_by = 90", "extended_by = 0"), "extended, but by no day"),
        (STEP.replace("true", '"yes"'), "true or false"),
        (STEP.replace("true", "1"), "true or false"),
        (STEP.replace("Supported a first circle", "WOL mentor certificate"), "not a certificate"),
        (STEP.replace("required", "requird"), "'requird' is unknown"),
        ("".join(STEP.replace("first", f"n{n}") for n in range(21)), "more than 20 entries"),
        (HURDLE + HURDLE, "'P20' is there twice"),
        ('[[hurdle]]\nname = "P20"\n', "'title' is missing"),
        (HURDLE.replace("An evaluator", "An\\u0007evaluator"), "one line of text"),
        (HURDLE.replace("An evaluator", "x" * 300), "at most 200"),
    ],
)
def test_a_mistake_is_named_with_file_entry_and_key(tmp_path: Path, added: str, says: str) -> None:
    """One sentence: the file, where in it, and what to write instead."""
    with pytest.raises(KitError, match=says) as caught:
        make_rule(tmp_path, RULE_TEXT + added)
    assert "certification.toml" in str(caught.value) and "\n" not in str(caught.value)
    assert len(str(caught.value)) < 600


def test_the_rule_names_the_hurdles_that_are_graded(tmp_path: Path) -> None:
    """A hurdle that is in the rule alone, or in the blueprint alone, is a mistake; a rule may name none."""
    for file in ("certification.toml", "blueprint.toml", "panel.csv"):
        shutil.copy(EXERCISES / file, tmp_path / file)
    path = tmp_path / "certification.toml"
    text = path.read_text()
    path.write_text(text.replace('name = "P21"', 'name = "P13"'))
    with pytest.raises(KitError, match=r"apart: P13, P21"):
        read_rule(tmp_path)
    path.write_text(RULE_TEXT)
    assert read_rule(tmp_path).hurdles == ()
    assert load_rule(EXERCISES / "certification.toml").hurdles != ()
