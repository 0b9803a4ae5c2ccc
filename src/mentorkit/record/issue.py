"""Writing a cohort's records and badges: what changed is written, what was earned stays.

Puts the pieces of this room together: gradebook, rule, record, badge. A badge once earned is never
taken away here: where today's grades would not award it, record and badge stay and it is said.

Killed at any moment, it is run again and ends as if nothing had happened: records come first, then a
place in the status list for every badge to come, then the badges, their pictures, and what is published.
Each file is written whole, and each step finds what the one before it left.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from mentorkit.catalogue import texts
from mentorkit.errors import KitError
from mentorkit.files import write_atomic
from mentorkit.record.attested import Attested
from mentorkit.record.badge import digest_uri, make_claims, sign_claims
from mentorkit.record.badge_file import RefusedError
from mentorkit.record.bake import LARGEST as LARGEST_PICTURE
from mentorkit.record.bake import bake_png, bake_svg, extract
from mentorkit.record.document import Document, make_record
from mentorkit.record.gradebook import read_grades
from mentorkit.record.issuer import Issuer
from mentorkit.record.outcome import Issued, outcome_of
from mentorkit.record.person import Person, check_people
from mentorkit.record.picture import COLOUR, Words, check_colour, to_png, to_svg
from mentorkit.record.plan import Plan, make_plan
from mentorkit.record.publish import FOLDER, publish
from mentorkit.record.registry import Registry, check_base, load_registry, reserve, save_registry
from mentorkit.record.rule import Rule
from mentorkit.record.standing import Noted
from mentorkit.record.strict_json import read_bytes
from mentorkit.record.verify import BADGE_END, PICTURE_ENDS

# what write_atomic calls a file of this room until it is whole
UNFINISHED = re.compile(
    r"\.(.+\.(record\.(json|html)|badge\.(jwt|svg|png))|(status|issuer|revocations)\.json|revocation\.jwt"
    r"|verify\.html)\.[a-z0-9_]{8}"
)
PRIVATE = 0o600  # a mentor's results are for the mentor and those who grade


def _bake(badge_path: Path, words: Words, colour: str) -> None:
    """Write the badge's pictures where they are missing or hold another badge."""
    token = badge_path.read_bytes()
    for end in PICTURE_ENDS:
        path = badge_path.with_name(badge_path.name.removesuffix(BADGE_END) + end)
        data = read_bytes(path, LARGEST_PICTURE) if path.is_file() else None
        try:
            if data and extract(data) == token:
                continue
        except RefusedError:
            pass
        svg = end.endswith("svg")
        baked = (
            bake_svg(to_svg(words, colour), token)
            if svg
            else bake_png(to_png(words, colour), token)
        )
        write_atomic(path, baked, mode=PRIVATE)


def make_records(
    *,
    db_url: str,
    rule: Rule,
    issuer: str,
    cohort: str,
    people: Sequence[Person],
    now: datetime,
    noted: Mapping[tuple[str, str], Noted] | None = None,
    attested: Attested | None = None,
) -> list[Document]:
    """Return the record of each of `people` by today's grades, and write nothing.

    `issuer` is the company's name, `now` needs a time zone; `noted` says what the gradebook cannot, by
    (mentor's id, assignment); `attested` what people vouch for. Raises KitError for a gradebook or a roster
    that cannot be read.
    """
    if now.tzinfo is None:
        raise KitError("The time of issue needs a time zone. Give it in UTC.")
    check_people(people)
    grades = read_grades(db_url)
    return [
        make_record(
            rule=rule,
            grades=grades,
            person=person,
            cohort=cohort,
            issuer=issuer,
            issued=now.replace(microsecond=0),
            noted=noted,
            attested=attested,
        )
        for person in people
    ]


def _registry(out: Path, base: str) -> Registry:
    """Return the registry of `out`, a new one if need be. Raises KitError where its address has changed."""
    found = load_registry(out)
    if found is None:
        return Registry(base)
    if found.base != base and found.entries:
        raise KitError(
            f"Badges of this cohort name {found.base} as the place of their status list, which "
            f"cannot change any more. Set `published` in cohort.toml back from {base}."
        )
    return Registry(base, found.entries, found.log)


def _sweep(out: Path) -> None:
    """Remove what a killed run left unfinished: the files that write_atomic had not yet moved."""
    for folder in (out, out / FOLDER):
        for path in folder.glob(".*.????????"):
            if UNFINISHED.fullmatch(path.name):
                path.unlink(missing_ok=True)


def issue_records(
    *,
    db_url: str,
    rule: Rule,
    issuer: Issuer,
    cohort: str,
    people: Sequence[Person],
    out: Path,
    now: datetime,
    noted: Mapping[tuple[str, str], Noted] | None = None,
    attested: Attested | None = None,
    published: str | None = None,
    colour: str = COLOUR,
    home: Callable[[Person], Path] | None = None,
) -> list[Issued]:
    """Write `<out>/<id>.record.json` for everyone, and where it is earned `<id>.badge.jwt`, .svg and .png.

    As make_records, then to files. `published` is the web address (with a slash at its end) at which the
    folder `<out>/public` will stand; below the issuer's own if left out. `home` says where else each person's
    own files go. Running again with the same grades leaves every file as it is, byte for byte. Raises
    KitError before anything is written.
    """
    check_colour(colour)
    if published is None:
        published = f"{issuer.public.id.rstrip('/')}/records/{cohort}/"
    check_base(published)
    records = make_records(
        db_url=db_url,
        rule=rule,
        issuer=issuer.public.name,
        cohort=cohort,
        people=people,
        now=now,
        noted=noted,
        attested=attested,
    )
    now = now.replace(microsecond=0)
    registry = _registry(out, published)
    plans = [
        make_plan(record, person, issuer, registry, home(person) if home else out)
        for record, person in zip(records, people, strict=True)
    ]
    _write(plans, registry, rule=rule, issuer=issuer, out=out, now=now, colour=colour)
    return [outcome_of(plan, rule, now) for plan in plans]


def _write(
    plans: Sequence[Plan],
    registry: Registry,
    *,
    rule: Rule,
    issuer: Issuer,
    out: Path,
    now: datetime,
    colour: str,
) -> None:
    for folder in {out, *(plan.path.parent for plan in plans)}:
        _sweep(folder)
    for plan in plans:
        if plan.changed and not plan.kept:
            write_atomic(plan.path, plan.data, mode=PRIVATE)
    signing = [plan for plan in plans if plan.signs]
    wanted = [(plan.person.id, digest_uri(plan.data)) for plan in signing]
    reserved, places = reserve(registry, wanted, issuer.public.keys[0]["kid"])
    if reserved != load_registry(out):
        save_registry(out, reserved)
    for plan, place in zip(signing, places, strict=True):
        claims = make_claims(
            rule=rule,
            issuer=issuer.public,
            person=plan.person,
            record=plan.data,
            issued=now,
            place=place,
        )
        write_atomic(plan.badge_path, sign_claims(claims, issuer), mode=PRIVATE)
    say = texts(rule.language)
    about = {"kind": say["record.kind"], "title": rule.title, "issuer": issuer.public.name}
    words = Words(**about, alt=say["record.badge.picture"].format(**about))
    for plan in plans:
        stays = plan.kept and not plan.signs
        if plan.badge_path.is_file() and not stays and not plan.revoked:
            _bake(plan.badge_path, words, colour)
    newest = max([int(now.timestamp())] if signing else [0, *(plan.since for plan in plans)])
    publish(out, issuer, reserved, now, rule.language, newest)
