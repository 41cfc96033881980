"""A display of the X window system that nobody sees, and what is drawn on it."""

import os
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = (1280, 800)
FIELDS = 25  # 32-bit numbers of the header of an XWD file
STEP = 7  # every seventh pixel is enough to tell a picture from a plain colour


class Screen:
    """What one display shows."""

    def __init__(self, name: str, file: Path) -> None:
        self.name, self._file = name, file

    def colours(self) -> int:
        """How many colours are on the screen: one when it is empty, hundreds with portraits."""
        raw = self._file.read_bytes()
        header = struct.unpack(f">{FIELDS}I", raw[: 4 * FIELDS])
        begin, colormap = header[0], 12 * header[19]
        pixels = struct.unpack(
            f"<{SIZE[0] * SIZE[1]}I", raw[begin + colormap :][: 4 * SIZE[0] * SIZE[1]]
        )
        return len(set(pixels[::STEP]))


@contextmanager
def screen(folder: Path) -> Iterator[Screen]:
    """A display with its picture in a file of `folder`, gone at the end."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-fbdir", str(folder), "-nolisten", "tcp"]
    with subprocess.Popen(
        [*command, "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            yield Screen(f":{number}", folder / "Xvfb_screen0")
        finally:
            server.terminate()


def seconds_until(happened: Callable[[], bool], patience: float = 240.0) -> float:
    """How long it takes; fails when patience ends."""
    begin = time.monotonic()
    while not happened():
        assert time.monotonic() - begin < patience, "it did not happen"
        time.sleep(0.05)
    return time.monotonic() - begin
