"""How long a live rehearsal's report takes, from the key that ends its last section.

    python -m benchmarks.latency [--model base] [--minutes 3] [--json FILE]

The demo's answers are said through the virtual sound card of the tests, again and again until each
step's time is full; half a second after the last word comes the key. In the same run one pass of plain faster-whisper (beam 5, word times, one
thread) hears the same takes afterwards.
"""

import argparse
import json
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from faster_whisper import WhisperModel
from tests.live import LiveRehearsal
from tests.virtual_card import VirtualCard

from rehearse import places
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.takes import read_take
from rehearse.recording import RATE_HZ, SAMPLE_BYTES, TakeWriter

STEPS_S = {"situation": 30, "task": 20, "action": 90, "result": 20, "reflection": 15}
SILENT_END_S = 0.8
"""So much of the silence at the end of an answer is left out: nobody waits a second with the key."""


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    model: str
    recorded_s: float
    report_s: float
    """From the last key to the end of the program: session saved, report printed."""
    plain_pass_s: float
    share: float
    lost_s: float
    """Sound that the microphone lost."""


def say_answers(folder: Path, minutes: float) -> dict[str, Path]:
    spoken = {}
    for step, target_s in STEPS_S.items():
        answer = read_sound(places.demo_answers() / f"{step}.opus")
        sound = bytes(RATE_HZ) + answer[: -round(SILENT_END_S * RATE_HZ) * SAMPLE_BYTES]
        share = target_s / sum(STEPS_S.values())
        size = int(share * minutes * 60 * RATE_HZ) * SAMPLE_BYTES
        spoken[step] = folder / f"{step}.wav"
        with TakeWriter(spoken[step]) as writer:
            writer.write((sound * (size // len(sound) + 1))[-size:])
    return spoken


def rehearse(card: VirtualCard, home: Path, model: Path, minutes: float) -> tuple[Any, float]:
    """The report, and how long it took."""
    answers = say_answers(home.parent, minutes)
    scenario = places.shipped_scenarios() / "webhook-drop.yaml"
    wishes = ("--model", model, "--probes", "none", "--voice", "none", "--plain", "--json")
    rehearsal = LiveRehearsal(card, home, "run", scenario, *wishes)
    for step, wav in answers.items():
        rehearsal.wait_for(f"recording: {step}")
        rehearsal.answer(wav)
        ended_s = time.monotonic()
        rehearsal.press()
    printed = rehearsal.finish()
    took_s = time.monotonic() - ended_s
    if not printed:
        sys.exit("\n".join(line for _, line in rehearsal.lines))
    return json.loads(printed), took_s


def plain_pass_s(model: Path, takes: list[Path]) -> float:
    plain = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)
    began_s = time.perf_counter()
    for take in takes:
        segments, _ = plain.transcribe(
            read_take(take), language="en", beam_size=5, word_timestamps=True
        )
        list(segments)
    return time.perf_counter() - began_s


def measure(name: str, minutes: float) -> Figures:
    model = places.models() / name
    with TemporaryDirectory(prefix="latency-") as folder:
        home, card = Path(folder) / "home", VirtualCard(Path(folder))
        with card.running():
            report, report_s = rehearse(card, home, model, minutes)
        plain_s = plain_pass_s(model, sorted(home.glob("sessions/*/takes/*.wav")))
    sections = report["sections"]
    return Figures(
        model=name,
        recorded_s=round(sum(section["recorded_s"] for section in sections), 1),
        report_s=round(report_s, 2),
        plain_pass_s=round(plain_s, 2),
        share=round(report_s / plain_s, 3),
        lost_s=sum(section.get("lost_s") or 0.0 for section in sections),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="The last key to the complete report.")
    parser.add_argument("--model", default="base")
    parser.add_argument("--minutes", type=float, default=3.0)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    figures = measure(options.model, options.minutes)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(figures)))
    print("| model | recorded | report after | plain pass | share | sound lost |")
    print("|---|---:|---:|---:|---:|---:|")
    print(
        f"| {figures.model} | {figures.recorded_s} s | {figures.report_s} s "
        f"| {figures.plain_pass_s} s | {100 * figures.share:.1f} % | {figures.lost_s} s |"
    )


if __name__ == "__main__":
    main()
