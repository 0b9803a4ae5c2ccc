"""The page that checks a badge: the same answers as Python, from a disk, without a request, for everyone."""

import base64
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_support import find_barriers
from broken_support import broken_badges, broken_lists
from playwright.sync_api import Browser, BrowserContext, Page
from record_support import ANNA, BEN, LATER, NOW, issue, issuer, issuer_file, make_list_file
from vectors_support import Vector, sample, sign, vectors

from mentorkit.catalogue import texts
from mentorkit.record import verify_file
from mentorkit.record.page import HERE, modules, verify_page
from mentorkit.record.publish import publish
from mentorkit.record.registry import load_registry, save_registry
from mentorkit.record.registry_changes import revoke
from mentorkit.record.verify import KINDS

pytestmark = pytest.mark.browser
GOOD = {"case-1": 4.0, "case-2": 6.0}
# what the page's own script does, without its screen
CHECK = """
async ([data, lists, issuers, now]) => {
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const known = {issuers: [], lists: [], revocations: []};
  for (const text of issuers) known.issuers.push((await check.sort(bytes(text))).content);
  for (const text of lists) {
    const file = bytes(text);
    const {kind, content} = await check.sort(file);
    if (kind === "revocations") known.revocations.push(content); else known.lists.push(file);
  }
  const {reason, values, stale} = await check.verify(bytes(data), null, known, now);
  return [reason, values, stale];
}
"""


def text64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that reaches nobody: any request but for a file fails the test."""
    made = browser.new_context(offline=True)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page; whatever it asks for is kept in `asked`."""
    made = context.new_page()
    yield made
    made.close()


@pytest.fixture(scope="module")
def bench(context: BrowserContext, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """The modules without the screen, as `check`."""
    from mentorkit.lab.bundle import bundle

    entry = 'import {sort, verify} from "./verify.js";\nglobalThis.check = {sort, verify};\n'
    script = bundle({**modules("en"), "bench.js": entry}, "bench.js")
    path = tmp_path_factory.mktemp("bench") / "bench.html"
    path.write_text(f'<!doctype html><meta charset="utf-8"><script type="module">{script}</script>')
    made = context.new_page()
    made.goto(path.as_uri())
    made.wait_for_function("globalThis.check !== undefined")
    yield made
    made.close()


def broken(folder: Path) -> list[Vector]:
    """Badges and lists broken at random, as the study has them by the thousand."""
    luck, clean = random.Random(21), make_list_file(folder / "clean").read_bytes()
    badges = enumerate(data for data, _ in broken_badges(folder, luck, 100))
    found = [Vector(f"broken {number}", data, (clean,)) for number, data in badges]
    good = sign(sample(folder))
    lists = enumerate(broken_lists(folder / "l", luck, 60))
    return found + [Vector(f"broken list {number}", good, (data,)) for number, data in lists]


def test_page_and_python_give_the_same_answer_to_every_vector(bench: Page, tmp_path: Path) -> None:
    """Some 300 badges, good and bad: the same reason, the same values, and so the same sentence."""
    apart, seen = [], set()
    say = texts("en")
    for number, vector in enumerate(vectors(tmp_path) + broken(tmp_path)):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "file"
        path.write_bytes(vector.data)
        lists = [folder / f"list-{place}" for place in range(len(vector.lists))]
        for file, data in zip(lists, vector.lists, strict=True):
            file.write_bytes(data)
        ours = verify_file(path, [issuer_file()], status=lists, now=vector.now)
        given = [text64(vector.data), [text64(data) for data in vector.lists]]
        trusted = [text64(issuer_file().read_bytes())]
        reason, values, stale = bench.evaluate(CHECK, [*given, trusted, vector.now.timestamp()])
        sentence = say[f"record.verify.{reason}"].format(**values)
        sentence += f" {say['record.verify.stale'].format(date=stale)}" if stale else ""
        seen.add(KINDS[reason])
        if (KINDS[reason], sentence) != (ours.kind, ours.sentence):
            apart.append((vector.name, ours.sentence, sentence))
    assert apart == []
    assert {kind.value for kind in seen} == {
        "valid", "altered", "revoked", "suspended", "expired", "not yet valid", "unknown issuer",
        "status unknown", "unknown signature", "unreadable",
    } - {"suspended"}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of Anna and Ben, with Ben's badge taken back, and what is published of it."""
    folder = tmp_path_factory.mktemp("published")
    now = NOW
    issue(folder, {"anna": GOOD, "ben": GOOD}, ANNA, BEN, now=now)
    known = load_registry(folder / "records")
    assert known
    known = revoke(known, known.of("ben"), who="t", why="w", when=now, again=False)
    save_registry(folder / "records", known)
    publish(folder / "records", issuer(), known, now, "en")
    return folder / "records"


def opened(page: Page, file: Path) -> list[str]:
    """Open a page from the disk; return what it asks for, then and later."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.clock.set_fixed_time(LATER)
    page.goto(file.as_uri())
    page.wait_for_selector("body[data-ready]")
    return asked


def answers(page: Page, *files: Path) -> list[str]:
    """Choose files; return the sentences."""
    page.set_input_files("#files", [str(file) for file in files])
    page.wait_for_function("() => document.getElementById('files').value === ''")
    return page.locator("#answers li p:first-of-type").all_inner_texts()


def test_the_published_page_answers_from_a_disk(page: Page, published: Path) -> None:
    """Issuer and list are in it: one file chosen, one answer; nothing is asked for but the page itself."""
    asked = opened(page, published / "public" / "verify.html")
    assert page.locator("#issuers").inner_text() == "Beispiel GmbH"
    (valid,) = answers(page, published / "anna.badge.png")
    assert valid.startswith("Valid: Beispiel GmbH signed this badge on 2026-03-01")
    revoked, _ = answers(page, published / "ben.badge.svg")
    assert revoked.startswith("Revoked: Beispiel GmbH")
    assert page.locator("#said").inner_text().startswith("Revoked:")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert len(asked) <= 2


def test_a_record_is_checked_together_with_its_badge(page: Page, published: Path) -> None:
    """Both files chosen: the answer is about the record too. A record with a changed point is not the one."""
    opened(page, published / "public" / "verify.html")
    pair = answers(page, published / "anna.record.json", published / "anna.badge.jwt")
    assert pair[0].startswith("Valid: Beispiel GmbH signed this record")
    record = published.parent / "changed.record.json"
    record.write_bytes(
        (published / "anna.record.json").read_bytes().replace(b'"points": 10', b'"points": 11')
    )
    opened(page, published / "public" / "verify.html")
    (changed,) = answers(page, record, published / "anna.badge.jwt")
    assert changed.startswith("Altered: this record is not the one that Beispiel GmbH signed")
    opened(page, published / "public" / "verify.html")
    (alone,) = answers(page, published / "anna.record.json")
    assert alone.startswith("Not signed: there is no badge beside this record")


def test_an_empty_page_learns_whom_to_trust(page: Page, published: Path, tmp_path: Path) -> None:
    """As in the book: unknown issuer, then issuer.json, then the list; each step changes the answer."""
    file = tmp_path / "verify.html"
    file.write_text(verify_page(), encoding="utf-8")
    opened(page, file)
    (first,) = answers(page, published / "anna.badge.jwt")
    (second,) = answers(page, published / "public" / "issuer.json")
    (third,) = answers(page, published / "public" / "revocation.jwt")
    assert [text.split(":")[0] for text in (first, second, third)] == [
        "Unknown issuer", "Status unknown", "Valid",
    ]  # fmt: skip
    assert "from now on this page trusts" not in page.locator("#notes").inner_text()
    answers(page, published / "public" / "issuer.json")
    assert "trusts its issuer" in page.locator("#notes").inner_text()


def test_a_file_can_be_dropped_anywhere(page: Page, published: Path) -> None:
    """The drop is taken by the page, not opened by the browser."""
    opened(page, published / "public" / "verify.html")
    data = text64((published / "anna.badge.jwt").read_bytes())
    transfer = page.evaluate_handle(
        """(text) => {
          const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
          const transfer = new DataTransfer();
          transfer.items.add(new File([bytes], "anna.badge.jwt"));
          return transfer;
        }""",
        data,
    )
    page.dispatch_event("h1", "drop", {"dataTransfer": transfer})
    page.wait_for_selector("#answers .good")


def test_hostile_files_cannot_run_or_ask_anything(
    page: Page, published: Path, tmp_path: Path
) -> None:
    """A script in an SVG, in a file's name, in an issuer's name: text, if anything; the policy stands."""
    asked = opened(page, published / "public" / "verify.html")
    svg = tmp_path / "<img src=x onerror=alert(1)>.svg"
    svg.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" onload="window.hit = 1"><script>window.hit = 1</script>'
        '<image href="http://127.0.0.1:9/x"/></svg>'
    )
    name = "<b onmouseover=alert(1)>" + "x" * 200
    claims: dict[str, Any] = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "id": "x", "jti": "x", "type": ["VerifiableCredential", "OpenBadgeCredential"], "nbf": 0,
        "issuer": {"id": "y", "name": name}, "iss": "y", "validFrom": "1970-01-01T00:00:00Z",
        "credentialSubject": {"achievement": {"name": "z"}},
    }  # fmt: skip
    forged = tmp_path / "forged.jwt"
    forged.write_bytes(sign(claims))
    unknown, no_badge = answers(page, svg, forged)
    assert no_badge.startswith("Unreadable: this picture has no badge inside")
    assert unknown.startswith("Unknown issuer: the badge is whole")
    assert "x" * 80 not in unknown
    assert page.locator("#answers b, #answers img").count() == 0
    assert page.evaluate("window.hit") is None
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    blocked = page.evaluate("fetch('https://example.com/').then(() => 'sent', () => 'blocked')")
    assert blocked == "blocked"
    policy = page.get_attribute("meta[http-equiv]", "content") or ""
    assert "connect-src 'none'" in policy and "unsafe" not in policy


def test_the_page_is_for_everyone(page: Page, published: Path) -> None:
    """No barrier that axe knows, light and dark, empty and with answers; the keyboard reaches the choice."""
    looks: set[str] = set()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        opened(page, published / "public" / "verify.html")
        assert find_barriers(page, looks) == []
        answers(page, published / "anna.badge.jwt", published / "ben.badge.jwt")
        assert find_barriers(page, looks) == []
    page.reload()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "files"
    page.set_viewport_size({"width": 320, "height": 640})  # 1280 pixels at 400 %
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_an_old_list_is_named_as_old_here_too(page: Page, published: Path) -> None:
    """A page saved a month ago says from when its list is."""
    page.clock.set_fixed_time(LATER + timedelta(days=30))
    page.goto((published / "public" / "verify.html").as_uri())
    page.wait_for_selector("body[data-ready]")
    (valid,) = answers(page, published / "anna.badge.jwt")
    assert "older than its issuer advises" in valid


def test_the_modules_are_small_and_need_nobody() -> None:
    """No module over 150 lines, no import but of each other, no way to send."""
    for path in HERE.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert len(text.splitlines()) <= 150, path.name
        for word in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "innerHTML", "eval("):
            assert word not in text, (path.name, word)
