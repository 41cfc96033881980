"""Evaluates conditions: small programs in postfix order, on arrays.

A program is a tuple of ``(op, argument)`` and holds only names, numbers and tuples, so it can be
compared, hashed, pickled and fingerprinted. ``sim.scenario.expressions`` writes it; nothing here
knows of its source text.

=============================================  ====================================================
op, argument                                   effect on the stack (right end on top)
=============================================  ====================================================
``number``, float                              → constant
``name``, str                                  → quantity ``[R, C]`` or ``[R, 1]``
``of``, (str, index)                           → that quantity of one customer ``[R, 1]``
``flag``, str; ``flag of``, (str, index)       → as ``name`` and ``of``, where it is not 0
``+ - * /``, None                              a b → number; x / 0 is 0
``neg``, None                                  a → −a
``compare``, comparisons                       a b c … → where ``a op b`` and ``b op c`` … hold
``in``, numbers                                a → where a equals one of them
``and or``, how many; ``not``, None            booleans → boolean
``any all count average lowest highest``       over the customers in ``#present`` → ``[R, 1]``
=============================================  ====================================================

Only elementwise operations and sums in a fixed order are used, so that a run of a batch equals
the single game bit for bit.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from sim.arrays import Array, Mask
from sim.exact import fixed_sum

PRESENT = "#present"

Program = tuple[tuple[str, Any], ...]
Values = Mapping[str, Any]

_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
_REDUCTIONS = frozenset({"any", "all", "count", "average", "lowest", "highest"})


def evaluate(program: Program, values: Values) -> Any:
    """Runs a program for all runs at once.

    Args:
        program: As described above.
        values: Quantities by name, each ``[R, C]`` or ``[R, 1]``; ``#present`` is the mask
            ``[R, C]`` of the customers that any, all, count … look at. Changed is none of them.

    Returns:
        ``[R, C]`` when a quantity of a customer stands outside any, all, count …, else ``[R, 1]``;
        boolean for a condition, float64 for a number. A program of constants only is ``[1, 1]``.
    """
    stack: list[Any] = []
    for op, argument in program:
        if op in _REDUCTIONS:
            stack.append(_REDUCE[op](stack.pop(), values[PRESENT] != 0))
        else:
            _STEPS[op](stack, argument, values)
    result = stack.pop()
    return result if np.ndim(result) else np.full((1, 1), result)


def at_customer(values: Any, customer: int) -> Any:
    """What a program gave, at one customer: [R, C] or [R, 1] -> [R]."""
    return values[:, customer if values.shape[1] > 1 else 0]


def _constant(stack: list[Any], argument: Any, _values: Values) -> None:
    stack.append(argument)


def _name(stack: list[Any], argument: Any, values: Values) -> None:
    stack.append(np.asarray(values[argument], dtype=np.float64))


def _of(stack: list[Any], argument: Any, values: Values) -> None:
    name, index = argument
    stack.append(np.asarray(values[name][:, index : index + 1], dtype=np.float64))


def _flag(stack: list[Any], argument: Any, values: Values) -> None:
    stack.append(np.not_equal(values[argument], 0))


def _flag_of(stack: list[Any], argument: Any, values: Values) -> None:
    name, index = argument
    stack.append(np.not_equal(values[name][:, index : index + 1], 0))


def _binary(operation: Callable[[Any, Any], Any]) -> Callable[[list[Any], Any, Values], None]:
    def apply(stack: list[Any], _argument: Any, _values: Values) -> None:
        right = stack.pop()
        stack.append(operation(stack.pop(), right))

    return apply


def _divide(dividend: Array, divisor: Array) -> Array:
    possible = divisor != 0.0
    quotient = dividend / np.where(possible, divisor, 1.0)
    result: Array = np.where(possible, quotient, 0.0)
    return result


def _negative(stack: list[Any], _argument: Any, _values: Values) -> None:
    stack.append(np.negative(stack.pop()))


def _compare(stack: list[Any], argument: Any, _values: Values) -> None:
    operands = stack[-len(argument) - 1 :]
    del stack[-len(argument) - 1 :]
    holds = _COMPARE[argument[0]](operands[0], operands[1])
    for index, comparison in enumerate(argument[1:], 1):
        holds = holds & _COMPARE[comparison](operands[index], operands[index + 1])
    stack.append(holds)


def _among(stack: list[Any], argument: Any, _values: Values) -> None:
    value = stack.pop()
    holds = np.equal(value, argument[0])
    for number in argument[1:]:
        holds = holds | np.equal(value, number)
    stack.append(holds)


def _joined(operation: Callable[[Any, Any], Any]) -> Callable[[list[Any], Any, Values], None]:
    def apply(stack: list[Any], argument: Any, _values: Values) -> None:
        result = stack.pop()
        for _ in range(argument - 1):
            result = operation(stack.pop(), result)
        stack.append(result)

    return apply


def _not(stack: list[Any], _argument: Any, _values: Values) -> None:
    stack.append(np.logical_not(stack.pop()))


_STEPS: dict[str, Callable[[list[Any], Any, Values], None]] = {
    "number": _constant,
    "name": _name,
    "of": _of,
    "flag": _flag,
    "flag of": _flag_of,
    "+": _binary(np.add),
    "-": _binary(np.subtract),
    "*": _binary(np.multiply),
    "/": _binary(_divide),
    "neg": _negative,
    "compare": _compare,
    "in": _among,
    "and": _joined(np.logical_and),
    "or": _joined(np.logical_or),
    "not": _not,
}


def _count(holds: Mask, present: Mask) -> Array:
    number: Array = np.count_nonzero(holds & present, axis=1)[:, None].astype(np.float64)
    return number


def _average(value: Array, present: Mask) -> Array:
    # One strided layout whatever the caller's, because the sum runs along the last axis.
    kept = np.where(present, value, 0.0)
    number = np.count_nonzero(present, axis=1)[:, None].astype(np.float64)
    return _divide(fixed_sum(kept, axis=-1)[:, None], number)


def _lowest(value: Array, present: Mask) -> Array:
    least = np.where(present, value, np.inf).min(axis=1, keepdims=True)
    return np.where(np.isinf(least), 0.0, least)


def _highest(value: Array, present: Mask) -> Array:
    return -_lowest(-value, present)


_REDUCE: dict[str, Callable[[Any, Any], Any]] = {
    "any": lambda holds, present: (holds & present).any(axis=1, keepdims=True),
    "all": lambda holds, present: (holds | ~present).all(axis=1, keepdims=True),
    "count": _count,
    "average": _average,
    "lowest": _lowest,
    "highest": _highest,
}
