"""Gives every toggle of the contents a name: the theme draws a bare arrow."""

from typing import Any

from mentorkit.book.words import words


def name_toggles(
    app: Any, _page: str, _template: str, context: dict[str, Any], _doctree: Any
) -> None:
    """Wrap the theme's maker of the contents so that each arrow says whose pages it shows."""
    make = context.get("generate_toctree_html")
    if make is None:
        return
    label = words(app.config)["book.contents.toggle"]

    def make_named(*args: Any, **kwargs: Any) -> Any:
        contents = make(*args, **kwargs)
        for summary in contents.select("li > details > summary") if contents else ():
            link = summary.find_parent("li").find("a")
            if link is not None:
                summary["aria-label"] = label.format(title=link.get_text(strip=True))
        return contents

    context["generate_toctree_html"] = make_named


def setup(app: Any) -> None:
    """Register behind the theme, which puts its maker there first."""
    app.connect("html-page-context", name_toggles, priority=900)
