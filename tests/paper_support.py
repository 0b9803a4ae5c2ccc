"""Works the book's equations out, to be compared with the model. Knows nothing of the model itself."""

import ast
from itertools import pairwise
from typing import Any

import numpy as np

from mentorkit.book.equations import equations
from mentorkit.book.mathml import parse

COMPARED = {
    ast.Lt: np.less,
    ast.LtE: np.less_equal,
    ast.Gt: np.greater,
    ast.GtE: np.greater_equal,
}
COUNTED = {
    ast.Add: np.add,
    ast.Sub: np.subtract,
    ast.Mult: np.multiply,
    ast.Div: np.divide,
    ast.Pow: np.power,
}


class Paper:
    """Works equations out with pencil and paper: it knows names and arithmetic, and nothing of the model."""

    def __init__(self, known: dict[str, Any], spaces: dict[str, Any]) -> None:
        self.known, self.spaces, self.used = dict(known), spaces, set[str]()
        self.weeks: dict[str, list[Any]] = {}

    def work(self, section: str) -> None:
        """Give every name of a section its value."""
        for line in equations()[section]:
            name, value = parse(line)
            self.known[name] = self.value(value)

    def named(self, name: str, space: dict[str, Any]) -> Any:
        """Return a value; `x_i` is the listener's and `x_j` the speaker's in `[listener, speaker, circle]`."""
        if name in space:
            return space[name]
        base, _, index = name.rpartition("_")
        value = np.asarray(space[base])
        if value.ndim < 2:
            return value
        return value[:, None] if index == "i" else value[None, :]

    def value(self, node: ast.expr) -> Any:  # noqa: PLR0911  one return a kind of node
        """Return the value of an expression; a comparison is 1 where it holds, else 0."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return self.named(node.id, self.known)
        if isinstance(node, ast.Attribute):
            assert isinstance(node.value, ast.Name)
            self.used.add(f"{node.value.id}.{node.attr.removesuffix('_i').removesuffix('_j')}")
            return self.named(node.attr, self.spaces[node.value.id])
        if isinstance(node, ast.BinOp):
            return COUNTED[type(node.op)](self.value(node.left), self.value(node.right))
        if isinstance(node, ast.BoolOp):
            parts = [np.asarray(self.value(value)) > 0 for value in node.values]
            both = np.logical_and if isinstance(node.op, ast.And) else np.logical_or
            met = parts[0]
            for part in parts[1:]:
                met = both(met, part)
            return met * 1.0
        if isinstance(node, ast.Compare):
            sides = [self.value(side) for side in (node.left, *node.comparators)]
            met = np.asarray(True)
            for operator, (left, right) in zip(node.ops, pairwise(sides), strict=True):
                met = met & COMPARED[type(operator)](left, right)
            return met * 1.0
        assert isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
        return self.call(node.func.id, node.args)

    def call(self, name: str, arguments: list[ast.expr]) -> Any:
        """Return what one of the book's few functions gives."""
        if name == "all_weeks":
            return sum(np.sum(week, axis=0) for week in self.weeks[ast.unparse(arguments[0])])
        values = [self.value(argument) for argument in arguments]
        if name == "sum":
            wide = np.broadcast_to(values[0], np.broadcast_shapes(np.shape(values[0]), self.shape))
            return np.sum(wide, axis=0)
        if name == "sum_j":
            return np.sum(values[0], axis=1)
        if name == "largest":
            return np.max(values[0], axis=0)
        return {"min": np.minimum, "max": np.maximum, "floor": np.floor}[name](*values)

    @property
    def shape(self) -> tuple[int, ...]:
        """Return (members, circles)."""
        return tuple(np.shape(self.spaces["own"]["drive"]))
