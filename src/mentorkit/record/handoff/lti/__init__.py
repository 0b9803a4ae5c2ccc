"""Sends grades to a learning platform by LTI 1.3 (Assignment and Grade Services 2.0).

`platform.py` reads who the platform is, `web.py` asks it, `token.py` and `calls.py` get leave and are
patient, `service.py` speaks the service, `scores.py` says what is to be sent, `sent.py` keeps what was,
`send.py` sends. Nothing here runs but by the host's command `mentorkit record send-grades`.

PyLTI1p3 2.0.0 was looked at first: it waits without limit, follows redirects and never renews a token; so
PyJWT signs, and the few requests are made here.
"""

from mentorkit.record.handoff.lti.platform import Platform, read_platform
from mentorkit.record.handoff.lti.scores import Score, scores_of
from mentorkit.record.handoff.lti.send import Sent, send_scores

__all__ = ["Platform", "Score", "Sent", "read_platform", "scores_of", "send_scores"]
