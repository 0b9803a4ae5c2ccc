"""The few operations of the model: exact in both engines, whatever the batch. No exp, log or pow."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


def total(values: Values) -> Values:
    """Sum over members in their order, so that the batch cannot change the rounding."""
    result: Values = values[0]
    for row in values[1:]:
        result = result + row
    return result


def at_most(values: Values, ceiling: Values | float) -> Values:
    """Return `values`, none above `ceiling`."""
    limited: Values = np.minimum(values, ceiling)
    return limited


def at_least(values: Values, floor: Values | float) -> Values:
    """Return `values`, none below `floor`."""
    limited: Values = np.maximum(values, floor)
    return limited


def whole(values: Values) -> Values:
    """Return `values`, rounded down."""
    floored: Values = np.floor(values)
    return floored


def flag(condition: NDArray[np.bool_]) -> Values:
    """Return 1 where the condition holds, else 0."""
    return condition.astype(np.float64)
