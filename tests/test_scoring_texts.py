"""Every sentence that scoring may say is in the texts, and every piece and sign has a label."""

import re
from pathlib import Path

from scoring_support import SAY

from mentorkit.grading import kinds
from mentorkit.grading.kinds.own_rules import COUNTED, SIGNS
from mentorkit.grading.kinds.pieces import CHANNELS, all_pieces, channel_of_piece, label_of

USED = re.compile(r'"((?:triage|diagnosis|response|playbook)\.[a-z_]+[a-z])"')


def test_every_sentence_is_in_the_texts() -> None:
    """No reason, refusal or label of a form is missing."""
    sources = Path(kinds.__file__).parent.glob("*.py")
    used = {key for source in sources for key in USED.findall(source.read_text(encoding="utf-8"))}
    assert len(used) > 50
    assert used - set(SAY) == set()


def test_every_piece_and_sign_has_a_label() -> None:
    """What can be marked or waited for is named in words, and every sign can still be counted."""
    assert COUNTED == SIGNS
    assert all(label_of(piece, SAY) != piece for piece in all_pieces())
    assert {channel_of_piece(piece) for piece in all_pieces()} == set(CHANNELS)
    assert all(SAY[f"playbook.sign.{sign}"] for sign in SIGNS)
