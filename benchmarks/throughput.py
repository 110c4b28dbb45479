"""How fast many recordings are transcribed, beside whisper-ctranslate2 and plain faster-whisper.

    python -m benchmarks.throughput FOLDER [--model base] [--groups spontaneous read]
        [--whisper-ctranslate2 PROGRAM] [--json FILE]

FOLDER holds recordings and the speech.json of benchmarks/accuracy.py. Each system hears all files of
these groups in one run of its own program, loading included: int8, beam 5, word times. The two others
run with one thread and with two, and the faster run counts. Where other work shares the machine, look at
the processor seconds, of all threads together. whisper-ctranslate2 belongs into an
environment of its own (`python -m venv X; X/bin/pip install whisper-ctranslate2`).
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from benchmarks.accuracy import Recording, normalize, processor_s
from faster_whisper import WhisperModel
from rapidfuzz.distance import Levenshtein

from rehearse import places

THREADS = (1, 2)
Texts = list[str]
"""What was heard in each file, in their order."""


class Outcome(msgspec.Struct, frozen=True):
    system: str
    took_s: float
    processor_s: float
    times_speech: float
    """Seconds of sound in a second."""
    word_error_percent: float


def ours(files: Sequence[Path], model: Path) -> Texts:
    command = [sys.executable, "-m", "rehearse", "analyze", "--json", "--model", str(model)]
    done = subprocess.run([*command, *map(str, files)], capture_output=True, check=True)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return [report["sections"][0]["transcript"]["text"] for report in reports]


def whisper_ctranslate2(program: str, threads: int) -> Callable[[Sequence[Path], Path], Texts]:
    def hear(files: Sequence[Path], model: Path) -> Texts:
        options = (
            *("--model_directory", str(model), "--device", "cpu", "--compute_type", "int8"),
            *("--language", "en", "--word_timestamps", "True", "--threads", str(threads)),
            *("--output_format", "json", "--verbose", "False"),
        )
        with TemporaryDirectory(prefix="throughput-") as folder:
            command = [program, *map(str, files), *options, "--output_dir", folder]
            subprocess.run(command, capture_output=True, check=True)
            heard = [Path(folder) / f"{file.stem}.json" for file in files]
            return [json.loads(file.read_text(encoding="utf-8"))["text"] for file in heard]

    return hear


def plain(threads: int) -> Callable[[Sequence[Path], Path], Texts]:
    def hear(files: Sequence[Path], model: Path) -> Texts:
        whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=threads)
        texts = []
        for file in files:
            segments, _ = whisper.transcribe(
                str(file), language="en", beam_size=5, word_timestamps=True
            )
            texts.append("".join(segment.text for segment in segments))
        return texts

    return hear


def measure(
    system: str,
    hear: Callable[[Sequence[Path], Path], Texts],
    recordings: dict[Path, Recording],
    model: Path,
    sound_s: float,
) -> Outcome:
    began_s, before_s = time.perf_counter(), processor_s()
    texts = hear(list(recordings), model)
    took_s, used_s = time.perf_counter() - began_s, processor_s() - before_s
    errors = words = 0
    for recording, text in zip(recordings.values(), texts, strict=True):
        said, heard = normalize(recording.ref).split(), normalize(text).split()
        errors += Levenshtein.distance(said, heard)
        words += len(said)
    return Outcome(
        system=system,
        took_s=round(took_s, 1),
        processor_s=round(used_s, 1),
        times_speech=round(sound_s / took_s, 1),
        word_error_percent=round(100 * errors / words, 1),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast many recordings are transcribed.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="base")
    parser.add_argument("--groups", nargs="+", default=["spontaneous", "elicited", "read"])
    parser.add_argument("--whisper-ctranslate2", default="whisper-ctranslate2", metavar="PROGRAM")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    listed = json.loads((options.folder / "speech.json").read_text(encoding="utf-8"))
    spoken = [entry for entry in listed if entry["group"] in options.groups]
    recordings = {
        options.folder / entry["file"]: msgspec.convert(entry, Recording) for entry in spoken
    }
    sound_s = sum(entry["seconds"] for entry in spoken)
    systems = {
        "rehearse analyze": ours,
        **{
            f"whisper-ctranslate2, {threads} threads": whisper_ctranslate2(
                options.whisper_ctranslate2, threads
            )
            for threads in THREADS
        },
        **{f"faster-whisper, {threads} threads": plain(threads) for threads in THREADS},
    }
    model = places.models() / options.model
    print(f"{len(recordings)} files, {sound_s:.0f} s of sound, {options.model}")
    print("| system | seconds | processor seconds | times as fast as speech | word error |")
    print("|---|---:|---:|---:|---:|")
    outcomes = []
    for name, hear in systems.items():
        found = measure(name, hear, recordings, model, sound_s)
        outcomes.append(found)
        print(
            f"| {name} | {found.took_s} | {found.processor_s} | {found.times_speech} | "
            f"{found.word_error_percent} % |",
            flush=True,
        )
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcomes)))


if __name__ == "__main__":
    main()
