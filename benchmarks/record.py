"""Badges a second: signed, baked and verified, by the kit and by openbadgeslib side by side; a cohort of 1,000.

Both use the same RSA key of 3,072 bits, the same picture and the same status list. "Checked" means from the
PNG on disk: take the badge out, check signature, form, dates and status against the signed list, which each
program reads anew every time, as its command does. The last line is one JSON object.
"""
# ruff: noqa: PLC0415  what only one side needs is imported where it is used

import json
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
warnings.filterwarnings("ignore", module="nbgrader")

COUNT, MENTORS, REPEATS = 300, 1_000, 3


def rate(run: Callable[[Any], object], given: Sequence[Any]) -> float:
    """Return how many of `given` a second `run` does: the median of three rounds."""
    rates = []
    for _ in range(REPEATS):
        begun = time.perf_counter()
        for each in given:
            run(each)
        rates.append(len(given) / (time.perf_counter() - begun))
    return median(rates)


def side_by_side(folder: Path) -> dict[str, list[float]]:
    """Return rates of the kit and of the peer, step by step."""
    from openbadgeslib.ob3 import Achievement, OB3Signer, OB3Verifier, OpenBadgeCredential
    from openbadgeslib.ob3 import Issuer as TheirIssuer
    from openbadgeslib.ob3.status_list import status_entry
    from record_support import ANNA, LIST_URL, URL, issuer, issuer_file, make_rule, place
    from test_record_peer import private_pem, public_pem

    from mentorkit.record import verify_file
    from mentorkit.record.badge import make_claims, sign_claims
    from mentorkit.record.bake import bake_png, bake_svg
    from mentorkit.record.picture import Words, to_png, to_svg
    from mentorkit.record.status_list import make_list

    now = datetime.now(UTC).replace(microsecond=0)
    rule, ours, words = make_rule(folder), issuer(), Words("Record", "Circles", "Beispiel", "A")
    status = folder / "revocation.jwt"
    status.write_bytes(make_list(LIST_URL, ours, [1, 2, 3], now))
    svg, png = to_svg(words, "#1f4e79"), to_png(words, "#1f4e79")
    places = [place(100 + number) for number in range(COUNT)]

    def sign(at: Any) -> bytes:
        claims = make_claims(
            rule=rule, issuer=ours.public, person=ANNA, record=b"{}", issued=now, place=at
        )
        return sign_claims(claims, ours)

    signer = OB3Signer(privkey_pem=private_pem())
    verifier = OB3Verifier(pubkey_pem=public_pem())
    theirs = OpenBadgeCredential(
        issuer=TheirIssuer(id=URL, name="Beispiel GmbH"),
        achievement=Achievement(
            id="https://example.com/a", name="Circles", description="D", criteria_narrative="C"
        ),
        recipient_id="mailto:sample@example.com",
        issuance_date=now,
    )

    def credential(at: Any) -> OpenBadgeCredential:
        entry = status_entry(LIST_URL, "revocation", at.index)
        return replace(theirs, id=at.badge, credential_status=[entry])

    def check(path: Path) -> None:
        assert verify_file(path, [issuer_file()]).ok

    def their_check(path: Path) -> None:
        token = OB3Verifier.extract_token_from_png(path.read_bytes())
        verifier.verify(token, check_status=True, download=lambda _: status.read_bytes())

    tokens = [sign(at) for at in places]
    files, their_files = [], []
    for number, at in enumerate(places):
        files.append(folder / f"{number}.badge.png")
        files[-1].write_bytes(bake_png(png, tokens[number]))
        their_files.append(folder / f"their-{number}.png")
        their_files[-1].write_bytes(signer.sign_into_png(credential(at), png))
    return {
        "signed": [rate(sign, places), rate(lambda at: signer.sign(credential(at)), places)],
        "signed and baked into SVG": [
            rate(lambda at: bake_svg(svg, sign(at)), places),
            rate(lambda at: signer.sign_into_svg(credential(at), svg.encode()), places),
        ],
        "signed and baked into PNG": [
            rate(lambda at: bake_png(png, sign(at)), places),
            rate(lambda at: signer.sign_into_png(credential(at), png), places),
        ],
        "checked": [rate(check, files), rate(their_check, their_files)],
        "their badges checked": [rate(check, their_files), rate(their_check, their_files)],
        "our badges checked": [rate(check, files), rate(their_check, files)],
    }


def cohort(folder: Path) -> dict[str, float]:
    """Return the seconds of a whole cohort: from the gradebook to files, again, and every file checked."""
    from record_support import issuer, issuer_file, make_gradebook, make_rule

    from mentorkit.record import Person, issue_records, verify_file

    people = [Person(f"m{number}", f"Sample {number}") for number in range(MENTORS)]
    db_url = make_gradebook(folder, {one.id: {"case-1": 4.0, "case-2": 6.0} for one in people})
    rule, by = make_rule(folder), issuer()

    def issue() -> None:
        issue_records(
            db_url=db_url, rule=rule, issuer=by, cohort="spring", people=people, out=folder / "records",
            now=datetime.now(UTC),
        )  # fmt: skip

    seconds = {}
    for name in ("issued", "issued again, nothing new"):
        begun = time.perf_counter()
        issue()
        seconds[name] = time.perf_counter() - begun
    begun = time.perf_counter()
    for end in (".record.json", ".badge.svg", ".badge.png"):
        for one in people:
            assert verify_file(folder / "records" / f"{one.id}{end}", [issuer_file()]).ok
    seconds["records, SVGs and PNGs checked"] = time.perf_counter() - begun
    size = sum(path.stat().st_size for path in (folder / "records").rglob("*") if path.is_file())
    seconds["megabytes"] = size / 1e6
    return seconds


def main() -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="record-"))
    try:
        (folder / "side").mkdir()
        rates = side_by_side(folder / "side")
        print(f"badges a second{'kit':>33}{'openbadgeslib':>16}")
        for step, (ours, theirs) in rates.items():
            print(f"{step:<36}{ours:>12,.0f}{theirs:>16,.0f}")
        whole = cohort(folder / "cohort")
        print(f"\na cohort of {MENTORS:,}, seconds")
        for step, value in whole.items():
            print(f"{step:<36}{value:>12.1f}")
        result = {
            "rates": {step: [round(each) for each in both] for step, both in rates.items()},
            "mentors": MENTORS,
            "cohort": {step: round(value, 2) for step, value in whole.items()},
        }
        print(json.dumps(result))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
