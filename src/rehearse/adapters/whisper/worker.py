"""The transcription process: loads the model, then answers one line of JSON with another.

Run as `python -m rehearse.adapters.whisper.worker MODEL_FOLDER`; see `messages` for the lines.
"""

import os
import signal
import sys
import wave
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

import ctranslate2
import msgspec
import numpy as np
from faster_whisper import WhisperModel
from faster_whisper.transcribe import Segment
from faster_whisper.vad import VadOptions

from rehearse.adapters.whisper.messages import Failed, Heard, Listen, Progress, Ready, Reply
from rehearse.adapters.whisper.speech_borders import FAINT_VOICE, Samples, find_speech
from rehearse.adapters.whisper.word_times import is_suspicious, place_words, without_loops
from rehearse.recording import RATE_HZ, SAMPLE_BYTES
from rehearse.transcript import Hearing, Span, Transcript, Word

# Silence is cut out before decoding (it is where Whisper invents sentences), but with a lower
# threshold and more room than the library's defaults, so that soft starts and ends stay in.
_DECODED_STRETCHES = VadOptions(
    threshold=0.35, neg_threshold=0.2, min_silence_duration_ms=2000, speech_pad_ms=400
)
# One step of fallback breaks a loop; higher temperatures mostly invent.
_TEMPERATURES = (0.0, 0.2, 0.4)
_BEAM_SIZE = 5
_NICENESS = 5
# Nobody says more than this; a decoder in a loop would, and take half a minute over it. Half of
# the model's 448 positions stay free for the vocabulary.
_MOST_TOKENS = 220
_TOKENS_PER_S = 10
_SPARE_TOKENS = 24
_FAINT_S = 0.8
_SURE_OF_FAINT_WORDS = 0.6
# One thread is as fast as two for base and tiny.en (docs/accuracy.md), and leaves a core for recording.
_THREADS = 1
# Tiny models (75 MB) answer jargon with invented sentences: twice the errors on other topics.
_TAKES_VOCABULARY_BYTES = 100_000_000


def main(model_path: str) -> None:
    replies = _claim_stdout()

    def send(reply: Reply) -> None:
        replies.write(msgspec.json.encode(reply) + b"\n")
        replies.flush()

    # Ctrl-C reaches the whole group; the parent decides when this process ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Recording and the first question come first.
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    requests = _requests()
    model = WhisperModel(
        model_path,
        device="cpu",
        compute_type="int8",
        cpu_threads=_THREADS,
        local_files_only=True,
    )
    takes_vocabulary = (Path(model_path) / "model.bin").stat().st_size >= _TAKES_VOCABULARY_BYTES
    send(Ready())
    while True:
        request = msgspec.json.decode(requests.get(), type=Listen)
        try:
            samples = read_take(Path(request.take))
        except (OSError, EOFError, wave.Error, ValueError) as error:
            send(Failed(f"{request.take}: this take cannot be read ({error})."))
            continue
        vocabulary = request.vocabulary if takes_vocabulary else ()
        send(Heard(hear(model, samples, vocabulary, lambda done: send(Progress(done)))))


def _requests() -> SimpleQueue[bytes]:
    """The lines of stdin. Where they end this process ends too, whatever it is doing: the parent is
    gone, killed perhaps, and nobody waits for an answer.
    """
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        # Unbuffered: no lock is held that Python would wait for where the model cannot be loaded.
        with open(0, "rb", buffering=0, closefd=False) as stdin:
            for line in stdin:
                lines.put(line)
        os._exit(0)

    Thread(target=read, daemon=True).start()
    return lines


def _claim_stdout() -> BinaryIO:
    """Stdout for our lines alone: whatever a library prints goes to stderr from now on."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return replies


def read_take(path: Path) -> Samples:
    """The samples of a take. Raises wave.Error, EOFError or ValueError where it is none."""
    with wave.open(str(path), "rb") as wav:
        if (wav.getnchannels(), wav.getsampwidth(), wav.getframerate()) != (1, 2, RATE_HZ):
            raise ValueError(f"not 16-bit mono at {RATE_HZ} Hz")
        data = wav.readframes(wav.getnframes())
    whole_samples = len(data) // SAMPLE_BYTES  # a copy may have been cut off anywhere
    return np.frombuffer(data, "<i2", whole_samples).astype(np.float32) / np.float32(32768)


def hear(
    model: WhisperModel,
    samples: Samples,
    vocabulary: Sequence[str],
    on_progress: Callable[[float], None],
) -> Hearing:
    """The words of a take and where a voice is heard in it.

    Where a voice is hardly heard (a whisper, or a laugh, or music), words count only if the model
    itself is sure of them: on silence and noise it likes to invent a polite "Thank you."
    """
    recorded_s = samples.size / RATE_HZ
    speech = find_speech(samples)
    is_faint = sum(span.duration_s for span in speech) < _FAINT_S
    if is_faint:
        speech = find_speech(samples, FAINT_VOICE)
    if not speech:
        return Hearing(Transcript(), (), recorded_s)
    words = _words(model, samples, speech, vocabulary, on_progress)
    if is_faint and _mean_confidence(words) < _SURE_OF_FAINT_WORDS:
        return Hearing(Transcript(), (), recorded_s)
    placed, spoken = place_words(words, speech)
    return Hearing(Transcript(placed), spoken, recorded_s)


def _words(
    model: WhisperModel,
    samples: Samples,
    speech: tuple[Span, ...],
    vocabulary: Sequence[str],
    on_progress: Callable[[float], None],
) -> tuple[Word, ...]:
    """What was said. With jargon on offer the decoder loses a whole sentence now and then; where that
    shows, it listens again without.
    """
    speech_s = sum(span.duration_s for span in speech)
    recorded_s = samples.size / RATE_HZ

    def decode(hotwords: Sequence[str]) -> tuple[Word, ...]:
        segments = _decode(model, samples, hotwords, speech_s)
        return without_loops(tuple(_with_progress(segments, recorded_s, on_progress)))

    words = decode(vocabulary)
    return decode(()) if vocabulary and is_suspicious(words, speech) else words


def _mean_confidence(words: Sequence[Word]) -> float:
    return sum(word.confidence or 0.0 for word in words) / max(len(words), 1)


def _decode(
    model: WhisperModel, samples: Samples, vocabulary: Sequence[str], speech_s: float
) -> Iterator[Segment]:
    ctranslate2.set_random_seed(0)  # the fallback samples; the same take must give the same words
    segments, _ = model.transcribe(
        samples,
        language="en",
        beam_size=_BEAM_SIZE,
        temperature=_TEMPERATURES,
        condition_on_previous_text=False,
        word_timestamps=True,
        vad_filter=True,
        vad_parameters=_DECODED_STRETCHES,
        hotwords=", ".join(vocabulary) or None,
        max_new_tokens=min(_MOST_TOKENS, int(_SPARE_TOKENS + _TOKENS_PER_S * speech_s)),
    )
    yield from segments


def _with_progress(
    segments: Iterable[Segment], recorded_s: float, on_progress: Callable[[float], None]
) -> Iterator[Word]:
    for segment in segments:
        yield from _whole_words(segment)
        on_progress(min(float(segment.end) / recorded_s, 1.0))


def _whole_words(segment: Segment) -> Iterator[Word]:
    """The words of a segment, with pieces that Whisper splits off ("-to", "%") put back."""
    pending: Word | None = None
    for piece in segment.words or ():
        text = piece.word.strip()
        if not text:
            continue
        if pending and not piece.word.startswith(" "):
            confidence = min(pending.confidence or 0.0, float(piece.probability))
            pending = Word(pending.text + text, pending.start_s, float(piece.end), confidence)
            continue
        if pending:
            yield pending
        pending = Word(text, float(piece.start), float(piece.end), float(piece.probability))
    if pending:
        yield pending


if __name__ == "__main__":
    main(sys.argv[1])
