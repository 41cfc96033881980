"""What the player may type."""

import pytest

from sim.ui.terminal.commands import Choice, global_command, match

CHOICES = [
    Choice("mei", "Mei Lin, satisfied", ("Mei Lin",)),
    Choice("tom", "Tom Reed", ("Tom Reed",)),
    Choice("tomas", "Tomás", ("Tomás", "托马斯")),
    Choice("more", names=("m", "更多")),
]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("1", ["mei"]),
        ("3", ["tomas"]),
        ("4", []),
        ("0", []),
        ("tom", ["tom"]),
        ("toma", ["tomas"]),
        ("TOM REED", ["tom"]),
        ("t", ["tom", "tomas"]),
        ("lin", ["mei"]),
        ("马", ["tomas"]),
        ("m", ["more"]),
        ("更多", ["more"]),
        ("e", []),
        ("xyz", []),
    ],
)
def test_numbers_ids_names_and_beginnings(text: str, keys: list[str]) -> None:
    assert [choice.key for choice in match(text, CHOICES)] == keys


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("h", ("help", "")),
        ("帮助", ("help", "")),
        ("QUIT", ("quit", "")),
        ("退出", ("quit", "")),
        ("g trust", ("glossary", "trust")),
        ("术语 信任", ("glossary", "信任")),
        ("w", ("numbers", "")),
        ("来历 林梅", ("numbers", "林梅")),
        ("中文", ("language", "")),
        ("undo it", ("", "")),
        ("hello", ("", "")),
    ],
)
def test_commands_of_both_languages_work_everywhere(text: str, command: tuple[str, str]) -> None:
    assert global_command(text) == command
