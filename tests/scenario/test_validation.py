"""Pydantic's errors as problems: the right place, the right branch, everything at once."""

from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError

from sim.scenario import source
from sim.scenario.diagnostics import Problem, sentence
from sim.scenario.scalars import FLAG, INTEGER, NUMBER, SHARE, Flag, fail
from sim.scenario.validation import problems_of


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Both(_Strict):
    en: str
    zh: str


def _form(value: Any) -> str:
    return "plain" if isinstance(value, str) else "both"


_Text = Annotated[
    Annotated[str, Tag("plain")] | Annotated[_Both, Tag("both")], Discriminator(_form)
]
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]


class _Rival(_Strict):
    kind: Literal["rival"]
    rival: _Id
    chance: Annotated[float, Field(ge=0, le=1), SHARE] = 1.0


class _News(_Strict):
    kind: Literal["news"]
    text: _Text


class _Customer(_Strict):
    name: _Text
    mood: Literal["rising", "falling", "calm", "complacent"] = "calm"
    trust: Annotated[float, Field(ge=0, le=100), NUMBER] = 50.0
    needs: dict[_Id, Annotated[int, Field(ge=1, le=5), INTEGER]] = {}
    vip: Flag = False
    tags: Annotated[list[Annotated[str, Field(max_length=5)]], Field(max_length=2)] = []


class _Scenario(_Strict):
    format: Annotated[int, INTEGER]
    title: _Text
    growth: Annotated[float, Field(gt=-1, lt=1), SHARE] = 0.0
    customers: Annotated[dict[_Id, _Customer], Field(min_length=1)]
    events: list[Annotated[_Rival | _News, Discriminator("kind")]] = []
    loose: int | _Customer | list[int] = 3
    visits: Annotated[bool, FLAG] = False


SCHEMA = _Scenario.__pydantic_core_schema__
FINE = "format: 1\ntitle: x\ncustomers: {mei: {name: Mei}}\n"


def _problems(text: str, *, damaged: bool = False) -> list[Problem]:
    data = source.parse(text, "f.yaml").data
    assert data is not None
    try:
        _Scenario.model_validate(data)
    except ValidationError as error:
        return problems_of(error, SCHEMA, data, damaged=damaged)
    return []


def _told(text: str) -> list[str]:
    return [f"{p.line}:{p.column} {p.field} {p.code} {sentence(p, 'en')}" for p in _problems(text)]


@pytest.mark.parametrize(
    ("added", "place", "field", "code"),
    [
        ("grwoth: 2%", (4, 1), "grwoth", "T01"),
        ("growth: 100%", (4, 9), "growth", "T12"),
        ("growth: -1", (4, 9), "growth", "T10"),
        ("growth: 1,5", (4, 9), "growth", "T04"),
        ("growth: .nan", (4, 9), "growth", "T19"),
        ("growth: -.inf", (4, 9), "growth", "T19"),
        ("growth: 1e999", (4, 9), "growth", "T19"),
        ("growth: [1]", (4, 9), "growth", "T21"),
        ("growth:", (4, 1), "growth", "T23"),
        ("visits: maybe", (4, 9), "visits", "T06"),
        ("visits: {}", (4, 9), "visits", "T27"),
        ("events: {}", (4, 9), "events", "T09"),
        ("events: [{kind: rivl}]", (4, 17), "events[0].kind", "T03"),
        ("events: [{text: x}]", (4, 10), "events[0]", "T20"),
        ("events: [{kind: rival}]", (4, 10), "events[0]", "T02"),
        ("events: [{kind: rival, rival: Bean}]", (4, 31), "events[0].rival", "T16"),
        ("events: [{kind: rival, rival: b, chance: 300%}]", (4, 42), "events[0].chance", "T13"),
        ("events: [{kind: news, text: {en: x}}]", (4, 23), "events[0].text", "T02"),
        ("events: [{kind: news, text: {en: x, zh: [y]}}]", (4, 41), "events[0].text.zh", "T07"),
        ("loose: {name: x, mood: sad}", (4, 24), "loose.mood", "T03"),
    ],
)
def test_each_kind_of_error_has_its_place(
    added: str, place: tuple[int, int], field: str, code: str
) -> None:
    (problem,) = _problems(FINE + added + "\n")
    assert (problem.line, problem.column) == place
    assert (problem.field, problem.code) == (field, code)


@pytest.mark.parametrize(
    ("customer", "field", "code"),
    [
        ("name: A, trust: ^40%", "trust", "T25"),
        ("name: A, trust: ^1.000.000", "trust", "T04"),
        ('name: A, trust: ^"40"', "trust", "T24"),
        ("name: A, trust: ^400", "trust", "T13"),
        ("name: A, trust: ^-4", "trust", "T11"),
        ("name: A, trust: ^1:30", "trust", "T04"),
        ("name: A, mood: ^hapy", "mood", "T03"),
        ("name: A, ^mood: , vip: no", "mood", "T23"),
        ("name: A, needs: {x: ^1.5}", "needs.x", "T05"),
        ("name: A, needs: {x: ^7}", "needs.x", "T13"),
        ("name: A, needs: {^X: 2}", "needs.X", "T16"),
        ("name: A, tags: [^abcdef]", "tags[0]", "T15"),
        ("name: A, tags: ^[a, b, c]", "tags", "T18"),
        ("name: A, ^happiness: 3", "happiness", "T01"),
        ("name: ^[a]", "name", "T08"),
    ],
)
def test_inside_a_customer(customer: str, field: str, code: str) -> None:
    line = f"  mei: {{{customer}}}"
    (problem,) = _problems(f"format: 1\ntitle: 林\ncustomers:\n{line.replace('^', '')}\n")
    assert (problem.line, problem.column) == (4, line.index("^") + 1)
    assert (problem.field, problem.code) == (f"customers.mei.{field}", code)


def test_what_is_missing_is_missing_at_its_owner() -> None:
    (problem,) = _problems("format: 1\ntitle: x\ncustomers:\n  mei:\n    mood: calm\n")
    assert (problem.line, problem.column, problem.field) == (4, 3, "customers.mei")
    assert sentence(problem, "zh") == "缺少 name"


def test_all_problems_in_one_run() -> None:
    told = _told("format: x\ntitle: {en: A}\nbudget: 3\ncustomers: {}\nevents: [1, {kind: news}]\n")
    assert [line.split()[0] for line in told] == ["1:9", "2:1", "4:12", "5:10", "5:13", "3:1"]


def test_a_union_tag_spelt_like_a_key_points_at_the_right_value() -> None:
    (problem,) = _problems(FINE + "events:\n  - kind: rival\n    rival: Bean\n")
    assert (problem.line, problem.column, problem.field) == (6, 12, "events[0].rival")


def test_an_unknown_field_names_the_possible_ones() -> None:
    (told,) = _told(FINE.replace("name: Mei", "name: Mei, turst: 4"))
    assert "did you mean 'trust'?" in told
    assert "name, mood, trust" in told


def test_nothing_is_called_missing_where_lines_were_left_out() -> None:
    text = "format: 1\ncustomers:\n  mei: {}\n  raj: {name: x, mood: sad}\n"
    assert [p.code for p in _problems(text)] == ["T02", "T02", "T03"]
    assert [p.code for p in _problems(text, damaged=True)] == ["T03"]


def test_own_checks_bring_their_own_message() -> None:
    error = fail("R01", kind="customer", value="bob", choices=("mei",))
    assert error.type == "R01"
    assert error.context is not None
    assert error.context["choices"] == ("mei",)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.4", 0.4),
        ("010", 10.0),
        ("1e3", 1000.0),
        (".5", 0.5),
        ("+5.", 5.0),
        ("-0", -0.0),
        ("４０", 40.0),
        ("−3", -3.0),
    ],
)
def test_numbers(text: str, number: float) -> None:
    assert NUMBER.read(text) == number


@pytest.mark.parametrize(
    ("text", "share"),
    [("40%", 0.4), ("0.4", 0.4), ("29 %", 0.29), ("0.1%", 0.001), ("-5%", -0.05), ("７％", 0.07)],
)
def test_shares(text: str, share: float) -> None:
    assert SHARE.read(text) == share


@pytest.mark.parametrize(("text", "number"), [("010", 10), ("1e3", 1000), ("3.0", 3), ("-2", -2)])
def test_whole_numbers(text: str, number: int) -> None:
    assert INTEGER.read(text) == number
    assert isinstance(INTEGER.read(text), int)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1_000", "T26"),
        ("1,000.5", "T26"),
        ("1:30", "T04"),
        ("0x10", "T04"),
        ("9" * 5000, "T29"),
        ("nan", "T19"),
        (".Inf", "T19"),
        ("½", "T04"),
        ("five", "T04"),
        ("1e", "T04"),
    ],
)
def test_what_is_no_number(text: str, code: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011 - pydantic's own kind of ValueError
        NUMBER.read(text)
    assert getattr(caught.value, "type", None) == code


@pytest.mark.parametrize(
    ("text", "flag"), [("yes", True), ("No", False), ("TRUE", True), ("false", False)]
)
def test_flags(text: str, flag: bool) -> None:
    assert FLAG.read(text) is flag


def test_editors_learn_of_percentages_and_limits() -> None:
    properties = _Rival.model_json_schema()["properties"]["chance"]
    number, percentage = properties["anyOf"]
    assert (number["minimum"], number["maximum"]) == (0, 1)
    assert percentage["type"] == "string"
