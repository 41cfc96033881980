"""Quiet sounds, which may fail without anybody missing the game."""

import pygame

from sim.ui.window.kit.files import asset, complain


class Sounds:
    """Plays sounds by name.

    Attributes:
        on: Whether they are heard.
        volume: 0..1.
    """

    def __init__(self, *, on: bool, volume: float) -> None:
        self.on, self.volume = on, volume
        self._loaded: dict[str, pygame.mixer.Sound | None] = {}
        self._works: bool | None = None

    def _ready(self) -> bool:
        """Starts the mixer at the first sound, since a silent game does not need it."""
        if self._works is None:
            try:
                pygame.mixer.init(frequency=44100, size=-16, channels=1, buffer=512)
                self._works = True
            except pygame.error:  # no sound card, or somebody else holds it
                self._works = False
        return self._works

    def play(self, name: str) -> None:
        """Plays one, or nothing if sound is off, cannot be had or has no such file."""
        if not self.on or not self.volume or not self._ready():
            return
        if name not in self._loaded:
            self._loaded[name] = _load(name)
        sound = self._loaded[name]
        if sound is not None:
            sound.set_volume(self.volume)
            sound.play()

    def stop(self) -> None:
        """Gives the sound card back."""
        if self._works:
            pygame.mixer.quit()
        self._works = None
        self._loaded.clear()


def _load(name: str) -> pygame.mixer.Sound | None:
    path = asset("sounds", f"{name}.wav")
    try:
        return pygame.mixer.Sound(path)
    except (OSError, pygame.error) as error:
        complain(path, error)
        return None
