"""The rule in plain words: on the record, in the badge's criteria and on a page of the book, from one place."""

from collections.abc import Iterator, Mapping

from mentorkit.catalogue import texts
from mentorkit.record.rule import Rule
from mentorkit.record.rule_parts import StepRule

Say = Mapping[str, str]


def percent(share: float) -> str:
    """Return a fraction of the points as a person writes it: 60, or 57.5."""
    return f"{round(share * 100, 4):g}"


def rule_text(rule: Rule) -> list[str]:
    """Return the whole rule, a sentence or two a line: exercises, repeats, hurdles, days, steps, end."""
    say = texts(rule.language)
    return [
        say["record.rule.intro"],
        *exercise_lines(rule),
        say["record.rule.repeat"],
        *hurdle_lines(rule),
        *other_lines(rule),
    ]


def exercise_lines(rule: Rule) -> list[str]:
    """Return what each exercise asks for."""
    say = texts(rule.language)
    return [
        say[f"record.rule.{'assignment' if each.low >= each.cut else 'banded'}"].format(
            title=each.title,
            percent=percent(each.cut),
            low=percent(each.low),
            source=each.cut_source,
        )
        for each in rule.assignments
    ]


def hurdle_lines(rule: Rule) -> list[str]:
    """Return what no points make good, and at which problems."""
    say = texts(rule.language)
    named = [say["record.rule.hurdle.at"].format(title=each.title) for each in rule.hurdles]
    return [say["record.rule.hurdle"], *named]


def other_lines(rule: Rule) -> list[str]:
    """Return what is asked outside the exercises: days in the room, each step with its time, an end."""
    return list(_other(rule, texts(rule.language)))


def _other(rule: Rule, say: Say) -> Iterator[str]:
    if rule.days:
        key = "day" if rule.days == 1 else "days"
        yield say[f"record.rule.{key}"].format(days=rule.days)
    for step in rule.steps:
        yield " ".join(_step(step, say))
    if rule.valid_for is None:
        yield say["record.rule.valid.always"]
    else:
        count, unit = rule.valid_for.count, rule.valid_for.unit
        key = f"record.rule.valid.{unit}{'' if count == 1 else 's'}"
        yield f"{say[key].format(count=count)} {say['record.rule.valid.then']}"


def _step(step: StepRule, say: Say) -> Iterator[str]:
    yield say[f"record.rule.step.after.{step.after}"].format(title=step.title, days=step.within)
    if step.extensions:
        many = "once" if step.extensions == 1 else "often"
        yield say[f"record.rule.step.extended.{many}"].format(
            times=step.extensions, days=step.extended_by
        )
    yield say[f"record.rule.step.by.{step.attested_by}"]
    yield say[f"record.rule.step.{'required' if step.required else 'later'}"]
