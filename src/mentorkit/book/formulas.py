"""Formulas as MathML: every browser draws it, a screen reader speaks it, and no script is fetched.

It replaces MathJax, which Sphinx would load from another host.
"""

from typing import Any

from docutils import nodes
from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.util import logging

LOG = logging.getLogger(__name__)


def draw(writer: Any, node: nodes.Element, *, block: bool) -> None:
    """Write the formula; where it cannot be read, write its source and warn."""
    source = node.astext()
    try:
        written = tex2mathml(source, as_block=block)
    except MathError as error:
        LOG.warning("cannot read the formula %s: %s", source, error, location=node)
        written = f"<code>{writer.encode(source)}</code>"
    writer.body.append(f'<div class="math">{written}</div>' if block else written)
    raise nodes.SkipNode


def draw_inline(writer: Any, node: nodes.math) -> None:
    """Write a formula in a line."""
    draw(writer, node, block=False)


def draw_block(writer: Any, node: nodes.math_block) -> None:
    """Write a formula of its own line."""
    draw(writer, node, block=True)


def setup(app: Any) -> None:
    """Register the renderer; the configuration names it."""
    app.add_html_math_renderer("mathml", (draw_inline, None), (draw_block, None))
