"""A cohort's pass rule, checked beside its blueprint: the rule names the hurdles that are graded."""

from pathlib import Path

from mentorkit.cases import load_course
from mentorkit.errors import KitError
from mentorkit.record.rule import Rule, load_rule

RULE, BLUEPRINT = "certification.toml", "blueprint.toml"


def read_rule(folder: Path) -> Rule:
    """Return the rule in `folder`. Raises KitError with file, key and what to mend.

    A rule that names no hurdles says nothing of them; one that does must name those of the blueprint.
    """
    rule = load_rule(folder / RULE)
    if rule.hurdles:
        named = {hurdle.name for hurdle in rule.hurdles}
        graded = set(load_course(folder / BLUEPRINT).hurdles)
        if named != graded:
            apart = ", ".join(sorted(named ^ graded))
            raise KitError(
                f"{folder / RULE}, [[hurdle]]: the rule and 'hurdles' in {BLUEPRINT} do not name the same "
                f"problems (apart: {apart}). Make both the same, so that the rule says what is graded."
            )
    return rule
