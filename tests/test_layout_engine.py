"""What must have the same bits everywhere computes only with operations that guarantee that."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PATTERNS = (
    "sim/exact.py",
    "sim/draws.py",
    "sim/engine/**/*.py",
    "sim/scenario/compile*.py",
    "sim/scenario/compile*/**/*.py",
    "sim/scenario/expressions.py",
    "sim/lab/policies.py",
    "sim/lab/policies/**/*.py",
)
FILES = sorted({path for pattern in PATTERNS for path in ROOT.glob(pattern)})


def words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Rounded differently by another processor, numpy version or C library.
NUMPY_FUNCTIONS = words(
    "exp exp2 expm1 log log2 log10 log1p logaddexp logaddexp2 power float_power pow cbrt hypot "
    "sin cos tan arcsin arccos arctan arctan2 asin acos atan atan2 sinh cosh tanh arcsinh arccosh "
    "arctanh asinh acosh atanh sinc i0 logspace geomspace"
)
# Added up in an order that depends on shape, layout, processor or numpy version.
NUMPY_REDUCTIONS = words(
    "sum mean average std var median prod product cumsum cumprod nansum nanmean nanstd nanvar "
    "nanmedian nanprod nancumsum nancumprod dot vdot vecdot matvec vecmat inner matmul tensordot "
    "einsum trapezoid trapz convolve correlate corrcoef cov interp polyval polyfit linalg fft"
)
METHODS = words("sum mean std var prod cumsum cumprod dot trace")
REDUCED = frozenset(("add", "subtract", "multiply", "divide", "true_divide"))
MATH = words(
    "fsum sqrt floor ceil trunc isfinite isnan isinf inf nan pi e copysign gcd lcm comb factorial"
)


def offences(tree: ast.AST) -> list[str]:
    """What in `tree` may give other bits elsewhere, as `line: reason`."""
    found = [(node, reason(node)) for node in ast.walk(tree)]
    return [f"{getattr(node, 'lineno', 0)}: {text}" for node, text in found if text]


def reason(node: ast.AST) -> str:
    match node:
        case ast.BinOp(op=ast.Pow()) | ast.AugAssign(op=ast.Pow()) if not power_of_two(node):
            return "** rounds by library: exact.power, exact.int_power or a shift"
        case ast.BinOp(op=ast.MatMult()) | ast.AugAssign(op=ast.MatMult()):
            return "@ rounds by batch size"
        case ast.ImportFrom(module="numpy" | "math" | "cmath" | "statistics" | "random"):
            return f"import {node.module} itself, so that its functions can be seen"
        case ast.Attribute(value=ast.Name(id="np" | "numpy"), attr=name):
            return f"np.{name}" if name in NUMPY_FUNCTIONS | NUMPY_REDUCTIONS else ""
        case ast.Attribute(value=ast.Name(id="math"), attr=name):
            return "" if name in MATH else f"math.{name}"
    return reason_of_call(node) if isinstance(node, ast.Call) else ""


def reason_of_call(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id="pow"):
            return "pow rounds by library: exact.power or exact.int_power"
        case ast.Name(id="sum") if not (counts(call) or starts_with_an_array(call)):
            return "sum of floats differs between Python versions: exact.fixed_sum or math.fsum"
        case ast.Attribute(value=ast.Attribute(attr=operation), attr="reduce" | "reduceat"):
            return f"{operation}.reduce" if operation in REDUCED else ""
        case ast.Attribute(value=ast.Name(id="np" | "numpy" | "exact")):
            return ""
        case ast.Attribute(attr=name):
            return f".{name}() has no fixed order" if name in METHODS else ""
    return ""


def power_of_two(node: ast.AST) -> bool:
    """Whether the exponent and the base 2 are written out, which is exact: `2.0**-53`."""
    match node:
        case ast.BinOp(left=ast.Constant(value=2), right=ast.Constant(value=int())):
            return True
        case ast.BinOp(left=ast.Constant(value=2), right=ast.UnaryOp(operand=ast.Constant())):
            return True
    return False


def counts(call: ast.Call) -> bool:
    """Whether a built-in sum adds whole numbers: 1, len(x) or int(x) for each element."""
    match call.args:
        case [ast.GeneratorExp(elt=ast.Constant(value=int()))]:
            return True
        case [ast.GeneratorExp(elt=ast.Call(func=ast.Name(id="len" | "int")))]:
            return True
    return False


def starts_with_an_array(call: ast.Call) -> bool:
    """Whether a built-in sum has a computed `start`: arrays are added one after the other."""
    starts = [keyword.value for keyword in call.keywords if keyword.arg == "start"]
    return any(not isinstance(start, ast.Constant) for start in starts)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_operations_with_the_same_bits_everywhere(path: Path) -> None:
    assert offences(ast.parse(path.read_text(encoding="utf-8"))) == []


def test_the_core_modules_are_looked_at() -> None:
    names = {str(path.relative_to(ROOT)) for path in FILES}
    assert {"sim/exact.py", "sim/draws.py", "sim/engine/state.py"} <= names


@pytest.mark.parametrize(
    "code",
    [
        "np.exp(x)",
        "np.tanh(x)",
        "numpy.power(x, 2)",
        "np.sum(x, axis=1)",
        "np.linalg.norm(x)",
        "x.sum(axis=-1)",
        "x[0].mean()",
        "np.add.reduce(x)",
        "f(x).dot(y)",
        "x @ y",
        "x ** 2",
        "x **= 2",
        "2**x",
        "pow(x, 2)",
        "sum(x)",
        "sum(weight for weight in x)",
        "sum(x, start=0.0)",
        "math.exp(1)",
        "math.fma(x, y, z)",
        "from numpy import exp",
        "from math import log",
    ],
)
def test_an_offence_is_noticed(code: str) -> None:
    assert len(offences(ast.parse(code))) == 1


@pytest.mark.parametrize(
    "code",
    [
        "exact.exp(x) * exact.power(x, 0.88)",
        "exact.fixed_sum(x)",
        "np.sqrt(x) + np.maximum(x, 0.0)",
        "np.add.accumulate(x, axis=1)",
        "np.logical_or.reduce(x)",
        "mask.any() and np.where(mask, x, y)",
        "f(**options)",
        "2**20 + 2.0**-53",
        "sum(1 for x in y) + sum(len(x) for x in y) + sum(int(x) for x in y)",
        "sum(arrays[1:], start=arrays[0])",
        "math.fsum(x)",
        "math.sqrt(x) + math.inf",
    ],
)
def test_exact_operations_pass(code: str) -> None:
    assert offences(ast.parse(code)) == []
