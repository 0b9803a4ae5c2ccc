"""A titled box that a screen reader announces as one group. Knows nothing of what is put in it."""

from collections.abc import Sequence
from typing import Any

from docutils import nodes


class Panel(nodes.General, nodes.Element):
    """A box; attributes `kind` (its look) and `label_id` (the id of its title)."""


def build_panel(env: Any, kind: str, title: str, children: Sequence[nodes.Node]) -> Panel:
    """Return a panel of look `kind`, headed by `title`, holding `children`."""
    label_id = f"{kind}-{env.new_serialno('mentorkit-panel')}"
    heading = nodes.paragraph("", "", nodes.Text(title), classes=["bk-panel-title"], ids=[label_id])
    panel: Panel = Panel(kind=kind, label_id=label_id)
    panel += heading
    panel.extend(children)
    return panel


def visit_html(writer: Any, node: Panel) -> None:
    """Open the box."""
    writer.body.append(
        f'<div class="bk-panel bk-panel--{node["kind"]}" role="group" '
        f'aria-labelledby="{node["label_id"]}">\n'
    )


def depart_html(writer: Any, _node: Panel) -> None:
    """Close the box."""
    writer.body.append("</div>\n")


def pass_through(_writer: Any, _node: nodes.Node) -> None:
    """Let other builders show the children alone."""


def setup(app: Any) -> None:
    """Register the node."""
    plain = (pass_through, pass_through)
    app.add_node(Panel, html=(visit_html, depart_html), latex=plain, text=plain)
