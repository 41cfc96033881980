"""The reference says all there is, as models, library and messages have it now."""

from pathlib import Path

import pytest

from sim.scenario.library import load_library
from sim.scenario.messages import MESSAGES, Language
from sim.scenario.reference import FILES, main, reference
from sim.scenario.vocabulary import names_for

DOCS = Path(__file__).parents[2] / "docs"
LANGUAGES: tuple[Language, ...] = ("en", "zh")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_files_are_what_the_program_makes(lang: Language) -> None:
    kept = (DOCS / FILES[lang]).read_text(encoding="utf-8")
    made = reference(load_library(), lang)
    assert kept == made, "make them anew: python -m sim.scenario.reference --write"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_field_word_action_and_code_is_in_it(lang: Language) -> None:
    library, text = load_library(), reference(load_library(), lang)
    fields = {name.rpartition(".")[2] for name in library.fields}
    words = {*library.moods, *library.styles, *library.kinds, *library.motives, *library.manners}
    actions = {name for group in library.actions.values() for name in group}
    for name in fields | words | actions | {*library.parameters, *library.concepts}:
        assert f"`{name}`" in text, name
    for code in set(MESSAGES) - {"T98"}:
        assert f"| {code} |" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_printed_in_either_language(
    lang: Language, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", lang]) == 0
    assert capsys.readouterr().out == reference(load_library(), lang)


def test_conditions_call_things_in_chinese_as_the_library_does() -> None:
    library = load_library()
    names = names_for(turns=1, customers=1, variables=(), events=(), encounters=(), at_end=False)
    named = {"mood": library.moods, "style": library.styles, "status": library.names["statuses"]}
    named |= {"stage": library.names["stages"], "type": library.names["matrix_types"]}
    named |= {"level": library.names["relation_levels"]}
    for name, entries in named.items():
        assert list(names[name].choices_zh) == [entry.name.zh for entry in entries.values()]
