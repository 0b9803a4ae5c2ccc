"""Sends scores, each once: what was sent is left out, what may have arrived is looked up first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mentorkit.record.handoff.lti.calls import TRIES, MaybeArrivedError
from mentorkit.record.handoff.lti.scores import Score
from mentorkit.record.handoff.lti.sent import SentScores
from mentorkit.record.handoff.lti.service import NotTakenError, Service

Say = Callable[[int, int], None]


@dataclass
class Sent:
    """What happened: scores sent now, those sent before, and by (mentor, line) why one was not taken."""

    now: int = 0
    before: int = 0
    refused: dict[tuple[str, str], str] = field(default_factory=dict)


def send_scores(scores: Sequence[Score], service: Service, known: SentScores, say: Say) -> Sent:
    """Send `scores`; `say(done, of)` after each. Raises KitError where going on makes no sense."""
    outcome, addresses = Sent(), {}
    for number, score in enumerate(scores, 1):
        user, state = service.platform.user(score.mentor), known.state(score)
        if state == "sent":
            outcome.before += 1
        elif user is None:
            outcome.refused[score.mentor, score.line.tag] = "no user_id is known for this id"
        else:
            if score.line.tag not in addresses:
                addresses[score.line.tag] = service.find_line(score.line)
            address = addresses[score.line.tag]
            if state == "sending" and service.has(address, score, user):
                outcome.before += 1
                known.note(score, "sent")
            else:
                _send_one(score, address, user, service, known, outcome)
        say(number, len(scores))
    return outcome


def _send_one(
    score: Score, address: str, user: str, service: Service, known: SentScores, outcome: Sent
) -> None:
    known.note(score, "sending")
    try:
        for _ in range(TRIES - 1):
            try:
                service.post(address, score, user)
                break
            except MaybeArrivedError:
                if service.has(address, score, user):
                    break
        else:
            service.post(address, score, user)
    except NotTakenError as error:
        known.note(score, "refused")  # and tried again at the next run
        outcome.refused[score.mentor, score.line.tag] = str(error)
    else:
        known.note(score, "sent")
        outcome.now += 1
