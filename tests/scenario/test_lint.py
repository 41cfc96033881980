"""What a scenario may not contain although every single field is sound, and what is let pass."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from sim.errors import ScenarioError
from sim.scenario.compile import compile_scenario
from sim.scenario.diagnostics import Problem, render
from sim.scenario.library import load_library
from sim.scenario.load import Inspection, inspect_scenario, load_scenario, locate, scenario_names

GOOD = Path(__file__).parent / "good"
JUNK: tuple[Any, ...] = (
    *(None, "", "x", "-1", "1e9", "{}", "%%", "true", "nan", "'"),
    *([1], {"a": 1}),
)


def look(tmp_path: Path, *changes: tuple[str, str], name: str = "tiny") -> Inspection:
    text = (GOOD / f"{name}.yaml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = tmp_path / "changed.yaml"
    path.write_text(text, encoding="utf-8")
    return inspect_scenario(path)


def codes(problems: tuple[Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize("name", ["tiny", "account"])
def test_good_scenarios_have_no_problem_at_all(name: str) -> None:
    assert inspect_scenario(GOOD / f"{name}.yaml").problems == ()


def test_errors_are_raised_all_at_once(tmp_path: Path) -> None:
    broken = look(tmp_path, ("mood: falling", "mood: hapy"), ("id: tiny", "id: Tiny"))
    assert codes(broken.problems) == ["T16", "T03"]
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "changed.yaml")
    assert caught.value.problems == broken.problems


def test_warnings_do_not_keep_a_scenario_from_being_played(tmp_path: Path) -> None:
    found = look(tmp_path, ("    turn: 2\n", "    turn: 3\n"))
    assert codes(found.problems) == ["L22"]
    assert found.loaded is not None
    assert found.loaded.warnings == found.problems


def test_a_comment_calls_off_a_warning_on_its_line(tmp_path: Path) -> None:
    late = "    turn: 3  # lint: ok L22 because: an epilogue to be read on paper\n"
    assert look(tmp_path, ("    turn: 2\n", late)).problems == ()


def test_no_comment_calls_off_an_error(tmp_path: Path) -> None:
    wrong = "    mood: hapy  # lint: ok T03 because: that is how they are\n"
    assert codes(look(tmp_path, ("    mood: falling\n", wrong)).problems) == ["T03", "L55"]


def test_a_wrong_field_does_not_hide_a_wrong_reference(tmp_path: Path) -> None:
    found = look(tmp_path, ("mood: falling", "mood: hapy"), ("who: [tom]", "who: [tim]"))
    assert codes(found.problems) == ["T03", "R01"]


def test_a_customer_with_a_mistake_can_still_be_named(tmp_path: Path) -> None:
    found = look(tmp_path, ("    name: {en: Tom Reed, zh: 里德}\n", ""))
    assert codes(found.problems) == ["T02"]


def test_what_is_cut_out_is_not_missed_in_sums(tmp_path: Path) -> None:
    found = look(tmp_path, ("loyalty: 30%, switching", "loyalty: much, switching"))
    assert codes(found.problems) == ["T04"]


def test_an_own_action_may_extend_one_of_the_library(tmp_path: Path) -> None:
    own = "actions:\n  visit:\n    extends: visit\n    hours: 1.5\n  greet:\n"
    found = look(tmp_path, ("actions:\n  greet:\n", own), ("[greet,", "[greet, visit,"))
    assert found.problems == ()
    assert found.loaded is not None
    visit, original = found.loaded.actions["visit"], load_library().actions["actions"]["visit"]
    assert visit.hours == 1.5
    assert visit.model_copy(update={"hours": original.hours}) == original


def test_fields_are_taken_over_whole(tmp_path: Path) -> None:
    found = look(tmp_path)
    assert found.loaded is not None
    greet, remember = (found.loaded.actions[name] for name in ("greet", "remember"))
    assert remember.icon == greet.icon
    assert remember.contacts == greet.contacts == 1
    assert (greet.effect.quality, remember.effect.quality) == (1, 2)


def test_events_and_encounters_can_be_asked_for_in_conditions(tmp_path: Path) -> None:
    asked = "when: kept >= 80% and event.chain_opens >= 1 and encounter.cold_coffee < 3"
    found = look(tmp_path, ("when: kept >= 80% and score >= 40", asked))
    assert found.problems == ()
    unknown = look(tmp_path, ("when: kept >= 80%", "when: event.chain > 0 and kept >= 80%"))
    assert codes(unknown.problems) == ["X08"]


def test_the_score_is_only_known_at_the_end(tmp_path: Path) -> None:
    found = look(tmp_path, ("    turn: 2\n", "    when: score > 40\n"))
    assert codes(found.problems) == ["X08"]


def test_conditions_may_be_written_in_chinese(tmp_path: Path) -> None:
    chinese = "when: 满意度低于60且资金不低于1"
    found = look(tmp_path, ("when: satisfaction < 60 and money >= 1", chinese))
    assert found.problems == ()
    assert found.loaded is not None
    plain = load_scenario(GOOD / "tiny.yaml")
    field = "encounters.cold_coffee.when"
    assert found.loaded.program(field) == plain.program(field)


def test_names_without_sentences_may_be_the_same_in_both_languages(tmp_path: Path) -> None:
    named = ("{en: BrightBean, zh: 亮豆}", "{en: BrightBean, zh: BrightBean}")
    assert look(tmp_path, named).problems == ()


def test_things_nobody_uses_are_noted(tmp_path: Path) -> None:
    found = look(
        tmp_path,
        ("offers: [greet, remember, leaflet]", "offers: [remember, leaflet]"),
        ("variables: {told: 0}", "variables: {told: 0, never: 1}"),
        ("    rival: brightbean\n", ""),
    )
    # greet is not offered, but `remember` extends it
    assert codes(found.problems) == ["L25", "L25"]
    assert [problem.field for problem in found.problems] == ["rivals.brightbean", "variables.never"]
    assert {problem.severity for problem in found.problems} == {"note"}


def test_a_name_nobody_knows_is_told_with_those_there_are() -> None:
    assert locate("no-such-scenario") is None
    with pytest.raises(ScenarioError) as caught:
        load_scenario("no-such-scenario")
    (problem,) = caught.value.problems
    assert problem.code == "R04"
    assert list(problem.data["choices"]) == scenario_names()


def test_a_file_that_is_not_there_is_told() -> None:
    assert codes(inspect_scenario("nowhere/scenario.yaml").problems) == ["S01"]


def paths_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    keys = list(value) if isinstance(value, dict) else []
    keys = list(range(len(value))) if isinstance(value, list) else keys
    for key in keys:
        yield from paths_in(value[key], (*path, key))


def broken(data: Any, path: tuple[Any, ...], number: int) -> Any:
    changed = copy.deepcopy(data)
    parent = changed
    for key in path[:-1]:
        parent = parent[key]
    if number % 3 == 0:
        del parent[path[-1]]
    else:
        parent[path[-1]] = JUNK[number % len(JUNK)]
    return changed


@pytest.mark.slow
@pytest.mark.parametrize("name", ["tiny", "account"])
def test_nothing_an_author_writes_brings_a_traceback(name: str, tmp_path: Path) -> None:
    text = (GOOD / f"{name}.yaml").read_text(encoding="utf-8").replace(" on: ", ' "on": ')
    data = yaml.safe_load(text)
    path = tmp_path / "broken.yaml"
    for number, place in list(enumerate(paths_in(data)))[::2]:
        spoilt = yaml.safe_dump(broken(data, place, number), allow_unicode=True, sort_keys=False)
        path.write_text(spoilt, encoding="utf-8")
        found = inspect_scenario(path)
        assert render(found.problems, found.lines_of, "zh").count("\n") < 400
        if found.loaded is not None:
            compile_scenario(found.loaded)
