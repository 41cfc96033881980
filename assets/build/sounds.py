#!/usr/bin/env python3
"""Synthesise the sounds of the window: soft mallet notes, quiet enough for a classroom.

Usage:
    python assets/build/sounds.py [--out assets/sounds]

Own work: nothing but sums of decaying sines, written with the standard library.
"""

import argparse
import math
import struct
import sys
import wave
from dataclasses import dataclass
from pathlib import Path

SAMPLE_RATE_HZ = 22_050
PEAK_DBFS = -16.0
ATTACK_S = 0.006  # long enough not to click
RELEASE_S = 0.03
# Partials of a wooden bar, softened: (multiple of the pitch, level, how much faster it decays).
PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.18, 1.6), (3.93, 0.10, 3.2))


@dataclass(frozen=True)
class Note:
    """One struck note.

    Attributes:
        start_s: Onset in seconds.
        midi: Pitch as a MIDI number, 69 = 440 Hz.
        half_life_s: Seconds in which the loudness halves.
        level: Loudness relative to the other notes of the sound, 0..1.
    """

    start_s: float
    midi: float
    half_life_s: float
    level: float = 1.0


@dataclass(frozen=True)
class Sound:
    """A named sound.

    Attributes:
        length_s: Length in seconds.
        notes: What is struck.
        gain_db: Level relative to the loudest sounds; small gestures are quieter.
    """

    length_s: float
    notes: tuple[Note, ...]
    gain_db: float = 0.0


SOUNDS = {
    "click": Sound(0.09, (Note(0.0, 81, 0.014),), -8.0),
    "select": Sound(0.16, (Note(0.0, 76, 0.030),), -6.0),
    "confirm": Sound(0.34, (Note(0.0, 72, 0.05), Note(0.075, 79, 0.065)), -3.0),
    "turn_end": Sound(0.80, (Note(0.0, 60, 0.16), Note(0.09, 67, 0.16), Note(0.18, 72, 0.16))),
    "positive": Sound(0.60, (Note(0.0, 72, 0.08), Note(0.10, 76, 0.08), Note(0.20, 79, 0.10)), -2),
    "negative": Sound(0.65, (Note(0.0, 63, 0.10), Note(0.14, 58, 0.12)), -2.0),
    "encounter": Sound(0.55, (Note(0.0, 79, 0.08), Note(0.13, 74, 0.10)), -3.0),
    "win": Sound(
        1.60,
        (
            Note(0.00, 60, 0.22, 0.8),
            Note(0.00, 67, 0.20, 0.6),
            Note(0.14, 72, 0.20, 0.8),
            Note(0.28, 76, 0.20, 0.9),
            Note(0.42, 79, 0.24),
            Note(0.62, 84, 0.28),
        ),
    ),
    "lose": Sound(
        1.40,
        (
            Note(0.00, 67, 0.18, 0.9),
            Note(0.22, 63, 0.20, 0.9),
            Note(0.44, 60, 0.24),
            Note(0.44, 48, 0.26, 0.6),
        ),
        -2.0,
    ),
}


def note_value(note: Note, time_s: float) -> float:
    """Evaluate one note at ``time_s``; zero before it is struck."""
    age_s = time_s - note.start_s
    if age_s < 0:
        return 0.0
    pitch_hz = 440.0 * math.exp2((note.midi - 69) / 12)
    attack = 0.5 - 0.5 * math.cos(math.pi * min(age_s / ATTACK_S, 1.0))
    return attack * sum(
        note.level
        * level
        * math.exp2(-age_s * decay / note.half_life_s)
        * math.sin(2 * math.pi * pitch_hz * multiple * age_s)
        for multiple, level, decay in PARTIALS
    )


def synthesise(sound: Sound) -> list[float]:
    """Compute the samples of a sound, its loudest one at the peak level."""
    count = round(sound.length_s * SAMPLE_RATE_HZ)
    times = [index / SAMPLE_RATE_HZ for index in range(count)]
    raw = [
        sum(note_value(note, time_s) for note in sound.notes)
        * min(1.0, (sound.length_s - time_s) / RELEASE_S)
        for time_s in times
    ]
    peak = 10 ** ((PEAK_DBFS + sound.gain_db) / 20)
    factor = peak / max(abs(value) for value in raw)
    return [value * factor for value in raw]


def write_wave(samples: list[float], path: Path) -> None:
    """Write samples in -1..1 as a 16-bit mono file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(struct.pack(f"<{len(samples)}h", *(round(s * 32767) for s in samples)))


def main() -> int:
    """Write every sound."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "sounds")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name, sound in SOUNDS.items():
        write_wave(synthesise(sound), args.out / f"{name}.wav")
    size = sum(path.stat().st_size for path in args.out.glob("*.wav"))
    sys.stdout.write(f"{len(SOUNDS)} sounds: {size / 1e3:.0f} kB\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
