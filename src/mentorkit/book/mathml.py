"""Draws one equation, `name = expression`, as MathML that can break between its parts on a narrow screen.

Knows the few operations in which the model's equations are written, and nothing of the model. A browser
never breaks a line inside <math>, so an equation becomes several of them, each a few characters long.
"""

import ast
from dataclasses import dataclass
from html import escape

from mentorkit.errors import KitError

WIDEST = 22  # characters of one piece: what fits beside the margins of a screen of 320 points
COMPARED = {ast.Lt: "&lt;", ast.LtE: "≤", ast.Gt: "&gt;", ast.GtE: "≥"}
LEVELS = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2, ast.Pow: 3}
SIGNS = {ast.Add: "+", ast.Sub: "−", ast.Mult: "·"}
SUMS = {"sum": "", "sum_j": "j", "all_weeks": "weeks", "largest": ""}
ATOM = 4


@dataclass(frozen=True)
class Piece:
    """MathML that is never parted, with about how many characters it takes on the screen."""

    code: str
    width: int


def parse(line: str) -> tuple[str, ast.expr]:
    """Return an equation's name and expression. Raises KitError where it is not one."""
    try:
        tree = ast.parse(line).body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise KitError(f"'{line[:60]}' is not an equation such as 'a = b + 1'.") from error
    if len(tree) != 1 or not isinstance(tree[0], ast.Assign):
        raise KitError(f"'{line[:60]}' is not an equation such as 'a = b + 1'.")
    target = tree[0].targets[0]
    if len(tree[0].targets) != 1 or not isinstance(target, ast.Name):
        raise KitError(f"'{line[:60]}' must give one name a value.")
    return target.id, tree[0].value


def draw_equation(line: str) -> str:
    """Return the equation as HTML. Raises KitError for an operation that is not known here."""
    name, value = parse(line)
    told = _name(name)
    pieces = [Piece(told.code + _sign("="), told.width + 2), *_draw(value)]
    groups: list[list[Piece]] = [[]]
    for piece in pieces:
        if groups[-1] and sum(p.width for p in groups[-1]) + piece.width > WIDEST:
            groups.append([])
        groups[-1].append(piece)
    parts = ("".join(piece.code for piece in group) for group in groups)
    return " ".join(
        f'<math xmlns="http://www.w3.org/1998/Math/MathML" displaystyle="true"><mrow>{part}</mrow></math>'
        for part in parts
    )


def _join(*parts: list[Piece] | str) -> list[Piece]:
    """Glue signs to the pieces beside them; between pieces a line may break."""
    out: list[Piece] = []
    before = ""
    for part in parts:
        if isinstance(part, str):
            if part in ("(", "[") or not out:
                before += part
            elif part in (")", "]", ","):
                out[-1] = Piece(out[-1].code + _sign(part), out[-1].width + 1)
            else:
                before += part
        else:
            head = "".join(_sign(sign) for sign in before)
            width = sum(1 if sign in "([" else 3 for sign in before)
            out += [Piece(head + part[0].code, part[0].width + width), *part[1:]]
            before = ""
    return out


def _whole(pieces: list[Piece]) -> list[Piece]:
    """Keep together what stands in one pair of brackets, where that is short."""
    width = sum(piece.width for piece in pieces)
    return [Piece("".join(piece.code for piece in pieces), width)] if width <= WIDEST else pieces


def _sign(sign: str) -> str:
    """Return an operator; without its form one at the edge of a piece would lose its spaces."""
    return f"<mo>{sign}</mo>" if sign in "()[]," else f'<mo form="infix">{sign}</mo>'


def _name(name: str, letter: str = "") -> Piece:
    """Return a name: the letter that says what it is, the name itself and its index below."""
    base, _, index = name.rpartition("_")
    if index not in ("i", "j", "ij"):
        base, index = name, ""
    if letter:
        below = f"<mtext>{escape(base)}</mtext>" + (f"<mtext>, {index}</mtext>" if index else "")
        return Piece(f"<msub><mi>{letter}</mi><mrow>{below}</mrow></msub>", 1 + len(name) * 3 // 4)
    if not index and base[-1].isdigit():
        base, index = base[:-1], base[-1]
    if not index:
        return Piece(f"<mi>{escape(base)}</mi>", len(base))
    return Piece(f"<msub><mi>{escape(base)}</mi><mi>{index}</mi></msub>", len(name))


def _number(value: object) -> Piece:
    if value == 1e-9:
        return Piece("<msup><mn>10</mn><mn>−9</mn></msup>", 4)
    return Piece(f"<mn>{value}</mn>", len(str(value)))


def _level(node: ast.expr) -> int:
    return LEVELS[type(node.op)] if isinstance(node, ast.BinOp) else ATOM


def _draw(node: ast.expr) -> list[Piece]:
    """Return the pieces of an expression."""
    if isinstance(node, ast.Name):
        return [_name(node.id)]
    if isinstance(node, ast.Constant):
        return [_number(node.value)]
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return [_name(node.attr, "a" if node.value.id == "own" else node.value.id)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return _draw_call(node.func.id, node.args)
    if isinstance(node, ast.BinOp) and type(node.op) in LEVELS:
        return _draw_operation(node)
    if isinstance(node, ast.Compare | ast.BoolOp):
        return _whole(_join("[", _draw_condition(node), "]"))
    raise KitError(f"'{ast.unparse(node)}' is nothing that the book can draw.")


def _draw_operation(node: ast.BinOp) -> list[Piece]:
    level = LEVELS[type(node.op)]
    left, right = _inside(node.left, level), _inside(node.right, level + 1)
    if isinstance(node.op, ast.Pow):
        body = "".join(piece.code for piece in left)
        width = sum(piece.width for piece in left) + 1
        return [Piece(f"<msup><mrow>{body}</mrow>{right[0].code}</msup>", width)]
    if isinstance(node.op, ast.Div):
        return _draw_fraction(node)
    known = SIGNS[type(node.op)]
    first, *rest = right
    return [*left, Piece(_sign(known) + first.code, first.width + 3), *rest]


def _draw_fraction(node: ast.BinOp) -> list[Piece]:
    """Return a fraction where it is short enough, else a division in the line."""
    above, below = _draw(node.left), _draw(node.right)
    widths = [sum(piece.width for piece in part) for part in (above, below)]
    if max(widths) <= WIDEST:
        parts = (f"<mrow>{''.join(p.code for p in part)}</mrow>" for part in (above, below))
        return [Piece(f"<mfrac>{''.join(parts)}</mfrac>", max(widths))]
    left, right = _inside(node.left, 2), _inside(node.right, 3)
    first, *rest = right
    return [*left, Piece(_sign("/") + first.code, first.width + 3), *rest]


def _inside(node: ast.expr, level: int) -> list[Piece]:
    """Return an operand, in brackets where it binds less tightly than what stands around it."""
    drawn = _draw(node)
    return _whole(_join("(", drawn, ")")) if _level(node) < level else drawn


def _draw_call(name: str, arguments: list[ast.expr]) -> list[Piece]:
    drawn = [_draw(argument) for argument in arguments]
    if name in ("sum", "sum_j", "all_weeks"):
        below = SUMS[name]
        sign = f"<munder><mo>∑</mo><mi>{below}</mi></munder>" if below else "<mo>∑</mo>"
        body = _inside(arguments[0], ATOM)
        return [Piece(sign + body[0].code, body[0].width + 2 + len(below) // 2), *body[1:]]
    inside: list[list[Piece] | str] = ["("]
    for at, part in enumerate(drawn):
        inside += [",", part] if at else [part]
    first, *rest = _join(*inside, ")")
    label = "max over members" if name == "largest" else name
    return _whole([Piece(f"<mi>{label}</mi>{first.code}", first.width + len(label)), *rest])


def _draw_condition(node: ast.expr) -> list[Piece]:
    """Return a comparison without its outer brackets."""
    if isinstance(node, ast.BoolOp):
        word = "and" if isinstance(node.op, ast.And) else "or"
        out = _nested(node.values[0])
        for value in node.values[1:]:
            first, *rest = _nested(value)
            glue = f'<mspace width="0.5em"/><mtext>{word}</mtext><mspace width="0.5em"/>'
            out += [Piece(glue + first.code, first.width + 5), *rest]
        return out
    if isinstance(node, ast.Compare):
        out = _draw(node.left)
        for operator, value in zip(node.ops, node.comparators, strict=True):
            first, *rest = _draw(value)
            out += [Piece(_sign(COMPARED[type(operator)]) + first.code, first.width + 3), *rest]
        return out
    return _draw(node)


def _nested(node: ast.expr) -> list[Piece]:
    drawn = _draw_condition(node)
    return _join("(", drawn, ")") if isinstance(node, ast.BoolOp) else drawn
