"""The SCORM 1.2 result package: a zip that a learning system plays, in which mentors report their own results.

The package of a cohort holds nobody's marks, name or id, in clear or sealed: what lies in a package,
everybody who may open it can fetch, and all that a learning system tells a page, the learner's id, is known
to colleagues and opens no lock. So the mentor brings the result: record and badge, chosen in the page,
checked there by the issuer's public key, matched to the signed-in learner by id, e-mail or name, shown, and
reported when the mentor says so. Uploaded once, the package stays right whatever is graded later; only of
badges revoked after the export it knows nothing.

With one mentor's results alone it becomes that mentor's own package, which needs no files: it holds their
name, id and result in clear, so the learning system must assign it to that mentor only.

No page can keep its user from telling the learning system anything: a SCORM status is a note, the signed
record is the proof. "Not yet" is reported as incomplete, never as failed, since it can still be met. Source:
ADL SCORM 1.2, Content Aggregation Model 2.3 and Run-Time Environment 3.
"""

import hashlib
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from html import escape
from pathlib import Path
from string import Template

from mentorkit.catalogue import texts
from mentorkit.record.handoff.results import MentorResult, Results
from mentorkit.record.issuer import PublicIssuer
from mentorkit.record.page import HERE as VERIFY

HERE = Path(__file__).with_name("scorm")
FILES = ("page.js", "check.js", "runtime.js", "look.css")
BADGE = ("bytes.js", "keys.js", "picture.js", "shape.js", "status.js", "token.js", "verify.js")
PREFIX = "handoff.scorm."
IMSCP = "http://www.imsproject.org/xsd/imscp_rootv1p1p2"
ADLCP = "http://www.adlnet.org/xsd/adlcp_rootv1p2"
LONGEST_TITLE = 200  # characters; imscp_rootv1p1p2.xsd
WHEN = (1980, 1, 1, 0, 0, 0)  # the zip of the same content is the same file


def make_package(results: Results, *, own: bool = False) -> bytes:
    """Return the zip: of a cohort, or with `own` of the one mentor in `results`."""
    (mentor,) = results.mentors if own else (None,)
    files = {
        "imsmanifest.xml": _manifest(results, mentor),
        "index.html": _page(results, mentor),
        **{name: (HERE / name).read_bytes() for name in FILES},
        **{f"badge/{name}": (VERIFY / name).read_bytes() for name in BADGE},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _texts(results: Results) -> dict[str, str]:
    return {
        key.removeprefix(PREFIX): text
        for key, text in texts(results.language).items()
        if key.startswith(PREFIX)
    }


def _page(results: Results, mentor: MentorResult | None) -> bytes:
    words = _texts(results)
    about = {
        "texts": words,
        "title": results.title,
        "trusted": None if mentor else _trusted(results),
        "own": _own(mentor) if mentor else None,
    }
    # "<" would end the block of data that this stands in
    data = json.dumps(about, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
    heading = words["heading_own" if mentor else "heading"]
    said = {key: escape(text) for key, text in words.items()} | {
        "heading": escape(heading),
        "title": escape(results.title),
        "language": results.language,
        "about": data,
    }
    return Template((HERE / "index.html").read_text(encoding="utf-8")).substitute(said).encode()


def _trusted(results: Results) -> dict[str, object]:
    public = PublicIssuer(results.issuer_url, results.issuer, results.keys)
    return {"issuer": json.loads(public.to_file()), "list": results.status_list}


def _own(mentor: MentorResult) -> dict[str, object]:
    hashes = []
    if mentor.email:
        salt = hashlib.sha256(f"{mentor.id}{mentor.issued}".encode()).hexdigest()[:32]
        digest = hashlib.sha256(f"{mentor.email.lower()}{salt}".encode()).hexdigest()
        hashes = [{"identityHash": f"sha256${digest}", "salt": salt}]
    return {
        "id": mentor.id,
        "name": mentor.name,
        "hashes": hashes,
        "met": mentor.met,
        "percent": mentor.percent,
    }


def _manifest(results: Results, mentor: MentorResult | None) -> bytes:
    whose = f"{results.issuer_url} {results.cohort} {mentor.id if mentor else ''}"
    number = hashlib.sha256(whose.encode()).hexdigest()[:16]
    title = results.title[:LONGEST_TITLE]
    ET.register_namespace("", IMSCP)
    ET.register_namespace("adlcp", ADLCP)
    manifest = ET.Element(f"{{{IMSCP}}}manifest", identifier=f"mentorkit-{number}", version="1.0")
    metadata = ET.SubElement(manifest, f"{{{IMSCP}}}metadata")
    ET.SubElement(metadata, f"{{{IMSCP}}}schema").text = "ADL SCORM"
    ET.SubElement(metadata, f"{{{IMSCP}}}schemaversion").text = "1.2"
    organizations = ET.SubElement(manifest, f"{{{IMSCP}}}organizations", default="course")
    course = ET.SubElement(organizations, f"{{{IMSCP}}}organization", identifier="course")
    ET.SubElement(course, f"{{{IMSCP}}}title").text = title
    item = ET.SubElement(
        course, f"{{{IMSCP}}}item", identifier="result", identifierref="page", isvisible="true"
    )
    ET.SubElement(item, f"{{{IMSCP}}}title").text = title
    resources = ET.SubElement(manifest, f"{{{IMSCP}}}resources")
    kind = {"type": "webcontent", f"{{{ADLCP}}}scormtype": "sco", "href": "index.html"}
    page = ET.SubElement(resources, f"{{{IMSCP}}}resource", {"identifier": "page", **kind})
    for name in ("index.html", *FILES, *(f"badge/{one}" for one in BADGE)):
        ET.SubElement(page, f"{{{IMSCP}}}file", href=name)
    ET.indent(manifest)
    text: bytes = ET.tostring(manifest, encoding="utf-8", xml_declaration=True)
    return text
