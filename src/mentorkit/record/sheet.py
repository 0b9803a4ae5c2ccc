"""The record as a page to read and to print, in the company's look. It loads nothing and runs no script.

What is signed is the record's file, never this page; the page names the file's SHA-256. Everything that comes
from a roster, a rule or a person is escaped by the template.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from mentorkit.catalogue import texts
from mentorkit.record.document import Document, number
from mentorkit.record.look import Look
from mentorkit.record.moments import day_said

TEMPLATES = Path(__file__).parent / "templates"
SIGNS = {"met": "✓", "done": "✓", "hurdle": "!", "late": "!"}
OPEN = "–"


@cache
def _template() -> Template:
    loader = FileSystemLoader(TEMPLATES)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("record.html.j2")


def record_sheet(record: Document, look: Look, data: bytes | None = None) -> str:
    """Return the page of `record`; `data` is its file as signed, None for a record so far, which no file holds.

    A record of an earlier format has no days and no steps, and the page has none then.
    """
    found: Mapping[str, Any] = record
    say = texts(str(found["language"]))
    so_far = data is None
    complete = found["verdict"] == "met"
    verdict = "met" if complete else "so_far" if so_far else "not_yet"
    return _template().render(
        say=say,
        record=found,
        look=look,
        company=look.company or found["issuer"]["name"],
        so_far=so_far,
        complete=complete,
        verdict=say[f"record.page.verdict.{verdict}"],
        exercises=[_exercise(one, say) for one in found["assignments"]],
        others=[
            *(_day(one, say) for one in found.get("attendance", [])),
            *(_step(one, say, found["holder"]["name"]) for one in found.get("steps", [])),
        ],
        later=found.get("later", []),
        own_steps=_own_steps(found) if so_far else "",
        issued=_day_of(found["issued"]),
        digest=hashlib.sha256(data).hexdigest() if data is not None else "",
    )


def _own_steps(found: Mapping[str, Any]) -> str:
    """Return the steps that wait for the mentor's own word as JSON, name to title; nothing where none does."""
    steps = {
        one["name"]: one["title"]
        for one in found.get("steps", [])
        if one["attested_by"] == "mentor" and one["state"] == "not_done"
    }
    return json.dumps(steps, ensure_ascii=False) if steps else ""


def _exercise(one: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Any]:
    marked = one.get("marked_by", [])
    points = ""
    if one["points"] is not None:
        points = say["record.page.points"].format(
            points=number(one["points"]), possible=one["possible"], needed=one["needed"]
        )
    by = [say["record.page.by"].format(name=each["name"]) for each in marked]
    return {
        "title": one["title"],
        "sign": SIGNS.get(one["state"], OPEN),
        "state": say[f"record.page.state.{one['state']}"],
        "points": points,
        "by": "; ".join(by) or (say["record.page.by_course"] if points else ""),
    }


def _day(one: Mapping[str, Any], say: Mapping[str, str]) -> dict[str, Any]:
    title = say["record.page.day"].format(day=one["day"])
    return _vouched(title, "done" if one["by"] else "not_done", one, say)


def _step(one: Mapping[str, Any], say: Mapping[str, str], holder: str) -> dict[str, Any]:
    found = _vouched(one["title"], one["state"], one, say)
    if one.get("attested_by") == "mentor" and one["by"] == holder:
        found["by"] = say["record.page.own_word_self"]
    return found


def _vouched(
    title: str, state: str, one: Mapping[str, Any], say: Mapping[str, str]
) -> dict[str, Any]:
    own = one.get("attested_by") == "mentor"
    until = one.get("until")
    when = day_said(date.fromisoformat(one["on"])) if one["on"] else ""
    if not when and until:
        when = say["record.page.until"].format(until=day_said(date.fromisoformat(until)))
    by = ""
    if one["by"]:
        by = say["record.page.own_word" if own else "record.page.by"].format(name=one["by"])
    return {
        "title": title,
        "sign": SIGNS.get(state, OPEN),
        "state": say[f"record.page.state.{state}"],
        "when": when,
        "by": by,
    }


def _day_of(moment: str) -> str:
    return day_said(date.fromisoformat(moment[:10]))
