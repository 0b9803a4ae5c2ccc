"""Collects what mentors have given their own word for, into the file of what people vouch for.

A word counts if the rule asks for the mentor's own, its proof is the mentor's, and nothing was noted of that
step since it was given: so it is added once, and one that a trainer took back stays taken back.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain

from mentorkit.grading.signature import mentor_key
from mentorkit.record.attestations import DONE, Attestation, keep_attestation
from mentorkit.record.rule_parts import MENTOR
from mentorkit.workshop.alone import alone
from mentorkit.workshop.attesting import attested
from mentorkit.workshop.own_word import EARLIEST, OwnWord, read_word, words_place
from mentorkit.workshop.places import CohortFolder
from mentorkit.workshop.roster import Mentor, read_roster
from mentorkit.workshop.rules import read_rule

AHEAD = timedelta(days=1)  # how far a mentor's clock or time zone may be ahead
WHY = "the mentor’s own word"


@dataclass(frozen=True)
class Gathered:
    """The ids of those whose word is new, and a sentence for each word that was refused."""

    new: tuple[str, ...]
    refused: tuple[str, ...]


def gather_words(cohort: CohortFolder) -> Gathered:
    """Add every new word to what is noted. Raises KitError where the rule or the files cannot be read."""
    steps = [step.name for step in read_rule(cohort.root).steps if step.attested_by == MENTOR]
    if not steps:
        return Gathered((), ())
    new: list[str] = []
    refused: list[str] = []
    given = chain.from_iterable(
        _given(cohort, mentor, steps, refused) for mentor in read_roster(cohort.roster)
    )
    found = list(given)
    if not found:
        return Gathered((), tuple(refused))
    with alone(cohort):
        noted = attested(cohort)
        for mentor, word in found:
            lines = [one for one in noted.of(mentor.id) if one.about == word.step]
            if any(one.when >= word.when for one in lines):
                continue
            line = Attestation(word.when, mentor.name, mentor.id, word.step, DONE, word.on, WHY)
            keep_attestation(cohort.attestations, line)
            new.append(mentor.id)
    return Gathered(tuple(new), tuple(refused))


def _given(
    cohort: CohortFolder, mentor: Mentor, steps: list[str], refused: list[str]
) -> Iterator[tuple[Mentor, OwnWord]]:
    """Yield the words of one mentor that are in order; the others get a sentence in `refused`."""
    key = mentor_key(cohort.secret(), cohort.name, mentor.id)
    place = words_place(cohort.workspace.exchange / cohort.name / "inbound", mentor.id, key)
    for step in steps:
        path = place / f"{step}.json"
        try:
            word = read_word(path, cohort=cohort.name, id=mentor.id, key=key)
            now = datetime.now(UTC)
            if word.when > now + AHEAD:
                raise ValueError("it was given in the future")
            if not EARLIEST <= word.on <= (word.when + AHEAD).date():
                raise ValueError("its day had not come when it was given")
        except (FileNotFoundError, NotADirectoryError):
            continue
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            refused.append(f"Own word of {mentor.id} for '{step}' refused: {why}.")
        else:
            yield mentor, word
