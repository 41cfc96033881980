"""Every save of a scenario is looked at, however an editor writes it; errors lose nothing."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.play import trials, workbench
from sim.play.workbench import Workbench
from sim.play.workshop import Workshop, file_of
from sim.play.workshop_news import Checked, Failed, News, Staged, Tried
from tests.scenario.drafts import drafted

PATIENCE = 60.0  # seconds; only a test that fails waits so long


class Author:
    """Somebody who writes a scenario and watches what the workbench tells."""

    def __init__(self, folder: Path, *, bots: tuple[str, ...] = ()) -> None:
        self.file = drafted(folder)
        self.news: list[News] = []
        self.bench = Workbench(self.file, self.news.append, bots=bots)

    @property
    def text(self) -> str:
        """What stands in the file."""
        return self.file.read_text("utf-8")

    def save(self, text: str) -> None:
        """As an editor does that writes into the file."""
        self.file.write_text(text, encoding="utf-8", newline="\n")

    def replace(self, text: str) -> None:
        """As an editor does that puts a new file in the place of the old one."""
        beside = self.file.with_name(".scenario.yaml.swp")
        beside.write_text(text, encoding="utf-8", newline="\n")
        beside.replace(self.file)

    def look(self) -> list[News]:
        """What is told until nothing is new any more."""
        self.news.clear()
        for _ in range(6):
            self.bench.turn()
        return list(self.news)

    def checked(self) -> Checked:
        """The only verdict on a save."""
        (found,) = [each for each in self.look() if isinstance(each, Checked)]
        return found


@pytest.fixture
def author(tmp_path: Path) -> Author:
    return Author(tmp_path)


def codes(checked: Checked) -> list[str]:
    return [each.code for each in checked.findings]


def test_the_first_look_tells_the_verdict_then_what_there_is(author: Author) -> None:
    checked, staged = author.look()
    assert isinstance(checked, Checked)
    assert isinstance(staged, Staged)
    assert (checked.save, checked.sound) == (1, True)
    assert checked.at == pytest.approx(author.file.stat().st_mtime)
    assert staged.case.script.id == "my-inn"
    assert [each.id for each in staged.outline.encounters] == [
        "first_words",
        "gone_quiet",
        "complaint",
    ]


def test_nothing_is_told_while_nothing_is_saved(author: Author) -> None:
    author.look()
    assert author.look() == []


def test_a_mistake_is_told_with_its_line_in_both_languages(author: Author) -> None:
    author.look()
    author.save(author.text.replace("mood: calm", "mood: hapy"))
    news = author.look()
    (checked,) = news  # nothing else: the last good preview stays
    assert isinstance(checked, Checked)
    assert not checked.sound
    (found,) = [each for each in checked.findings if each.severity == "error"]
    lines = author.text.split("\n")
    assert "mood: hapy" in lines[found.line - 1]
    assert found.place == f"{author.file}:{found.line}"
    assert "'hapy'" in found.sentence.en
    assert "“hapy”" in found.sentence.zh
    assert found.headline.en.startswith(f"{author.file}:{found.line}:{found.column}: ")
    assert found.source[found.before :].startswith("hapy ")


def test_a_correction_is_staged_again(author: Author) -> None:
    good = author.text
    author.look()
    author.save(good.replace("mood: calm", "mood: hapy"))
    author.look()
    author.save(good.replace("Yes or no", "Now or never"))
    checked, staged = author.look()
    assert isinstance(checked, Checked)
    assert isinstance(staged, Staged)
    assert checked.save == staged.save == 3
    assert staged.case.script.encounters["first_words"].title.en == "Now or never"


def test_a_file_put_in_the_place_of_the_old_one_is_noticed(author: Author) -> None:
    """Same size and same time: only the number of the file tells."""
    author.look()
    stat = author.file.stat()
    author.replace(author.text.replace("Yes or no", "No or yes"))
    os.utime(author.file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    _, staged = author.look()
    assert isinstance(staged, Staged)
    assert staged.case.script.encounters["first_words"].title.en == "No or yes"


def test_a_file_is_read_only_once_it_rests(author: Author) -> None:
    good = author.text
    author.look()
    author.news.clear()
    author.save(good[: len(good) // 2])
    author.bench.turn()
    author.save(good + "\n# more\n")
    author.bench.turn()
    assert author.news == []  # it has changed again, so it may go on changing
    author.bench.turn()
    assert [type(each) for each in author.news] == [Checked, Staged]


def test_a_look_is_given_up_if_the_file_changes_meanwhile(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = author.text
    author.look()
    inspected = workbench._inspected
    looks: list[int] = []

    def slowly(file: Path) -> object:
        found = inspected(file)
        looks.append(len(looks))
        if len(looks) == 1:
            author.save(good + "\n# the second half\n")
        return found

    monkeypatch.setattr(workbench, "_inspected", slowly)
    author.save(good[: len(good) // 2])
    assert author.checked().sound
    assert len(looks) == 2


def test_somebody_who_never_pauses_is_told_all_the_same(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, inspected = author.text, workbench._inspected
    author.look()
    saves = []

    def saving(file: Path) -> object:
        found = inspected(file)
        saves.append(file)
        author.save(good + f"\n# {'x' * len(saves)}\n")
        return found

    monkeypatch.setattr(workbench, "_inspected", saving)
    author.save(good + "\n")
    author.news.clear()
    while not author.news:
        author.bench.turn()
    assert len(saves) == workbench.MOST_OVERTAKEN + 1
    assert [type(each) for each in author.news] == [Checked]


def test_a_deleted_file_is_told_and_may_come_back(author: Author) -> None:
    good = author.text
    author.look()
    author.file.unlink()
    gone = author.checked()
    assert codes(gone) == ["S01"]
    assert gone.at == 0.0
    author.save(good)
    assert [type(each) for each in author.look()] == [Checked, Staged]


@pytest.mark.parametrize(
    "written",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.encode("utf-16"),
    ],
    ids=["byte-order mark", "Windows line ends", "UTF-16"],
)
def test_what_editors_of_windows_write_can_be_read(
    author: Author, written: Callable[[str], bytes]
) -> None:
    author.look()
    author.file.write_bytes(written(author.text.replace("Yes or no", "Aye or nay")))
    checked, staged = author.look()
    assert isinstance(checked, Checked)
    assert isinstance(staged, Staged)
    assert checked.sound
    assert staged.case.script.encounters["first_words"].title.en == "Aye or nay"


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "S05"), (b"\x00\x01\x02" * 40, "S"), (b"\xff\xfe\x00", "S"), (b"[" * 9000, "S")],
)
def test_what_is_no_scenario_is_told_and_loses_nothing(
    author: Author, content: bytes, code: str
) -> None:
    author.look()
    author.file.write_bytes(content)
    (checked,) = author.look()
    assert isinstance(checked, Checked)
    assert not checked.sound
    assert codes(checked)[0].startswith(code)


def test_the_locks_of_the_translations_belong_to_it(author: Author) -> None:
    author.look()
    author.file.with_name("scenario.locks.json").write_text("{", encoding="utf-8")
    assert codes(author.checked()) != []


def test_so_does_the_library(author: Author, monkeypatch: pytest.MonkeyPatch) -> None:
    author.look()
    library = author.file.with_name("styles.yaml")
    library.write_text("styles: {}\n", encoding="utf-8")
    forgotten: list[bool] = []
    monkeypatch.setattr("sim.play.watching.library_files", lambda: (library,))
    monkeypatch.setattr(workbench, "forget_library", lambda: forgotten.append(True))
    assert author.checked().sound
    assert forgotten == [True]


def test_many_problems_are_counted_and_the_first_ones_told(author: Author) -> None:
    author.look()
    more = "".join(f"  c{number}: {{style: hapy}}\n" for number in range(90))
    author.save(author.text.replace("\nencounters:\n", more + "\nencounters:\n", 1))
    checked = author.checked()
    assert checked.counts["error"] > len(checked.findings) == 100


def test_a_failure_of_the_program_does_not_end_the_looking(
    author: Author, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, inspected = author.text, workbench._inspected
    author.look()

    def failing(_file: Path) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(workbench, "_inspected", failing)
    author.save(good + "\n# 1\n")
    assert author.look() == [Failed(1, "ZeroDivisionError")]
    monkeypatch.setattr(workbench, "_inspected", inspected)
    author.save(good + "\n# 12\n")
    assert [type(each) for each in author.look()] == [Checked, Staged]


def test_bots_play_what_was_staged_one_after_the_other(tmp_path: Path) -> None:
    author = Author(tmp_path, bots=("nothing", "random"))
    author.look()
    tried = [each.trial for each in author.news if isinstance(each, Tried)]
    assert [each.bot for each in tried] == ["nothing", "random"]
    turns = 8
    for trial in tried:
        assert {len(course.game) for course in trial.meters.values()} == {turns + 1}
        assert sum(trial.endings.values()) == pytest.approx(1.0)
        assert trial.endings[trial.ending] > 0
        assert all(len(shares) == turns for shares in trial.opened.values())
        assert trial.opened["encounters.first_words"] == (1.0, *[0.0] * (turns - 1))
        assert trial.told["encounters.first_words"] == (1,)
        assert trial.opened["events.opening"][3] == trial.ever["events.opening"] == 1.0
        anybody = trial.opened["encounters.gone_quiet"]  # of four customers, told once
        assert max(anybody) <= trial.ever["encounters.gone_quiet"] <= min(1.0, sum(anybody))
        for course in trial.meters.values():
            for low, high in zip(course.low, course.high, strict=True):
                assert low <= high
    assert author.look() == []


def test_other_luck_is_played_when_asked_for(tmp_path: Path) -> None:
    author = Author(tmp_path, bots=("random",))
    first = [each.trial for each in author.look() if isinstance(each, Tried)]
    author.bench.sow(2)
    second = [each.trial for each in author.look() if isinstance(each, Tried)]
    assert [each.seed for each in (*first, *second)] == [1, 2]
    assert first[0].meters["score"] != second[0].meters["score"]


def test_a_save_overtakes_the_bots(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    author = Author(tmp_path, bots=("nothing",))
    good = author.text
    author.look()
    author.save(good + "\n# again\n")
    author.news.clear()
    author.bench.turn()
    author.bench.turn()  # checked and staged; now the bot is to play
    real = trials.played

    def interrupted(*arguments: object, **more: object) -> object:
        author.save(good + "\n# and again\n")
        return real(*arguments, **more)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(workbench, "played", interrupted)
    author.bench.turn()
    monkeypatch.setattr(workbench, "played", real)
    assert not [each for each in author.news if isinstance(each, Tried)]
    news = author.look()
    assert [type(each) for each in news] == [Checked, Staged, Tried]


def test_a_folder_may_be_empty_and_a_name_must_be_known(tmp_path: Path) -> None:
    assert file_of(tmp_path) == tmp_path / "scenario.yaml"
    assert file_of("first-day").is_file()
    with pytest.raises(ScenarioError):
        file_of("no-such-case")


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    drafted(tmp_path)
    opened = Workshop(tmp_path / "my-inn")
    yield opened
    opened.close()
    opened.close()
    assert not opened.running


def until(workshop: Workshop, what: Callable[[], object]) -> None:
    """Polls as a window does."""
    end = time.monotonic() + PATIENCE
    while not what() and time.monotonic() < end:
        workshop.poll()
        time.sleep(0.02)
    assert what()


@pytest.mark.slow
def test_saves_go_through_another_process(workshop: Workshop) -> None:
    good = workshop.file.read_text("utf-8")
    until(workshop, lambda: workshop.current and len(workshop.trials) == 2)
    workshop.file.write_text(good.replace("mood: calm", "mood: hapy"), encoding="utf-8")
    until(workshop, lambda: workshop.checked is not None and not workshop.checked.sound)
    assert workshop.staged is not None
    assert not workshop.current
    assert len(workshop.trials) == 2  # the last good preview stays whole
    beside = workshop.file.with_name("new.yaml")
    beside.write_text(good.replace("Yes or no", "Aye or nay"), encoding="utf-8")
    beside.replace(workshop.file)
    until(workshop, lambda: workshop.current)
    assert workshop.staged.case.script.encounters["first_words"].title.en == "Aye or nay"
    workshop.sow(7)
    until(workshop, lambda: len(workshop.trials) == 2)
    assert {trial.seed for trial in workshop.trials.values()} == {7}


@pytest.mark.slow
def test_a_process_that_was_ended_is_begun_again(workshop: Workshop) -> None:
    until(workshop, lambda: workshop.current)
    process = workshop._job._process
    assert process is not None
    process.kill()
    until(workshop, lambda: not workshop.running)
    workshop.checked = None
    workshop.again()
    until(workshop, lambda: workshop.checked is not None)
    assert workshop.running
