"""Verifying games and letting bots play, as the command line does it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import sim.cli
from sim.errors import ScenarioError, SimError
from sim.game import GameRecord, checksum, from_json, to_json
from sim.paths import scenarios_dir
from sim.play import services
from sim.play.case import Case
from sim.play.session import Session

TINY = Path(__file__).parents[1] / "scenario" / "good" / "tiny.yaml"
Change = Callable[[dict[str, Any]], object]


def half(_case: Case, _score: float) -> float:
    return 50.0


@pytest.fixture
def played(session: Session, tmp_path: Path) -> Path:
    """A finished game, handed in."""
    session.act("mei", "greet", "amiable")
    session.answer("cold_coffee", ("listen", "promise"))
    session.end_turn()
    session.act("tom", "remember")
    session.end_turn()
    session.grade()
    path = tmp_path / "hand-in.json"
    path.write_text(to_json(session.record), encoding="utf-8")
    return path


def forge(path: Path, change: Change) -> None:
    """Change a game by hand and make its checksum fit again."""
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    data.pop("checksum")
    data["checksum"] = checksum(GameRecord.model_validate(data))
    path.write_text(json.dumps(data), encoding="utf-8")


def test_an_honest_game_reproduces(played: Path) -> None:
    (verdict,) = services.verify([str(played)], grader=half)
    assert (verdict.code, verdict.ok, verdict.exit_code) == ("verify/reproduced", True, 0)
    assert verdict.record is not None
    assert verdict.data["grade"] == 50.0


def test_an_unfinished_game_claims_nothing(session: Session) -> None:
    session.act("mei", "greet")
    session.end_turn()
    (verdict,) = services.verify([str(session.path)], grader=half)
    assert (verdict.code, verdict.exit_code) == ("verify/unfinished", 0)
    assert verdict.data == {"turns": 1, "of": 2}


FORGED: tuple[tuple[Change, str, dict[str, object]], ...] = (
    (
        lambda d: d["result"].update(score=d["result"]["score"] + 1e-9),
        "verify/result-differs",
        {"field": "score"},
    ),
    (lambda d: d["result"].update(grade=99.0), "verify/result-differs", {"field": "grade"}),
    (lambda d: d["result"].update(ending="otherwise"), "verify/result-differs", {}),
    (lambda d: d.update(seed=6), "verify/result-differs", {}),
    (lambda d: d["turns"][0]["choices"].clear(), "verify/result-differs", {}),
    (lambda d: d["turns"].pop(), "verify/incomplete", {"turns": 1, "of": 2}),
    (lambda d: d["turns"].append({}), "save/too-many-turns", {}),
    (
        lambda d: d["turns"][1]["choices"][0].update(action="fly"),
        "choice/unknown-action",
        {"turn": 2},
    ),
    (
        lambda d: d["turns"][1].update(responses={"cold_coffee": ["shrug"]}),
        "response/not-open",
        {"turn": 2},
    ),
    (lambda d: d.update(rules_version=0), "save/other-rules", {}),
    (lambda d: d.update(fingerprint="0" * 64), "save/unknown-scenario", {"scenario": "tiny"}),
)


@pytest.mark.parametrize(("change", "code", "data"), FORGED, ids=range(len(FORGED)))
def test_a_forged_game_is_found_out(
    played: Path, change: Change, code: str, data: dict[str, object]
) -> None:
    forge(played, change)
    (verdict,) = services.verify([str(played)], grader=half)
    assert (verdict.code, verdict.exit_code) == (code, 1)
    assert data.items() <= verdict.data.items()


def test_a_grade_of_other_policies_is_not_held_against_it(played: Path) -> None:
    forge(
        played, lambda data: data.update(policy_version=0, result={**data["result"], "grade": 3.0})
    )
    (verdict,) = services.verify([str(played)], grader=half)
    assert verdict.ok


def test_each_file_gets_its_verdict(played: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.json").touch()
    paths = [str(tmp_path / "none.json"), str(tmp_path / "empty.json"), str(played)]
    verdicts = services.verify(paths, grader=half)
    assert [(verdict.path, verdict.exit_code) for verdict in verdicts] == list(
        zip(paths, (2, 1, 0), strict=True)
    )


@pytest.mark.parametrize("policy", ["expert", "random", "only:greet"])
def test_a_bot_leaves_a_game_that_reproduces(tmp_path: Path, policy: str) -> None:
    out = tmp_path / "bots" / "game.json"
    made = services.bot_game(str(TINY), policy=policy, seed=9, out=str(out), grader=half)
    assert from_json(out.read_bytes()) == made
    assert (made.pseudonym, made.seed, len(made.turns)) == (f"bot:{policy}", 9, 2)
    assert services.verify([str(out)], grader=half)[0].code == "verify/reproduced"


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [path.parent.name for path in scenarios_dir().glob("*/scenario.yaml")]
)
@pytest.mark.parametrize("policy", ["expert", "oracle", "random"])
def test_bots_leave_reproducible_games_of_every_scenario(
    tmp_path: Path, name: str, policy: str
) -> None:
    out = str(tmp_path / "game.json")
    services.bot_game(name, policy=policy, seed=11, out=out, grader=half)
    assert services.verify([out], grader=half)[0].code == "verify/reproduced"


def test_a_bot_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    for policy in ("genius", "only:fly"):
        with pytest.raises(SimError, match="policy/unknown"):
            services.bot_game(str(TINY), policy=policy, seed=1, out=str(tmp_path / "x.json"))
    with pytest.raises(ScenarioError):
        services.bot_game("nowhere", policy="expert", seed=1, out=str(tmp_path / "x.json"))


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "hand-in.json: Reproduced: "), ("zh", "hand-in.json: 重放一致：")]
)
def test_verify_speaks_both_languages(
    played: Path, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    forge(played, lambda data: data["result"].update(grade=None))
    assert sim.cli.main(["verify", str(played), "--lang", lang]) == 0
    assert said in capsys.readouterr().out
    forge(played, lambda data: data["result"].update(score=99.0))
    assert sim.cli.main(["verify", str(played), "--lang", lang]) == 1
    assert "99.0" in capsys.readouterr().out


def test_verify_of_no_file_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert sim.cli.main(["verify", "none.json"]) == 2
    assert "none.json" in capsys.readouterr().out


def test_the_command_line_lets_a_bot_play_and_verifies(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "bot.json")
    assert sim.cli.main(["play", str(TINY), "--bot", "expert", "--seed", "3", "--out", out]) == 0
    assert sim.cli.main(["verify", out]) == 0
    assert "Reproduced" in capsys.readouterr().out
    assert sim.cli.main(["play", "--bot", "expert", "--out", out]) == 2


def test_the_list_names_every_scenario(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "scenarios"
    for name, text in (("mine", TINY.read_text(encoding="utf-8")), ("bad", "format: 2\n")):
        (folder / name).mkdir(parents=True)
        (folder / name / "scenario.yaml").write_text(text, encoding="utf-8")
    listed = dict(services.list_scenarios("zh"))
    assert listed["mine"] == "最小的游戏"
    assert "scenario.yaml:1:" in listed["bad"]
