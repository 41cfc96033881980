"""Edits change what they are asked to change, and not one byte more."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.errors import ScenarioError
from sim.paths import scenarios_dir
from sim.scenario.edit import Draft
from sim.scenario.lint_context import joined
from sim.scenario.plain import plain
from sim.scenario.pruning import Keys
from sim.scenario.rewrite import opened, update, write
from sim.scenario.source import PurePython, parse

AWKWARD = (
    "plain words",
    "",
    " ",
    "~",
    "null",
    "yes",
    "-",
    "- a",
    "-5",
    ".5",
    "2.6%",
    "a: b",
    "a:b",
    "ends with:",
    "#no comment",
    "a #b",
    "it's",
    '"quoted"',
    "'single'",
    "\\n is no line end",
    "{name} says",
    "[Sigh]",
    "a, b",
    "*smiles*",
    "&x",
    "!tag",
    "%",
    "@you",
    "`tick`",
    "? really",
    "what?",
    "|",
    "> quote",
    "---",
    "...",
    " leading",
    "trailing ",
    "tab\there",
    "two\nlines",
    "two\nlines\n",
    "gap\n\nbetween",
    "\nfirst empty",
    "end\n\n\n",
    "  indented\nthen not",
    "a\n  deeper\nb",
    "space at end \nof line",
    "全角：冒号，逗号",
    "“弯引号”",
    "　全角空格",
    "名字： 值",
    "😀 emoji 👩‍👩‍👧",
    "nbsp\u00a0here",
    "zero\u200bwidth",
    "bell\x07",
    "next\x85line",
    "separator\u2028here",
    "\ufeffmark",
    "x" * 300,
    "很长" * 120,
)
STYLED = """\
# about this file
plain: word   # a remark
single: 'it''s'
double: "say \\"hi\\""   # another
flow: {a: one, 'b': "two, three", c: [x, "y", z]}
literal: |   # kept
  First line.

    indented
  Last line.

folded: >-
  One sentence
  over lines.

  Another.
empty:
nothing: ~
list:
  # above
  - first   # 1
  - key: value
    other: |
      text
  - "third"
deep:
    four:
        columns: here
after: end
"""
SCALARS: tuple[Keys, ...] = (
    ("plain",),
    ("single",),
    ("double",),
    ("flow", "a"),
    ("flow", "b"),
    ("flow", "c", 1),
    ("literal",),
    ("folded",),
    ("empty",),
    ("nothing",),
    ("list", 0),
    ("list", 1, "key"),
    ("list", 1, "other"),
    ("list", 2),
    ("deep", "four", "columns"),
    ("after",),
)


def said(text: str) -> Any:
    source = parse(text, "t.yaml")
    assert source.data is not None, source.problems
    return plain(source.data)


def outside(text: str, keys: Keys) -> tuple[str, str]:
    """The text before and behind a part."""
    node = Draft(text).node(keys)
    assert node is not None
    return text[: node.start], text[node.end :]


def check_replacing(keys: Keys, eol: str, values: Sequence[str]) -> None:
    text = STYLED.replace("\n", eol)
    before, behind = outside(text, keys)
    for value in values:
        draft = Draft(text)
        draft.replace(keys, value)
        new = draft.finish()
        assert said(new) == draft.data
        assert new.startswith(before.rstrip(" "))
        assert new.endswith(behind)
        assert eol == "\n" or "\n" not in new.replace("\r\n", "")


@pytest.mark.parametrize("keys", SCALARS, ids=joined)
def test_a_scalar_takes_awkward_values_and_nothing_else_changes(keys: Keys) -> None:
    number = SCALARS.index(keys)
    eol = "\r\n" if number % 2 else "\n"
    check_replacing(keys, eol, AWKWARD[number :: len(SCALARS)])


@pytest.mark.slow
@pytest.mark.parametrize("eol", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("keys", SCALARS, ids=joined)
def test_every_scalar_takes_every_value(keys: Keys, eol: str) -> None:
    check_replacing(keys, eol, AWKWARD)


def test_the_style_is_kept_where_it_can_be() -> None:
    draft = Draft(STYLED)
    draft.replace(("single",), "that's it")
    draft.replace(("double",), "short")
    draft.replace(("flow", "b"), "2")
    draft.replace(("literal",), "New line.\nAnother.\n")
    draft.replace(("folded",), "One.\nTwo.")
    draft.replace(("plain",), 12.0)
    new = draft.finish()
    for line in (
        "single: 'that''s it'",
        'double: "short"   # another',
        "'b': \"2\"",
        "literal: |   # kept\n  New line.\n  Another.\n\nfolded: >-\n  One.\n\n  Two.\nempty:",
        "plain: 12   # a remark",
    ):
        assert line in new


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SCALARS), st.text(max_size=40))
def test_any_text_comes_back(keys: Keys, value: str) -> None:
    draft = Draft(STYLED)
    draft.replace(keys, value)
    assert said(draft.finish()) == draft.data


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([(), ("flow",), ("list", 1), ("deep", "four")]), st.text(max_size=40))
def test_what_is_added_and_removed_again_leaves_the_text_as_it_was(keys: Keys, value: str) -> None:
    draft = Draft(STYLED)
    draft.add((*keys, "new"), value)
    new = draft.finish()
    assert said(new) == draft.data
    back = Draft(new)
    back.remove((*keys, "new"))
    assert back.finish() == STYLED


def test_names_are_added_where_they_belong() -> None:
    draft = Draft("a:\n  en: One   # 1\n\n# b\nb: {en: Two}\nc: {}\nd:\n")
    draft.add(("a", "zh"), "一", after="en")
    draft.add(("b", "zh"), "二，是的")
    draft.add(("c", "x"), 1)
    draft.add(("c", "y"), [1, "two, three"])
    draft.add(("d", "deep", "en"), "Four")
    draft.add(("d", "deep", "zh"), "四")
    draft.add(("e", "name"), {"en": "Five"}, comment="five\n\nof them")
    draft.add(("e", "name", "zh"), "五")
    draft.add(("e", "size"), 5, comment="in all")
    assert draft.finish() == (
        "a:\n  en: One   # 1\n  zh: 一\n\n# b\nb: {en: Two, zh: 二，是的}\n"
        'c: {x: 1, y: [1, "two, three"]}\n'
        "d: {deep: {en: Four, zh: 四}}\n"
        "e:\n  # five\n  #\n  # of them\n  name: {en: Five, zh: 五}\n  # in all\n  size: 5\n"
    )


def test_mappings_that_end_together_grow_from_the_inside() -> None:
    draft = Draft("a:\n  b:\n    c: 1\nd: 2\n")
    draft.add(("a", "x"), 3)
    draft.add(("a", "b", "y"), 4)
    draft.set_comment(("d",), "last")
    assert draft.finish() == "a:\n  b:\n    c: 1\n    y: 4\n  x: 3\n# last\nd: 2\n"


def test_the_same_holds_without_libyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.scenario.source._Parser", PurePython)
    for keys in SCALARS:
        check_replacing(keys, "\n", ["two\nlines\n", "a: b?", "😀, “全角”"])


def test_a_comment_comes_with_what_is_added() -> None:
    draft = Draft("a:\n  x: {k: 1}\n  y: {k: 2}")
    draft.add(("a", "z"), {"k": 3, "t": "two\nlines\n"}, after="x", comment="why\n\nindeed")
    assert draft.finish() == (
        "a:\n  x: {k: 1}\n  # why\n  #\n  # indeed\n  z:\n    k: 3\n"
        "    t: |\n      two\n      lines\n  y: {k: 2}"
    )
    last = Draft("a: 1")
    last.add(("b",), "two")
    assert last.finish() == "a: 1\nb: two"


def test_comments_above_a_name_are_read_and_rewritten() -> None:
    text = "a:\n  # one\n  # two\n  x: 1\n  # y\n  y: 2\n"
    draft = Draft(text)
    assert draft.comment(("a", "x")) == "one\ntwo"
    draft.set_comment(("a", "x"), "three")
    draft.remove(("a", "y"), comment=True)
    assert draft.finish() == "a:\n  # three\n  x: 1\n"


@pytest.mark.parametrize(
    ("text", "keys", "left"),
    [
        ("a: {x: 1, y: 2, z: 3}\n", [("a", "x"), ("a", "y")], "a: {z: 3}\n"),
        ("a: {x: 1, y: 2, z: 3}\n", [("a", "y"), ("a", "z")], "a: {x: 1}\n"),
        ("a: {x: 1}\nb: 2\n", [("a", "x")], "a: {}\nb: 2\n"),
        ("a:   # why\n  x: 1   # x\nb: 2\n", [("a", "x")], "a: {}   # why\nb: 2\n"),
        ("a:\n- x: 1\n  y: 2\n  z: 3\n", [("a", 0, "x"), ("a", 0, "y")], "a:\n- z: 3\n"),
        ("a:\n- x: 1\n- 2\n", [("a", 0, "x")], "a:\n- {}\n- 2\n"),
        ("a:\n- x: 1\n- 2   # two\n- 3\n", [("a", 1)], "a:\n- x: 1\n- 3\n"),
        ("a:\n- 1\n", [("a", 0)], "a: []\n"),
        ("a: [1, 2]\n", [("a", 0)], "a: [2]\n"),
        ("a:\n  x: |+\n    t\n\n  y: 1\n", [("a", "x")], "a:\n  y: 1\n"),
        ("a: 1\r\nb: 2", [("b",)], "a: 1\r\n"),
    ],
)
def test_what_is_removed_takes_its_lines_along(text: str, keys: list[Keys], left: str) -> None:
    draft = Draft(text)
    for each in keys:
        draft.remove(each)
    assert draft.finish() == left


def test_lists_are_replaced_in_their_own_form() -> None:
    draft = Draft("a: [x, y]\nb:\n  - x\n  - y   # gone\nc: 1\n")
    draft.replace(("a",), ["z", "u, v"])
    draft.replace(("b",), ["z", 3])
    assert draft.finish() == 'a: [z, "u, v"]\nb:\n  - z\n  - 3   # gone\nc: 1\n'


def test_what_cannot_be_edited_is_refused() -> None:
    with pytest.raises(ScenarioError) as syntax:
        Draft("a: [1\n", "t.yaml")
    assert syntax.value.problems
    draft = Draft("a: 1\nb:\n  c: 2\n", "t.yaml")
    changes: list[Callable[[], None]] = [
        lambda: draft.replace(("b", "x"), 1),
        lambda: draft.add(("a", "x"), 1),
        lambda: draft.add(("b", "c"), 1),
        lambda: draft.remove(("x",)),
    ]
    for change in changes:
        with pytest.raises(ScenarioError) as refused:
            change()
        assert refused.value.problems[0].code == "E90"
    draft.replace(("a",), 2)
    draft.remove(("a",))
    with pytest.raises(ScenarioError) as twice:
        draft.finish()
    assert twice.value.problems[0].code == "E91"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_keeps_its_encoding(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "s.yaml"
    file.write_bytes("a: 一\r\nb: 2\r\n".encode(encoding))

    def change(text: str) -> str:
        draft = Draft(text)
        draft.replace(("b",), "二")
        return draft.finish()

    assert update(file, change)
    assert file.read_bytes() == "a: 一\r\nb: 二\r\n".encode(encoding)
    assert not update(file, change)
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_had_or_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as missing:
        opened(tmp_path / "none.yaml")
    assert missing.value.problems[0].code == "S01"
    with pytest.raises(ScenarioError) as locked:
        write(tmp_path / "none" / "s.yaml", b"")
    assert locked.value.problems[0].code == "E92"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["corner-cafe", "key-account", "first-day"])
def test_every_scalar_of_a_real_file_is_replaced_in_place(name: str) -> None:
    text, _ = opened(scenarios_dir() / name / "scenario.yaml")
    draft = Draft(text)
    assert draft.finish() == text
    leaves = list(_leaves((), draft.data))
    for number, keys in enumerate(leaves):
        draft.replace(keys, AWKWARD[number % len(AWKWARD)])
    assert said(draft.finish()) == draft.data
    same = Draft(text)
    for keys in leaves:
        same.replace(keys, same.node(keys).value)  # type: ignore[union-attr]
    assert said(same.finish()) == said(text)


def _leaves(keys: Keys, value: Any) -> list[Keys]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in _leaves((*keys, key), each)]
    if isinstance(value, list):
        return [leaf for key, each in enumerate(value) for leaf in _leaves((*keys, key), each)]
    return [keys]
