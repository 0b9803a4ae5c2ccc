"""A lab to share from, and the buttons for it: pressed, saved as files, forbidden by the browser."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

SETUP: dict[str, Any] = {
    "seed": 3,
    "circle": 41,
    "levers": {"size": 7, "hazard": 0.08, "slot": 0.8},
    "problems": [{"id": "P13", "week": 3, "member": 1}],
    "responses": [{"id": "timed-rounds", "week": 6, "member": 0}],
}


def mount(page: Page, **state: Any) -> None:
    """Mount a lab with SETUP, in week 6, and whatever else the model holds."""
    page.evaluate(f"mount({json.dumps({'setup': SETUP, 'week': 6, **state})})")


def press(page: Page, name: str) -> Locator:
    """Press the button by keyboard; return the sentence in which it ends."""
    page.get_by_role("button", name=name).press("Enter")
    return page.locator(".mk-sharing [aria-live=polite]")


def download(page: Page, name: str) -> tuple[str, bytes]:
    """Press the button; return name and content of what is saved, and hear that it is."""
    with page.expect_download() as saved:
        told = press(page, name)
    file = saved.value.suggested_filename
    expect(told).to_contain_text(file)
    expect(page.get_by_role("button", name=name)).to_be_focused()
    return file, Path(saved.value.path()).read_bytes()


def spoil(page: Page, what: str, does: str) -> None:
    """Let something that the browser can do end as it does in a locked-down one."""
    page.evaluate(f"() => {{ {what} = function () {{ {does}; }}; }}")
