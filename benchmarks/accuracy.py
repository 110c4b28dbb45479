"""Word errors, and the times of the first and the last word, beside plain faster-whisper.

    python benchmarks/accuracy.py FOLDER [--models base tiny.en] [--scenario FILE] [--json FILE]

FOLDER holds recordings and a speech.json that names each file, its group, its verbatim reference
and, where there is one, its word alignment (TextGrid or CHAT). Three systems hear every file, one
after the other: `rehearse`, `rehearse` with the vocabulary of a scenario that the recordings have
nothing to do with, and faster-whisper as it comes.

Text is compared as OpenAI's English normaliser leaves it: without case, punctuation, um and uh,
with numbers as digits. So this judges the words that rules and key points are looked for in, not
whether fillers are heard.
"""

import argparse
import re
import resource
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Protocol, TypeVar

import msgspec
from faster_whisper import WhisperModel
from rapidfuzz.distance import Levenshtein
from whisper_normalizer.english import EnglishTextNormalizer  # type: ignore[import-untyped]

from rehearse import places
from rehearse.adapters.scenario_library import read_scenario
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.adapters.whisper.takes import read_take
from rehearse.feedback.timing import time_answer
from rehearse.recording import TakeWriter

GROUPS = ("spontaneous", "elicited", "read", "nonspeech")


class Recording(msgspec.Struct, frozen=True):
    file: str
    group: str
    ref: str
    alignment: tuple[str, ...] = ()


class Answer(msgspec.Struct, frozen=True):
    """What one system heard in one take; times are None where it heard nothing."""

    text: str
    first_s: float | None
    last_s: float | None


class Outcome(msgspec.Struct, frozen=True):
    """One system on one file. Border errors are seconds, negative where it was early."""

    system: str
    file: str
    group: str
    words: int
    replaced: int
    lost: int
    invented: int
    took_s: float
    text: str
    first_error_s: float | None = None
    last_error_s: float | None = None

    @property
    def errors(self) -> int:
        return self.replaced + self.lost + self.invented


System = Callable[[Path], Answer]
normalize = EnglishTextNormalizer()


def ours(transcriber: WhisperTranscriber, vocabulary: Sequence[str] = ()) -> System:
    def hear(take: Path) -> Answer:
        hearing = transcriber.hear(take, vocabulary)
        timing = time_answer(hearing, None, None)
        first_s, spoken_s = timing.first_word_s, timing.spoken_s or 0.0
        last_s = None if first_s is None else first_s + spoken_s
        return Answer(hearing.transcript.text, first_s, last_s)

    return hear


def plain(model: WhisperModel) -> System:
    def hear(take: Path) -> Answer:
        segments, _ = model.transcribe(
            read_take(take), language="en", beam_size=5, word_timestamps=True
        )
        words = [word for segment in segments for word in segment.words or ()]
        text = "".join(word.word for word in words)
        if not words:
            return Answer(text, None, None)
        return Answer(text, float(words[0].start), float(words[-1].end))

    return hear


def outcome(
    name: str, system: System, take: Path, recording: Recording, borders: tuple[float, float] | None
) -> Outcome:
    began_s = time.perf_counter()
    answer = system(take)
    took_s = time.perf_counter() - began_s
    said, heard = normalize(recording.ref).split(), normalize(answer.text).split()
    kinds = [edit.tag for edit in Levenshtein.editops(said, heard)]
    found = Outcome(
        system=name,
        file=recording.file,
        group=recording.group,
        words=len(said),
        replaced=kinds.count("replace"),
        lost=kinds.count("delete"),
        invented=kinds.count("insert"),
        took_s=round(took_s, 2),
        text=answer.text.strip(),
    )
    if borders is None or answer.first_s is None or answer.last_s is None:
        return found
    return msgspec.structs.replace(
        found,
        first_error_s=round(answer.first_s - borders[0], 3),
        last_error_s=round(answer.last_s - borders[1], 3),
    )


def processor_s() -> float:
    """Of this program and of all that it has started and seen end."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def recordings_in(folder: Path, groups: Sequence[str]) -> list[Recording]:
    listed = (folder / "speech.json").read_bytes()
    recordings = msgspec.json.decode(listed, type=list[Recording])
    return [recording for recording in recordings if recording.group in groups]


def aligned_borders(folder: Path, recording: Recording) -> tuple[float, float] | None:
    """Start of the first word and end of the last in the recording's alignment, if it has one."""
    if not recording.alignment:
        return None
    file = folder / recording.alignment[0]
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".cha":
        tiers = "\n".join(line for line in text.splitlines() if line.startswith("%wor:"))
        times_s = [int(time_ms) / 1000 for time_ms in re.findall(r"\d+(?=_\d)|(?<=\d_)\d+", tiers)]
    else:
        words = text.split('"IntervalTier"')[1]
        marks = re.findall(r'^([\d.]+)\n([\d.]+)\n"[^"\n]+"$', words, re.MULTILINE)
        times_s = [float(time_s) for mark in marks for time_s in mark]
    return min(times_s), max(times_s)


def measure(folder: Path, models: Sequence[str], scenario: Path) -> list[Outcome]:
    recordings = recordings_in(folder, GROUPS)
    vocabulary = read_scenario(scenario).vocabulary
    outcomes = []
    with ExitStack() as stack:
        takes = Path(stack.enter_context(TemporaryDirectory()))
        systems: dict[str, System] = {}
        for model in models:
            installed = places.models() / model
            transcriber = stack.enter_context(WhisperTranscriber(installed))
            bare = WhisperModel(str(installed), device="cpu", compute_type="int8")
            systems[f"{model}, rehearse"] = ours(transcriber)
            systems[f"{model}, rehearse, foreign vocabulary"] = ours(transcriber, vocabulary)
            systems[f"{model}, plain"] = plain(bare)
        for recording in recordings:
            take = takes / f"{Path(recording.file).stem}.wav"
            with TakeWriter(take) as writer:
                writer.write(read_sound(folder / recording.file))
            borders = aligned_borders(folder, recording)
            outcomes += [
                outcome(name, system, take, recording, borders) for name, system in systems.items()
            ]
    return outcomes


class OfASystem(Protocol):
    @property
    def system(self) -> str: ...


AnyOutcome = TypeVar("AnyOutcome", bound=OfASystem)


def by_system(outcomes: Iterable[AnyOutcome]) -> dict[str, list[AnyOutcome]]:
    """The outcomes of each system, in the order in which the systems come."""
    systems: dict[str, list[AnyOutcome]] = {}
    for each in outcomes:
        systems.setdefault(each.system, []).append(each)
    return systems


def errors_in(outcomes: Iterable[Outcome]) -> str:
    """`12.3 % (20)`: errors in words said; where none were said, the words invented."""
    outcomes = list(outcomes)
    words, errors = sum(each.words for each in outcomes), sum(each.errors for each in outcomes)
    return f"{100 * errors / words:.1f} % ({errors})" if words else f"{errors} words"


def print_words(outcomes: list[Outcome]) -> None:
    systems = by_system(outcomes)
    first = next(iter(systems.values()))
    said = {group: sum(each.words for each in first if each.group == group) for group in GROUPS}
    heads = [f"{group} ({said[group]} words)" for group in GROUPS]
    print(f"| system | {' | '.join(heads)} | all ({sum(said.values())} words) | lost | decoding |")
    print("|---|" + "---:|" * (len(GROUPS) + 3))
    for name, heard in systems.items():
        cells = [errors_in(each for each in heard if each.group == group) for group in GROUPS]
        lost, took_s = sum(each.lost for each in heard), sum(each.took_s for each in heard)
        print(f"| {name} | {' | '.join(cells)} | {errors_in(heard)} | {lost} | {took_s:.0f} s |")


def print_borders(outcomes: list[Outcome]) -> None:
    print("| system | files | first word: median | worst | last word's end: median | worst |")
    print("|---|" + "---:|" * 5)
    for name, heard in by_system(outcomes).items():
        first = [abs(each.first_error_s) for each in heard if each.first_error_s is not None]
        last = [abs(each.last_error_s) for each in heard if each.last_error_s is not None]
        if first and last:
            errors_s = (median(first), max(first), median(last), max(last))
            print(f"| {name} | {len(first)} | {' | '.join(f'{s:.2f} s' for s in errors_s)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description="Word errors beside plain faster-whisper.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", nargs="+", default=["base", "tiny.en"])
    parser.add_argument(
        "--scenario",
        type=Path,
        default=places.shipped_scenarios() / "webhook-drop.yaml",
        help="whose vocabulary is fed",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="every file, words included")
    options = parser.parse_args()
    outcomes = measure(options.folder, options.models, options.scenario)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcomes)))
    print_words(outcomes)
    print()
    print_borders(outcomes)


if __name__ == "__main__":
    main()
