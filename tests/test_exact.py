"""The exact functions: close to the truth, the same bits in every shape and on every processor."""

import hashlib
import math
import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Context, Decimal
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pytest

from sim import exact
from sim.arrays import Array

# SHA-256 of each function's results for `inputs()`: a change here changes every saved game.
GOLDEN = {
    "exp": "7b3b3ddf197079fe94a256f14da9d0c7a0c0749e38763cfd1068b4b755bc7e53",
    "log": "bfaf529108d24c57a560d1c1547a34577648c7ed32501312ea95e5bd60a2cd8d",
    "power": "4a248f54dc6eec40b41ffa8f0452fd6bd8a43345f7eac384391877ab0a9ed52c",
    "int_power": "328c67b6bc0ddddf578212083f514f8c53069260cb95d03cd8db8caf2d263209",
    "logistic": "a2f180f32242345b8ce7338e51cedbbcbafa8157dd33f778943e531ceaba2faf",
    "logit": "51604d966ebb1dd9c80277d663ce829bdf13669e71b92f32e94dc7fd124414b1",
    "normal_quantile": "ea96d12b8e490b4f8593f96c09db31a6a5e0dc0ad3aaff6538efe16ade56e32a",
    "fixed_sum": "aeccbded99b5ab40946035d4259e44591965db852163bc9f3d3df5aa9c6c26ee",
}

Function = Callable[[Array | np.float64], Array]
FUNCTIONS: dict[str, Function] = {
    "exp": exact.exp,
    "log": lambda x: exact.log(np.abs(x)),
    "power": lambda x: exact.power(np.abs(x), 0.88),
    "int_power": lambda x: exact.int_power(x, 5),
    "logistic": exact.logistic,
    "logit": lambda x: exact.logit(np.abs(x) / 40.0),
    "normal_quantile": lambda x: exact.normal_quantile(np.abs(x) / 40.0),
    "fixed_sum": lambda x: exact.fixed_sum(np.reshape(x, (-1, 8))),
}
ELEMENTWISE = [name for name in FUNCTIONS if name != "fixed_sum"]

PRECISE = Context(prec=60)
ULP = 2.0**-52


def inputs(count: int = 4096) -> Array:
    """Numbers within -40..40 that are the same everywhere, extremes of the tails included."""
    scattered = (np.arange(count, dtype=np.int64) * 2_654_435_761) % 2**32 / 2**32
    return (scattered - 0.5) * 80.0


def digest(name: str) -> str:
    return hashlib.sha256(FUNCTIONS[name](inputs()).tobytes()).hexdigest()


def error_in_ulps(result: Array, truth: list[Decimal]) -> float:
    """The largest distance from the truth, in units of the last place of the result."""
    return max(
        float(abs(Decimal(float(value)) - true)) / math.ulp(value)
        for value, true in zip(result, truth, strict=True)
    )


# Accuracy


def test_exp_errs_by_less_than_one_unit_in_the_last_place() -> None:
    x = np.concatenate([inputs(1500), np.linspace(-700.0, 700.0, 500), np.linspace(-1, 1, 501)])
    truth = [PRECISE.exp(Decimal(float(value))) for value in x]
    assert error_in_ulps(exact.exp(x), truth) < 1.0


def test_log_errs_by_less_than_one_unit_in_the_last_place() -> None:
    x = np.concatenate([np.abs(inputs(1500)), np.linspace(0.5, 2.0, 500), [1e-300, 1e-9, 1e300]])
    truth = [PRECISE.ln(Decimal(float(value))) for value in x]
    assert error_in_ulps(exact.log(x), truth) < 1.0


@pytest.mark.parametrize("exponent", [0.5, 0.7, 0.88, 1.0, 2.25])
def test_power_is_within_a_few_units_of_the_last_place(exponent: float) -> None:
    x = np.concatenate([np.abs(inputs(500)), np.linspace(0.01, 1000.0, 500)])
    truth = np.array([math.pow(value, exponent) for value in x])
    np.testing.assert_allclose(exact.power(x, exponent), truth, rtol=16 * ULP, atol=0.0)


def test_power_takes_an_exponent_for_each_base() -> None:
    result = exact.power(np.array([[4.0], [9.0]]), np.array([0.5, 1.5]))
    np.testing.assert_allclose(result, [[2.0, 8.0], [3.0, 27.0]], rtol=8 * ULP)


def test_int_power_multiplies() -> None:
    assert exact.int_power([2.0, -3.0, 0.5], 5).tolist() == [32.0, -243.0, 0.03125]
    assert exact.int_power([0.0, 7.0], 0).tolist() == [1.0, 1.0]
    assert exact.int_power(1.1, 3) == (1.1 * 1.1) * 1.1
    with pytest.raises(ValueError, match="n: -1"):
        exact.int_power(2.0, -1)


def test_logistic_and_logit_are_accurate_and_inverse() -> None:
    x = inputs(2000)
    truth = np.array([1.0 / (1.0 + math.exp(-value)) for value in x])
    np.testing.assert_allclose(exact.logistic(x), truth, rtol=8 * ULP, atol=0.0)
    inner = x[np.abs(x) < 8.0]
    np.testing.assert_allclose(exact.logit(exact.logistic(inner)), inner, rtol=0.0, atol=1e-12)


def test_logistic_has_its_textbook_values() -> None:
    assert exact.logistic(0.0) == 0.5
    assert exact.logit(0.5) == 0.0
    assert exact.logistic(math.log(3.0)) == pytest.approx(0.75, abs=1e-15)
    assert exact.logit(0.75) == pytest.approx(math.log(3.0), abs=1e-15)


def test_normal_quantile_agrees_with_the_standard_library() -> None:
    tails = np.array([10.0**-power for power in range(1, 17)])
    u = np.concatenate([np.arange(1, 1000) / 1000, tails, 1.0 - tails[:-1]])
    truth = [NormalDist().inv_cdf(value) for value in u]
    np.testing.assert_allclose(exact.normal_quantile(u), truth, rtol=1e-13, atol=1e-16)


def test_normal_quantile_takes_every_draw() -> None:
    low, high = exact.normal_quantile([0.0, 1.0])
    assert -8.3 < low < -8.2
    assert 8.2 < high < 8.3
    assert exact.normal_quantile(0.5) == 0.0


# Monotonicity


@pytest.mark.parametrize("centre", [-37.0, -8.0, -4.0, -1.0, -0.3, 0.3, 1.0, 4.0, 8.0, 36.5])
def test_logistic_never_decreases_between_neighbouring_doubles(centre: float) -> None:
    start = np.array([abs(centre)]).view(np.int64)
    neighbours = np.sort(np.copysign((start + np.arange(-20_000, 20_000)).view(np.float64), centre))
    assert np.all(np.diff(neighbours) > 0.0)
    assert np.all(np.diff(exact.logistic(neighbours)) >= 0.0)


@pytest.mark.parametrize("name", ["exp", "logistic", "int_power"])
def test_functions_increase_over_their_range(name: str) -> None:
    x = np.linspace(-36.0, 36.0, 50_001)
    assert np.all(np.diff(FUNCTIONS[name](x)) >= 0.0)


@pytest.mark.parametrize("function", [exact.log, exact.logit, exact.normal_quantile])
def test_functions_of_a_share_increase(function: Function) -> None:
    assert np.all(np.diff(function(np.linspace(1e-6, 1.0 - 1e-6, 50_001))) > 0.0)


# Extremes: warnings are errors in this suite


def test_exp_saturates() -> None:
    x = [-np.inf, -1e308, -709.0, 709.0, 1e308, np.inf]
    assert exact.exp(x).tolist() == [0.0, 0.0, 0.0, np.inf, np.inf, np.inf]
    assert np.all(np.isfinite(exact.exp([-708.0, 708.0])))
    assert exact.exp([0.0, -0.0, 5e-324]).tolist() == [1.0, 1.0, 1.0]
    assert np.isnan(exact.exp(np.nan))


def test_log_of_extremes() -> None:
    assert exact.log([0.0, 5e-324, 1.0, np.inf]).tolist() == [-np.inf, -np.inf, 0.0, np.inf]
    assert np.all(np.isfinite(exact.log([2.3e-308, 1.7e308])))
    assert np.all(np.isnan(exact.log([-1.0, -np.inf, np.nan])))


def test_power_of_extremes() -> None:
    assert exact.power([0.0, -0.0, -2.0, 1.0], 0.7).tolist() == [0.0, 0.0, 0.0, 1.0]
    assert np.all(np.isfinite(exact.power([1.7e308, 5e-324], [9.0, 9.0])))


def test_logistic_and_logit_of_extremes() -> None:
    x = np.array([-np.inf, -1e308, -708.0, 708.0, 1e308, np.inf])
    result = exact.logistic(x)
    assert result[3:].tolist() == [1.0, 1.0, 1.0]
    assert np.all((result[:3] > 0.0) & (result[:3] < 1e-300))
    assert exact.logit([0.0, 1.0]).tolist() == [-np.inf, np.inf]
    assert np.all(np.isnan(exact.logit([-0.1, 1.1])))


# Sums


def test_fixed_sum_goes_from_first_to_last() -> None:
    assert exact.fixed_sum([1e16, 1.0, -1e16, 1.0]) == 1.0
    assert exact.fixed_sum([1e16, -1e16, 1.0, 1.0]) == 2.0


@pytest.mark.parametrize("axis", [0, 1, 2, -1])
@pytest.mark.parametrize("shape", [(1, 24, 3), (700, 24, 2), (2, 1, 700), (300, 2, 300)])
def test_fixed_sum_is_the_written_out_sum_over_any_axis(shape: tuple[int, ...], axis: int) -> None:
    x = inputs(math.prod(shape)).reshape(shape)
    expected = np.zeros(np.delete(shape, axis))
    for part in np.moveaxis(x, axis, 0):
        expected = expected + part
    assert exact.fixed_sum(x, axis).tobytes() == expected.tobytes()


def test_fixed_sum_of_no_elements_is_nothing() -> None:
    assert exact.fixed_sum(np.empty((3, 0))).tolist() == [0.0, 0.0, 0.0]
    assert exact.fixed_sum(np.empty((0, 3))).shape == (0,)
    assert exact.fixed_sum(np.empty((0, 3)), 0).tolist() == [0.0, 0.0, 0.0]


def test_fixed_sum_of_one_element_is_a_copy() -> None:
    x = inputs(5).reshape(5, 1)
    total = exact.fixed_sum(x)
    assert total.tolist() == x[:, 0].tolist()
    assert not np.shares_memory(total, x)


@pytest.mark.parametrize("runs", [1, 3, 127, 128, 129, 1000])
def test_fixed_sum_of_a_row_does_not_depend_on_the_batch(runs: int) -> None:
    x = inputs(1000 * 24).reshape(1000, 24)
    assert exact.fixed_sum(x[:runs]).tobytes() == exact.fixed_sum(x)[:runs].tobytes()
    assert (
        exact.fixed_sum(np.asfortranarray(x)[:runs]).tobytes()
        == exact.fixed_sum(x[:runs]).tobytes()
    )


# The same bits whatever surrounds an element


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_an_element_does_not_depend_on_its_batch_or_layout(name: str) -> None:
    function = FUNCTIONS[name]
    x = inputs(64 * 24).reshape(64, 24)
    whole = function(x)
    for row in (0, 17, 63):
        assert function(x[row : row + 1]).tobytes() == whole[row : row + 1].tobytes()
    single = np.array([function(np.float64(value)) for value in x[5]])
    assert single.tobytes() == whole[5].tobytes()
    views = (np.s_[:, ::3], np.s_[::-1, ::-1], np.s_[1:, 7:8], np.s_[::5])
    for view in views:
        assert function(x[view]).tobytes() == whole[view].tobytes()
    assert function(np.asfortranarray(x)).tobytes() == whole.tobytes()
    assert function(x.T).tobytes() == whole.T.tobytes()


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_inputs_may_be_anything_numpy_converts_and_stay_as_they_are(name: str) -> None:
    function = FUNCTIONS[name]
    x = inputs(24)
    x.setflags(write=False)
    assert function(x).dtype == np.float64
    assert function(np.empty((0, 24))).shape == (0, 24)
    assert function(np.float64(0.3)).shape == ()
    assert isinstance(function(np.float64(0.3)), np.ndarray)


def test_python_numbers_are_taken() -> None:
    assert exact.exp(1) == pytest.approx(math.e, rel=ULP)
    assert exact.log([1, 2]).tolist() == [0.0, math.log(2)]
    assert exact.logistic(0) == exact.power(0.25, 0.5) == 0.5
    assert exact.int_power(2, 10) == 1024.0
    assert exact.fixed_sum([1, 2, 3]) == 6.0


# The same bits everywhere


@pytest.mark.parametrize("name", FUNCTIONS)
def test_results_are_those_of_every_other_machine(name: str) -> None:
    assert digest(name) == GOLDEN[name]


def processor_features() -> list[str]:
    """The processor features beyond the baseline that numpy uses here, by numpy's names."""
    settings = np.show_config(mode="dicts")
    assert isinstance(settings, dict)
    return list(settings["SIMD Extensions"].get("found", []))


def test_results_do_not_depend_on_the_processor() -> None:
    environment = dict(os.environ, PYTHONPATH=str(Path(__file__).parents[1]))
    environment["NPY_DISABLE_CPU_FEATURES"] = " ".join(processor_features())
    process = subprocess.run(
        [sys.executable, "-W", "error", __file__],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    features, *digests = process.stdout.splitlines()
    assert features == "features:"
    assert digests == [f"{name} {value}" for name, value in GOLDEN.items()]


if __name__ == "__main__":
    print("features:", *processor_features(), sep="")
    for name in FUNCTIONS:
        print(name, digest(name))
