"""What stands in formgrader for a person to judge: the mentor's own words, and the rubric below them.

The words are somebody else's and are shown to a trainer who is signed in: whatever they hold, they stay words.
"""

from collections.abc import Mapping
from typing import Any

from mentorkit.written import clean

SHOWN = 20_000  # characters at most, whatever comes
LISTED = "display: list-item; cursor: pointer"  # formgrader's style hides the mark that it opens
IGNORED = "tex2jax_ignore mathjax_ignore"  # classes in which MathJax leaves dollar signs alone


def literal(text: str) -> str:
    """Return `text` so that neither Markdown, HTML nor formulas are seen in it; lines stay lines.

    All but letters, digits and blanks become character references, on one line.
    """
    lines = clean(text[:SHOWN]).split("\n")
    return "<br>".join("".join(map(_one, line)) for line in lines)


def _one(sign: str) -> str:
    return sign if sign == " " or sign.isalnum() else f"&#{ord(sign)};"


def shown(item: Mapping[str, Any], text: str | None, say: Mapping[str, str]) -> str:
    """Return the source of a Markdown cell for one `item`: what was written, then the levels to choose from.

    `text` is what the mentor wrote; None where nothing is written because it is seen in the room.
    """
    criterion = item["criteria"][0]
    parts = [f"<h4>{literal(criterion['title'])}</h4>"]
    if item["judged"] == "text":
        body = literal(text) if text and text.strip() else f"<em>{literal(say['rubric.open'])}</em>"
        asked = f"<p><strong>{literal(item['question'])}</strong></p>"
        parts += [asked, f'<blockquote dir="auto"><p dir="auto">{body}</p></blockquote>']
    rows = "".join(_row(level, say) for level in criterion["levels"])
    heads = "".join(
        f'<th scope="col">{literal(say[f"rubric.{key}"])}</th>'
        for key in ("head_level", "head_points", "head_says", "head_example")
    )
    table = f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody>"
    parts.append(f'<table class="table table-condensed">{table}</table>')
    faults = "".join(
        f"<li>{literal(say['rubric.' + one['weight']])}: {literal(one['says'])}</li>"
        for one in item["faults"]
    )
    head = literal(say["rubric.faults"])
    head = f'<summary style="{LISTED}">{head}</summary>'
    parts.append(f"<details>{head}<p>{literal(item['rule'])}</p><ul>{faults}</ul></details>")
    return f'<div class="{IGNORED}">{"".join(parts)}</div>'


def _row(level: Mapping[str, Any], say: Mapping[str, str]) -> str:
    example = f"{say['rubric.example']} {level['example']}"
    cells = (f"{level['points']:g}", level["says"], example)
    words = "".join(f"<td>{literal(cell)}</td>" for cell in cells)
    return f'<tr><th scope="row">{literal(level["name"])}</th>{words}</tr>'
