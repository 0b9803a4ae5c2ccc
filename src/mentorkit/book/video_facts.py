"""What stands about a video: facts, status and tags as HTML, told as honestly as the entry does.

Knows texts and entries; not where it will stand. Every word from an entry is escaped.
"""

from collections.abc import Callable, Sequence
from html import escape

from mentorkit.book.problem_finder import card_address
from mentorkit.catalogue import Problem, catalogue
from mentorkit.videos import Video, clock

Said = dict[str, str]
Link = Callable[[str], tuple[str, str] | None]  # a page of the book → its address and title


def language_name(code: str, said: Said) -> str:
    """Return a language by its name, or its code where there is no word for it."""
    return said.get(f"videos.language.{code}", code.upper())


def topic_name(topic: str, said: Said) -> str:
    """Return a topic's heading; a company's own topic is its own name."""
    return said.get(f"videos.topic.{topic}", topic.replace("-", " ").capitalize())


def facts(video: Video, said: Said) -> str:
    """Return one line: kind, speakers, date, languages, length, where it leads, licence."""
    maybe = f" ({said['videos.fact.unverified']})"

    def told(name: str, text: str) -> str:
        return text + (maybe if name in video.unverified else "")

    parts = [said[f"videos.kind.{video.kind}"]]
    if video.speakers:
        parts.append(told("speakers", ", ".join(video.speakers)))
    date = video.date.replace("/", "–")
    parts.append(told("date", said["videos.fact.unknown-date"] if date == "unknown" else date))
    parts.append(told("languages", _names(video.languages, said)))
    if video.subtitles:
        names = _names(video.subtitles, said)
        parts.append(said["videos.fact.subtitles"].format(languages=names))
    unknown = said["videos.fact.unknown-length"]
    parts.append(told("duration", clock(video.duration) if video.duration else unknown))
    if video.captions:
        parts.append(said["videos.fact.captions"])
    if video.licence != "unknown":
        parts.append(told("licence", said["videos.fact.licence"].format(licence=video.licence)))
    return escape(" · ".join(parts))


def _names(codes: Sequence[str], said: Said) -> str:
    return ", ".join(language_name(code, said) for code in codes)


def where(video: Video, said: Said) -> str:
    """Return where a click on the title leads, in words."""
    if not video.address:
        return said["videos.fact.here"]
    key = {"page": "page", "playlist": "playlist", "mention": "mention"}.get(
        video.leads_to, "opens"
    )
    return said[f"videos.fact.{key}"].format(host=video.host)


def status(video: Video, said: Said) -> str:
    """Return what we know about whether it is there."""
    key = "ok-file" if video.status == "ok" and not video.address else video.status
    return said[f"videos.status.{key}"].format(date=video.last_checked)


def tags(video: Video, said: Said, link: Link) -> str:
    """Return what it may help with: problems, weeks, and pages of the book that exist."""
    known = catalogue().problems
    rows = []
    names = [_card(known[id], link) for id in video.problems if id in known]
    if names:
        rows.append((said["videos.fact.problems"], ", ".join(names)))
    if video.weeks:
        rows.append((said["videos.fact.weeks"], ", ".join(map(str, video.weeks))))
    pages = [found for name in video.modules if (found := link(f"course/{name}"))]
    if pages:
        links = (f'<a href="{escape(to, quote=True)}">{escape(title)}</a>' for to, title in pages)
        rows.append((said["videos.fact.modules"], ", ".join(links)))
    return "".join(
        f'<span class="bk-video-tag">{escape(lead)} {text}</span> ' for lead, text in rows
    )


def _card(problem: Problem, link: Link) -> str:
    """Return a problem's name as HTML, with the way to its card where the book has one."""
    page, _, anchor = card_address(problem).partition("#")
    has_card = problem.graded or problem.kind == "look-alike"  # the reserve has none
    found = link(f"course/toolbox/{page.removesuffix('.html')}") if has_card else None
    name = escape(problem.name)
    return f'<a href="{escape(found[0], quote=True)}#{anchor}">{name}</a>' if found else name


def about(video: Video, said: Said, link: Link) -> str:
    """Return everything below the title as HTML."""
    own = f"<strong>{escape(said['videos.fact.own'])}</strong> · " if video.own else ""
    note = f'<p class="bk-video-note">{escape(video.note)}</p>' if video.note else ""
    tagged = tags(video, said, link)
    return (
        f'<p class="bk-video-facts">{own}{facts(video, said)}</p>'
        f'<p class="bk-video-status bk-video-status--{video.status}">{escape(status(video, said))}</p>{note}'
        + (f'<p class="bk-video-tags">{tagged}</p>' if tagged else "")
    )
