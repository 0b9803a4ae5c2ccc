"""The list of talks and videos, and the page that plays one: honest, quiet, whole without a script."""

import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_support import find_barriers
from playwright.sync_api import Browser, Page, expect
from videos_support import CAPTIONS, INDEX, new_index
from watch_support import Watch

from mentorkit.book import search_index
from mentorkit.book.video_data import as_script, video_object
from mentorkit.book.video_facts import about, facts
from mentorkit.book.video_page import copy_files, describe, make_pages
from mentorkit.catalogue import texts
from mentorkit.videos import Video, load

LIST, PLAYER = "course/toolbox/videos.html", "videos/sample-chat-club.html"


@pytest.fixture(scope="module")
def reader(browser: Browser, book_below: str) -> Iterator[Page]:
    """Return a reader at the list."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(book_below + LIST)
    yield page
    page.context.close()


def data_of(file: Path) -> list[dict[str, Any]]:
    """Return the page's schema.org objects."""
    found = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', file.read_text(), re.DOTALL
    )
    assert found
    graph: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return graph


def test_every_video_of_the_index_stands_in_the_list(book_html: Path) -> None:
    """All of them, as links that send no word of where the reader came from; every address unchecked."""
    page = unescape((book_html / LIST).read_text(encoding="utf-8"))
    videos = load(INDEX, []).videos
    for video in videos:
        assert video.title in page
        if video.address:
            assert f'href="{video.address}" rel="external noreferrer noopener"' in page
    assert page.count("Unchecked: nobody has opened") == sum(bool(v.address) for v in videos) == 44
    assert not re.search(r"<(iframe|embed|object|img|video)[^>]*https?:", page)


def test_what_is_only_believed_is_marked(book_html: Path) -> None:
    """Speakers that the research has from memory say so, and do not stand in the data for machines."""
    video = next(v for v in load(INDEX, []).videos if v.id == "skill-first-follower")
    assert "Derek Sivers (not verified)" in facts(video, texts())
    assert "actor" not in video_object(video)
    names = {one["name"]: one for one in data_of(book_html / LIST)}
    assert len(names) == 45 and "actor" not in names[video.title]


def test_data_names_the_parts_of_a_talk(book_html: Path) -> None:
    """Each chapter is a clip with its seconds and an address that leads there."""
    (talk,) = data_of(book_html / PLAYER)
    parts = talk["hasPart"]
    assert (talk["@type"], talk["duration"], len(parts)) == ("VideoObject", "PT133S", 5)
    assert parts[1]["url"].endswith("#t=27") and parts[0]["startOffset"] == 0
    assert all(one["endOffset"] == two["startOffset"] for one, two in pairwise(parts))


def made(folder: Path, **changed: Any) -> Video:
    """Return one entry of a small index."""
    return load(new_index(folder, one=changed)).videos[0]


def test_words_of_an_entry_never_become_marks(tmp_path: Path) -> None:
    """Whatever stands in an entry or in captions is text, in the page and in the data."""
    evil = "<script>alert(1)</script></script>&"
    video = made(tmp_path, title=evil, speakers=[evil], note=evil, topics=["own"])
    said = texts()
    assert "<script>" not in about(video, said, lambda name: None)
    assert as_script(video_object(video)).count("<") == 2
    (tmp_path / "one.vtt").write_text(CAPTIONS.replace("Good morning", "&lt;script&gt;Good"))
    with_words = replace(video, captions={"en": tmp_path / "one.vtt"})
    shown = describe(with_words, said, lambda name: None)
    assert shown["spoken"][0][2][0].text.startswith("<script>Good")  # the template escapes it


@pytest.mark.browser
def test_filter_says_how_many_are_left(reader: Page) -> None:
    """Language, topic, audience, problem and words; every change is announced; nothing is asked for."""
    watch = Watch(reader, reader.url)
    count = reader.locator(".bk-video-count")
    expect(count).to_have_text("45 of 45 shown")
    reader.get_by_role("combobox", name="Problem").select_option("Chat club")
    expect(count).to_have_text("1 of 45 shown")
    assert reader.locator(".bk-video-items > li:visible").count() == 1
    reader.get_by_role("combobox", name="Language").select_option("German")
    expect(count).to_contain_text("Nothing fits")
    assert reader.locator(".bk-video-group:visible").count() == 0
    reader.get_by_role("button", name="Show all").click()
    expect(count).to_have_text("45 of 45 shown")
    reader.get_by_role("searchbox", name="Words in title").fill("krentz bosch")
    expect(count).to_have_text("2 of 45 shown")
    assert find_barriers(reader) == []
    reader.get_by_role("button", name="Show all").click()
    assert watch.foreign == []


@pytest.mark.browser
def test_talk_jumps_to_the_second_and_starts_by_itself_never(reader: Page, book_below: str) -> None:
    """From an address, from a time in the words, and on a server that sends no parts of files."""
    watch = Watch(reader, book_below)
    reader.goto(f"{book_below}{PLAYER}#t=27")
    told = reader.locator(".bk-video-at")
    expect(told).to_contain_text("stands at 0:27")
    reader.get_by_role("link", name="1:52 Before you go").click()
    expect(told).to_contain_text("stands at 1:52")
    state = reader.evaluate(
        "(({currentTime, paused}) => [currentTime, paused])(document.querySelector('video'))"
    )
    assert state == [112, True]
    assert reader.locator(".bk-here").count() == 1
    tracks = reader.evaluate(
        "[...document.querySelector('video').textTracks].map((t) => [t.kind, t.mode])"
    )
    assert tracks[0] == ["captions", "showing"]
    assert (watch.foreign, watch.complaints) == ([], [])


@pytest.mark.browser
def test_list_and_words_are_whole_without_a_script(browser: Browser, book_below: str) -> None:
    """The list has no dead controls; a time in an address leads to the passage."""
    fresh = browser.new_context(java_script_enabled=False)
    page = fresh.new_page()
    page.goto(book_below + LIST)
    assert page.locator(".bk-video-items > li:visible").count() == 45
    assert not page.locator(".bk-video-filter").is_visible()
    page.goto(f"{book_below}{PLAYER}#t=81")
    assert page.get_by_text("Write to the facilitator").is_visible()
    fresh.close()


def a_build(out: Path) -> Any:
    """Return just enough of Sphinx for the index: no pages."""
    config = SimpleNamespace(
        language="en", mentorkit_video_index=str(INDEX), mentorkit_video_libraries=[]
    )
    env = SimpleNamespace(all_docs={}, found_docs=set())
    return SimpleNamespace(
        outdir=out, confdir=INDEX, config=config, env=env, builder=SimpleNamespace(format="html")
    )


@pytest.mark.parametrize("binary", ["absent", "broken"])
def test_without_pagefind_the_book_says_what_to_do(
    binary: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One warning with the command to run; yesterday's index, which would mislead, is gone."""
    program = tmp_path / "pagefind"
    if binary == "broken":
        program.write_text("#!/bin/sh\nexit 3\n")
        program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    monkeypatch.setattr(search_index, "PATIENCE", 2.0)
    said: list[str] = []
    monkeypatch.setattr(search_index.log, "warning", lambda text, *rest: said.append(text % rest))
    old = tmp_path / "_pagefind"
    old.mkdir()
    search_index.make_index(a_build(tmp_path), None)
    assert len(said) == 1 and "pip install 'pagefind[bin]'" in said[0]
    assert not old.exists()


def test_company_film_plays_from_beside_the_book(tmp_path: Path) -> None:
    """A library named in the configuration gets its pages; its files are copied once, and go when it goes."""
    film = {"file": "film.mp4", "captions": {"en": "film.en.vtt"}, "address": None}
    library = new_index(tmp_path / "talks", ours=film | {"leads_to": None, "seen_in": None})
    (library / "film.mp4").write_bytes(b"no real film")
    (library / "film.en.vtt").write_text(CAPTIONS)
    out = tmp_path / "out"
    out.mkdir()
    app = a_build(out)
    app.config.mentorkit_video_libraries = [str(library)]
    app.env.found_docs = set()
    pages = {name: context["mk_video"] for name, context, _ in make_pages(app)}
    film_page = pages["videos/ours"]
    assert (film_page["file"], film_page["type"]) == ("_videos/film.mp4", "video/mp4")
    assert [passage.second for passage in film_page["spoken"][0][2]] == [0, 30]
    copy_files(app, None)
    assert (out / "_videos" / "film.mp4").read_bytes() == b"no real film"
    app.config.mentorkit_video_libraries = []
    copy_files(app, None)
    assert {file.name for file in (out / "_videos").iterdir()} == {
        "sample-chat-club.webm", "sample-chat-club.en.vtt", "sample-chat-club.chapters.vtt",
    }  # fmt: skip


def test_a_thousand_passages_are_indexed_in_seconds(tmp_path: Path) -> None:
    """A company with hundreds of talks can still build its book."""
    cues = "".join(
        f"\n{n // 60:02}:{n % 60:02}.000 --> {(n + 30) // 60:02}:{(n + 30) % 60:02}.000\nWe say number {n}.\n"
        for n in range(0, 3000, 30)
    )
    many = {f"talk-{n}": {"captions": {"en": "all.vtt"}, "duration": 3600} for n in range(10)}
    library = new_index(tmp_path / "talks", **many)
    (library / "all.vtt").write_text(f"WEBVTT\n{cues}")
    app = a_build(tmp_path)
    app.config.mentorkit_video_libraries = [str(library)]
    start = time.monotonic()
    search_index.make_index(app, None)
    assert time.monotonic() - start < 20
    counted = json.loads((tmp_path / "_pagefind" / "pagefind-entry.json").read_text())
    assert counted["languages"]["en"]["page_count"] > 1000
