"""Ums heard, missed and invented, beside plain, prompted and specialised systems.

    python benchmarks/fillers.py FOLDER [--models base tiny.en] [--groups spontaneous]
        [--erm PROGRAM] [--json FILE]

FOLDER is that of `accuracy.py`: recordings, and a speech.json with verbatim references. An um counts
as heard where a system puts one no further than 0.5 s from it; each counts once, and what is left
over is a false alarm. Where a recording comes with a word alignment its ums lie where that says; in
the others the larger model is given the reference and says where its words lie, which is near enough
to count by, so time errors are taken from the former alone.

Words are compared as in `accuracy.py`, without ums. Cost is processor time, and a plain pass is one
reading of every stretch without a prompt. PROGRAM is the command of the package `erm`, in an
environment of its own, and needs ffmpeg; it tells no words, and loads its model for every file.
"""

import argparse
import re
import subprocess
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import msgspec
from accuracy import GROUPS, Recording, by_system, normalize, processor_s, recordings_in
from faster_whisper import WhisperModel
from rapidfuzz.distance import Levenshtein

from rehearse import places
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.fillers import is_filler, parted
from rehearse.adapters.whisper.listening import Listening
from rehearse.adapters.whisper.stretches import cut
from rehearse.adapters.whisper.voice import Samples, find_voice, samples_of
from rehearse.recording import RATE_HZ
from rehearse.transcript import Span, Word

NEAR_S = 0.5
PROMPT = "Um, uh, hmm, er, ah. I, uh, I mean, um, it was the the, you know, the first one."
"""The best of those in the literature and of our own trials, for faster-whisper."""
PLAIN_PASS = "one plain pass"


class Heard(msgspec.Struct, frozen=True):
    """`words` is None where a system tells none."""

    words: tuple[Word, ...] | None
    fillers: tuple[Span, ...]


class Outcome(msgspec.Struct, frozen=True):
    """One system on one file; `early_s` is for each um that was heard and has a known time."""

    system: str
    file: str
    minutes: float
    said: int
    heard: int
    false: int
    errors: int | None
    cost_s: float
    early_s: tuple[float, ...]
    text: str
    fillers: tuple[Span, ...]


System = Callable[[Path, Samples], Heard]


class Aligner(Decoder):
    def place(self, samples: Samples, text: str) -> Iterator[Word]:
        """The words of the text where the model finds them in the sound."""
        tokens = self._tokens.encode(" " + text)
        return self._placed(self.encode(samples), tokens, self._start(PROMPT))


def ours(decoder: Decoder) -> System:
    def hear(_: Path, samples: Samples) -> Heard:
        hearing = Listening(decoder, ()).finish(samples, lambda _: None)
        return Heard(hearing.transcript.words, spans(hearing.fillers))

    return hear


def plain_pass(decoder: Decoder) -> System:
    def hear(_: Path, samples: Samples) -> Heard:
        words: list[Word] = []
        for stretch in cut(samples, find_voice(samples)).stretches:
            words += decoder.read(decoder.encode(samples[stretch.start : stretch.end])).words
        return Heard(parted(words)[0], spans(parted(words)[1]))

    return hear


def faster_whisper(model: WhisperModel, prompt: str | None) -> System:
    def hear(_: Path, samples: Samples) -> Heard:
        segments, _info = model.transcribe(
            samples, language="en", beam_size=5, word_timestamps=True, initial_prompt=prompt
        )
        words = [
            Word(word.word.strip(), float(word.start), float(word.end))
            for segment in segments
            for word in segment.words or ()
        ]
        return Heard(parted(words)[0], spans(parted(words)[1]))

    return hear


def erm(program: Path, model: str) -> System:
    def hear(file: Path, _: Samples) -> Heard:
        with TemporaryDirectory() as folder:
            found = Path(folder) / "found.json"
            command = [program, file, "--model", places.models() / model, "--dry-run"]
            options = ["--json", found, "--device", "cpu", "--compute-type", "int8"]
            subprocess.run([*command, *options], check=True, capture_output=True)
            cuts = msgspec.json.decode(found.read_bytes())["cuts"]
        return Heard(None, tuple(Span(each["start"], each["end"]) for each in cuts))

    return hear


def spans(words: Iterable[Word]) -> tuple[Span, ...]:
    return tuple(Span(word.start_s or 0.0, word.end_s or 0.0) for word in words)


def aligned_fillers(folder: Path, recording: Recording) -> tuple[Span, ...] | None:
    """The ums of the alignment that came with the recording, if one did."""
    if not recording.alignment:
        return None
    file = folder / recording.alignment[0]
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".cha":
        tiers = " ".join(line for line in text.splitlines() if line.startswith("%wor:"))
        marks = re.findall(r"(\S+) \x15(\d+)_(\d+)\x15", tiers)
        words = [
            (word, int(start_ms) / 1000, int(end_ms) / 1000) for word, start_ms, end_ms in marks
        ]
    else:
        tier = text.split('"IntervalTier"')[1]
        marks = re.findall(r'^([\d.]+)\n([\d.]+)\n"([^"\n]+)"$', tier, re.MULTILINE)
        words = [(word, float(start_s), float(end_s)) for start_s, end_s, word in marks]
    return tuple(Span(start_s, end_s) for word, start_s, end_s in words if is_filler(word))


def forced_fillers(aligner: Aligner, recording: Recording, samples: Samples) -> tuple[Span, ...]:
    """Where the model finds the ums of the reference, given the reference."""
    if not any(is_filler(word) for word in recording.ref.split()):
        return ()
    return spans(word for word in aligner.place(samples, recording.ref) if is_filler(word.text))


def distance_s(one: Span, other: Span) -> float:
    return max(one.start_s, other.start_s) - min(one.end_s, other.end_s)


def matched(said: Sequence[Span], heard: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Each um that was said with the um that was heard of it, the nearest pairs first."""
    pairs = sorted(
        (
            (distance_s(one, other), at, to)
            for at, one in enumerate(said)
            for to, other in enumerate(heard)
        )
    )
    taken_said, taken_heard = set(), set()
    for apart_s, at, to in pairs:
        if apart_s <= NEAR_S and at not in taken_said and to not in taken_heard:
            taken_said.add(at)
            taken_heard.add(to)
            yield said[at], heard[to]


def outcome(
    name: str,
    system: System,
    file: Path,
    samples: Samples,
    recording: Recording,
    said: tuple[Span, ...],
    *,
    is_timed: bool,
) -> Outcome:
    began_s = processor_s()
    heard = system(file, samples)
    cost_s = processor_s() - began_s
    pairs = list(matched(said, heard.fillers))
    text = " ".join(word.text for word in heard.words or ())
    reference = " ".join(word for word in recording.ref.split() if not is_filler(word))
    return Outcome(
        system=name,
        file=recording.file,
        minutes=samples.size / RATE_HZ / 60,
        said=len(said),
        heard=len(pairs),
        false=len(heard.fillers) - len(pairs),
        errors=None
        if heard.words is None
        else Levenshtein.distance(normalize(reference).split(), normalize(text).split()),
        cost_s=round(cost_s, 2),
        early_s=tuple(one.start_s - other.start_s for one, other in pairs) if is_timed else (),
        text=text,
        fillers=heard.fillers,
    )


def measure(
    folder: Path, recordings: Sequence[Recording], models: Sequence[str], program: Path | None
) -> list[Outcome]:
    decoders = {model: Aligner(places.models() / model) for model in models}
    systems: dict[str, System] = {}
    for model, decoder in decoders.items():
        bare = WhisperModel(str(places.models() / model), device="cpu", compute_type="int8")
        systems[f"{model}, rehearse"] = ours(decoder)
        systems[f"{model}, {PLAIN_PASS}"] = plain_pass(decoder)
        systems[f"{model}, faster-whisper"] = faster_whisper(bare, None)
        systems[f"{model}, faster-whisper, prompted"] = faster_whisper(bare, PROMPT)
        if program:
            systems[f"{model}, erm"] = erm(program, model)
    outcomes = []
    for recording in recordings:
        file = folder / recording.file
        samples = samples_of(read_sound(file))
        aligned = aligned_fillers(folder, recording)
        said = aligned or forced_fillers(decoders[models[0]], recording, samples)
        outcomes += [
            outcome(name, system, file, samples, recording, said, is_timed=aligned is not None)
            for name, system in systems.items()
        ]
    return outcomes


def print_table(outcomes: list[Outcome]) -> None:
    systems = by_system(outcomes)
    costs_s = {name: sum(each.cost_s for each in heard) for name, heard in systems.items()}
    heads = "ums heard | false alarms a minute | time: median | worst | word errors | cost"
    print(f"| system | {heads} |")
    print("|---|" + "---:|" * 6)
    for name, heard in systems.items():
        said, hits = sum(each.said for each in heard), sum(each.heard for each in heard)
        false = sum(each.false for each in heard) / sum(each.minutes for each in heard)
        off_s = [abs(early_s) for each in heard for early_s in each.early_s]
        errors = [each.errors for each in heard if each.errors is not None]
        cost = costs_s[name] / costs_s[f"{name.split(',')[0]}, {PLAIN_PASS}"]
        times = f"{median(off_s):.2f} s | {max(off_s):.2f} s" if off_s else "- | -"
        print(
            f"| {name} | {hits} of {said} | {false:.2f} | {times} | "
            f"{sum(errors) if errors else '-'} | {cost:.2f} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description="Ums heard, missed and invented.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--models", nargs="+", default=["base", "tiny.en"])
    parser.add_argument("--groups", nargs="+", default=list(GROUPS))
    parser.add_argument(
        "--erm", type=Path, metavar="PROGRAM", help="the command of the package erm"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="every file, words included")
    options = parser.parse_args()
    recordings = recordings_in(options.folder, options.groups)
    outcomes = measure(options.folder, recordings, options.models, options.erm)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcomes)))
    print_table(outcomes)


if __name__ == "__main__":
    main()
