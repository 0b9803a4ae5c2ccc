"""What a mentor's page shows only beside the course server: a link, or a form for the mentor's own word.

A page is also a plain file, from which no link and no form leads anywhere; there a sentence stands instead.
The templates mark both. Everything from a page or a mentor is escaped.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from mentorkit.catalogue import texts
from mentorkit.record.moments import day_said
from mentorkit.workshop.own_word import OwnWord

TEMPLATES = Path(__file__).parent / "templates"
UNSERVED = re.compile(r'<p class="unserved">.*?</p>\n?', re.DOTALL)
OPEN, CLOSE = '<template class="served">', "</template>"
OWN = re.compile(r'<template class="own-words" data-steps="([^"]{0,20000})"></template>')
STEP = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("own_word.html.j2")


def served(page: str) -> str:
    """Return `page` with its links into the course, and without what stands for them in a plain file."""
    return UNSERVED.sub("", page).replace(OPEN, "").replace(CLOSE, "")


def own_steps(page: str) -> dict[str, str]:
    """Return the steps (name -> title) for which the page of a record asks for the mentor's own word."""
    found = OWN.search(page)
    try:
        steps: Any = json.loads(unescape(found[1])) if found else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(steps, dict):
        return {}
    return {name: str(title) for name, title in steps.items() if STEP.fullmatch(name)}


def with_forms(
    page: str,
    given: Mapping[str, OwnWord],
    xsrf: str,
    said: str = "",
    *,
    wrong: bool = False,
    language: str = "en",
) -> str:
    """Return the page of a record with a form for each step, and `said`: what came of the one sent last."""
    say = texts(language)
    told = {
        step: say["record.own.given"].format(on=day_said(word.on)) for step, word in given.items()
    }
    steps = own_steps(page)
    part = ""
    if steps or said:
        part = _template().render(
            say=say, steps=steps, told=told, xsrf=xsrf, said=said, wrong=wrong
        )
    return served(OWN.sub(lambda _: part, page))
