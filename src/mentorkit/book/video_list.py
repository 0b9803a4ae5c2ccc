"""`video-list`: every talk and video of the index, to browse by topic and to filter.

Without a script it is a plain list. With one, native controls filter it (`static/videos.js`). Links only:
nothing of a video is loaded here.
"""

from collections.abc import Iterable
from html import escape
from typing import Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from mentorkit.book.panel import pass_through
from mentorkit.book.video_data import as_script, video_object
from mentorkit.book.video_facts import Said, about, language_name, topic_name, where
from mentorkit.book.video_index import page_name, videos_of
from mentorkit.book.words import words
from mentorkit.catalogue import catalogue
from mentorkit.errors import KitError
from mentorkit.videos import Video

OUTSIDE = 'rel="external noreferrer noopener" referrerpolicy="no-referrer"'


class VideoList(nodes.General, nodes.Element):
    """The list; attribute `videos` holds the entries, `said` the texts."""


class VideoListDirective(SphinxDirective):
    """The list of everything that may be shown."""

    def run(self) -> list[nodes.Node]:
        """Return the list, or an error that names file and line."""
        said = words(self.config)
        self.env.note_reread()  # new entries, too: a page cannot depend on a file that is not there yet
        try:
            index = videos_of(self.config, self.env.app.confdir)
        except KitError as error:
            raise self.error(said["videos.wrong"].format(fault=error)) from error
        return [VideoList(videos=index.videos, said=said)]


def grouped(videos: Iterable[Video], said: Said) -> dict[str, list[Video]]:
    """Return the videos by their first topic: a company's own groups first, then in the texts' order."""
    order = [key.removeprefix("videos.topic.") for key in said if key.startswith("videos.topic.")]
    groups: dict[str, list[Video]] = {}
    for video in videos:
        groups.setdefault(video.topics[0], []).append(video)

    def place(topic: str) -> tuple[bool, int, str]:
        own = any(video.own for video in groups[topic])
        return not own, order.index(topic) if topic in order else len(order), topic

    return {
        topic: sorted(groups[topic], key=lambda v: (not v.own, bool(v.address), v.title.casefold()))
        for topic in sorted(groups, key=place)
    }


def visit_html(writer: Any, node: VideoList) -> None:
    """Write filter, groups and data."""
    said, videos = node["said"], node["videos"]
    builder = writer.builder
    here = builder.current_docname

    def link(name: str) -> tuple[str, str] | None:
        if name not in builder.env.found_docs:
            return None
        return builder.get_relative_uri(here, name), builder.env.titles[name].astext()

    body = [
        f'<div class="bk-videos" data-bk-videos data-count="{escape(said["videos.filter.count"], quote=True)}" '
        f'data-none="{escape(said["videos.filter.none"], quote=True)}" data-pagefind-ignore="all">',
        f'<p class="bk-videos-leaving">{escape(said["videos.leaving"])}</p>',
        _filter(videos, said),
    ]
    for topic, group in grouped(videos, said).items():
        id = f"topic-{topic}"
        body.append(
            f'<section class="bk-video-group" aria-labelledby="{id}">'
            f'<h3 id="{id}">{escape(topic_name(topic, said))}</h3><ul class="bk-video-items">'
        )
        for video in group:
            page = builder.get_relative_uri(here, page_name(video.id)) if video.has_page else ""
            body.append(_item(video, page, said, about(video, said, link)))
        body.append("</ul></section>")
    body += [as_script(*(video_object(video) for video in videos)), "</div>"]
    writer.body.append("\n".join(body) + "\n")
    raise nodes.SkipNode


def _item(video: Video, page: str, said: Said, below: str) -> str:
    """Return one entry; what the filter asks for stands in its attributes."""
    looked_for = " ".join((video.title, *video.speakers)).casefold()
    keys = {
        "language": video.languages, "topic": video.topics, "audience": video.audience,
        "problem": video.problems, "words": (looked_for,),
    }  # fmt: skip
    data = " ".join(f'data-{key}="{escape(" ".join(v), quote=True)}"' for key, v in keys.items())
    target = f'href="{escape(page, quote=True)}"'
    if not page:
        target = f'href="{escape(video.address, quote=True)}" {OUTSIDE}'
    return (
        f'<li id="video-{video.id}" {data}><p class="bk-video-title"><a {target}>'
        f'{escape(video.title)}</a> <span class="bk-video-where">'
        f"({escape(where(video, said))})</span></p>{below}</li>"
    )


def _filter(videos: Iterable[Video], said: Said) -> str:
    """Return the controls, hidden until the script is there that makes them work."""
    known = catalogue().problems
    found = {
        "language": {code: language_name(code, said) for v in videos for code in v.languages},
        "topic": {topic: topic_name(topic, said) for v in videos for topic in v.topics},
        "audience": {who: said[f"videos.audience.{who}"] for v in videos for who in v.audience},
        "problem": {id: known[id].name for v in videos for id in v.problems if id in known},
    }
    selects = "".join(_select(name, options, said) for name, options in found.items())
    legend, field = escape(said["videos.filter.legend"]), escape(said["videos.filter.words"])
    return (
        f'<form class="bk-video-filter" hidden><fieldset><legend>{legend}</legend>'
        f'<label>{field}<input type="search" name="words" autocomplete="off"></label>{selects}'
        f'<button type="reset">{escape(said["videos.filter.reset"])}</button></fieldset>'
        '<p role="status" class="bk-video-count"></p></form>'
    )


def _select(name: str, options: dict[str, str], said: Said) -> str:
    rows = "".join(
        f'<option value="{escape(value, quote=True)}">{escape(label)}</option>'
        for value, label in sorted(options.items(), key=lambda pair: pair[1].casefold())
    )
    return (
        f'<label>{escape(said[f"videos.filter.{name}"])}<select name="{name}">'
        f'<option value="">{escape(said["videos.filter.any"])}</option>{rows}</select></label>'
    )


def setup(app: Any) -> None:
    """Register node and directive."""
    plain = (pass_through, pass_through)
    app.add_node(VideoList, html=(visit_html, None), latex=plain, text=plain)
    app.add_directive("video-list", VideoListDirective)
