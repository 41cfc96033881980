"""The window: events in, screens drawn, and nothing done while nothing happens."""

import gc
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import pygame

from sim.ui.window import display, focus, overlay
from sim.ui.window import settings as settings_
from sim.ui.window.inputs import Inputs
from sim.ui.window.kit import text
from sim.ui.window.kit.fields import TextField
from sim.ui.window.kit.node import Answer, Begin, Command, Replace, Screen
from sim.ui.window.kit.theme import THEMES
from sim.ui.window.kit.ui import Look, Ui
from sim.ui.window.settings import Settings
from sim.ui.window.sound import Sounds
from sim.ui.window.splash import Splash
from sim.ui.window.stack import Stack

FRAME_MS = 16
PIECES_SECONDS = 0.004  # of a frame that go into what is made anew unasked
TICK_SECONDS = 0.1


class App:
    """One window with its stack of screens.

    Attributes:
        ui: What widgets share.
        stack: The screens.
        settings: What the player has set; change them with `change`.
        frames: How many times the window was drawn.
    """

    def __init__(
        self,
        settings: Settings,
        first: Callable[["App"], Screen],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Opens the window.

        Args:
            settings: What the player has set.
            first: Makes the first screen.
            clock: Seconds that never go back.

        Raises:
            SimError: `window/no-display`, `window/wrong-pygame`.
        """
        text.forget()
        self.surface = display.open_window(settings.size)
        self.clock, self.settings = clock, settings
        self.sounds = Sounds(on=settings.sound, volume=settings.volume)
        self.ui = Ui(look=self._look(), now=clock(), play=self.sounds.play)
        self.frames, self.dirty, self.running = 0, True, True
        self.stack = Stack(self.ui, first(self))
        self.inputs = Inputs(self)

    def _look(self) -> Look:
        chosen = self.settings
        return Look(
            theme=THEMES[chosen.theme],
            lang=chosen.language,
            size=self.surface.get_size(),
            text=chosen.text,
            still=chosen.still,
            keys=settings_.key_labels(chosen),
        )

    def change(self, settings: Settings) -> None:
        """Takes over new settings at once and keeps them."""
        self.settings = settings
        self.sounds.on, self.sounds.volume = settings.sound, settings.volume
        settings_.save(settings)
        self.relook()

    def relook(self) -> None:
        """Builds all screens in sight anew, as language, size or theme has changed."""
        self.ui.look = self._look()
        self.stack.build_all()
        self.dirty = True

    def resize(self, size: tuple[int, int]) -> None:
        """Fits the screens to a new size of the window."""
        if size != self.ui.look.size:
            self.surface = pygame.display.get_surface() or self.surface
            self.settings = replace(self.settings, size=size)
            self.relook()

    def apply(self, answer: Answer) -> None:
        """Does what a handler answered, then builds the top screen anew."""
        if answer is None:
            return
        self.dirty = True
        if isinstance(answer, bool):
            self.stack.build()
        else:
            self._command(answer)

    def _command(self, command: Command) -> None:
        self.running = self.stack.apply(command)
        self.inputs.forget_pointer()
        if isinstance(command, Begin):
            _settle()

    def refresh(self) -> None:
        """Builds the top screen anew: what it shows has changed."""
        self.stack.build()
        self.dirty = True

    # --- the loop ---

    def run(self) -> None:
        """Plays until the player leaves; no choice is lost however that happens."""
        try:
            while self.running:
                self.step(self._wait())
        finally:
            self.close()

    def _wait(self) -> Iterable[pygame.event.Event]:
        """Sleeps until something happens or is due."""
        patience = self._patience()
        first = pygame.event.wait(patience) if patience else pygame.event.wait()
        return [first, *pygame.event.get()]

    def _patience(self) -> int:
        """Milliseconds until the next frame is due; 0 if nothing is."""
        if self.ui.moving or self.dirty or self.stack.pieces is not None:
            return FRAME_MS
        due = [toast.until for toast in self.ui.toasts] + self.inputs.due()
        if self.stack.top.screen.busy:
            due.append(self.clock() + TICK_SECONDS)
        return max(1, round(1000 * (min(due) - self.clock()))) if due else 0

    def step(self, events: Iterable[pygame.event.Event]) -> None:
        """Answers to events and draws if anything has changed."""
        self.ui.now = self.clock()
        for event in events:
            if self.running:
                self.inputs.handle(event)
        if self.running and self.stack.top.screen.busy:
            self._take(self.stack.top.screen.tick(self.ui))
        if self.running:
            self._go_on()
        lasting = [toast for toast in self.ui.toasts if toast.until > self.ui.now]
        self.dirty |= self.ui.moving or lasting != self.ui.toasts or self.inputs.tip_is_due()
        self.ui.toasts = lasting
        if self.running and self.dirty:
            self.draw()

    def _take(self, answer: Answer) -> None:
        """What the player did not ask for is shown without haste, so that no frame is late."""
        if answer is True:
            self.stack.renew(self.surface)
        else:
            self.apply(answer)

    def _go_on(self) -> None:
        """Makes anew what `_take` has begun: a piece, or more in frames that draw nothing else."""
        until = self.clock() + PIECES_SECONDS
        if self.stack.go_on(lambda: self.dirty or self.clock() > until) and not self.dirty:
            self._finish()

    def draw(self) -> None:
        """Draws everything in sight."""
        self.dirty = self.ui.moving = False
        self.ui.texts.clear()
        self.stack.draw(self.surface)
        self._finish()

    def _finish(self) -> None:
        """Draws what floats over all screens, and shows the frame."""
        rested = self.inputs.rested()
        control = overlay.tip_of(self.ui, self.stack.top.root, rested=rested)
        if control is not None and not self.inputs.tip_dismissed:
            overlay.draw_tip(self.ui, self.surface, control)
        overlay.draw_toasts(self.ui, self.surface)
        pygame.display.flip()
        display.name_window(self.stack.page())
        self.frames += 1
        self._follow_typing()

    def _follow_typing(self) -> None:
        """Tells the system whether text is typed, and where its input method may stand."""
        control = focus.focused(self.ui, self.stack.top.root)
        self.inputs.typing(control if isinstance(control, TextField) else None)

    def close(self) -> None:
        """Closes all screens and the window."""
        self.stack.close()
        settings_.save(self.settings)
        self.sounds.stop()
        display.close_window()
        self.running = False


def _settle() -> None:
    """Lets the collector of garbage pass over what a game has loaded, or a frame may take 80 ms."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def run(
    scenario: str | None = None,
    *,
    seed: int | None = None,
    language: str | None = None,
    resume: str | None = None,
    join: Sequence[str] | None = None,
    name: str = "",
    system: str = "en",
) -> int:
    """Opens the window and plays until the player leaves.

    Args:
        scenario: Name or path; None begins on the first page.
        seed: Of new games; drawn if None.
        language: `en` or `zh`; None takes the one that was set last.
        resume: The file of a game to go on with, instead of a scenario.
        join: Address and code of a class to play with, instead of both.
        name: Or number on its name list, if it is known already.
        system: Language of the very first start, when none was asked for and none set.

    Returns:
        The exit code: 0.

    Raises:
        SimError: `window/no-display`, `window/wrong-pygame`; `join/address`, `join/code`: no class
            can be there, and no window has opened.
        ScenarioError, SaveError: What was asked for cannot be played; no window has opened.
    """
    settings = settings_.load(language or system)
    if language is not None:
        settings = replace(settings, language=language)
    if scenario is None and resume is None and join is None:
        app = App(settings, lambda _app: Splash())
        app.step([])  # something to look at while all that follows is loaded
    # The game needs packages that take much longer to load than a window takes to open.
    from sim.ui.window.pages import start  # noqa: PLC0415

    if join is not None:
        entrance = start.entrance_of(*join)
        app = App(settings, start.title)
        app.apply(start.join_page(app.stack.top.screen, entrance, name))
    elif scenario is None and resume is None:
        app.apply(Replace(start.title(app, seed=seed)))
    else:
        session = start.session_of(scenario, seed=seed, language=settings.language, resume=resume)
        app = App(settings, lambda app: start.title(app, seed=seed))
        app.apply(start.game_page(app.stack.top.screen, session))
    app.run()
    return 0
