"""One take, heard stretch by stretch: as far as it has been spoken, and then to its end."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future

import msgspec

from rehearse.adapters.whisper.attempts import best_record
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.record import Record
from rehearse.adapters.whisper.speech_borders import FAINT_VOICE, find_speech, speech_in
from rehearse.adapters.whisper.stretches import Cutter, Stretch
from rehearse.adapters.whisper.voice import WINDOW_SAMPLES, Samples, Voice, VoiceDetector
from rehearse.adapters.whisper.word_times import place_fillers, place_words, without_loops
from rehearse.recording import RATE_HZ
from rehearse.transcript import Hearing, Span, Transcript, Word

_FAINT_S = 0.8
_SURE_OF_FAINT_WORDS = 0.6
_TELLING_S = 5.0
"""What is shorter costs as much as this, and says nothing of the model's pace."""
_PROBABLY_DONE_S = 0.32
"""After so much silence the answer may be over, and its tail is worth being decoded."""


class Listening:
    """What is known of one take. Following it makes its end fast and changes nothing else."""

    def __init__(self, decoder: Decoder, vocabulary: Sequence[str]) -> None:
        self._decoder = decoder
        self._vocabulary = vocabulary
        self._detector = VoiceDetector()
        self._cutter = Cutter()
        self._heard: dict[tuple[Stretch, bool], Future[Record]] = {}
        self.slowness: float | None = None
        """How many seconds a second of sound has last taken to decode."""

    def follow(self, samples: Samples) -> bool:
        """Begins to decode what has become due, given all of the take so far. Whether something is
        left that has to wait: a tail that turned out to be none does not hold up the next.
        """
        voice = self._detector.follow(samples)
        so_far = self._cutter.follow(samples, voice)
        is_over = so_far.tail and so_far.quiet_s >= _PROBABLY_DONE_S
        due = so_far.stretches if is_over else so_far.settled
        missing = [stretch for stretch in due if (stretch, False) not in self._heard]
        under_way = sum(not decoding.done() for decoding in self._heard.values())
        for stretch in missing[: max(self._decoder.at_once - under_way, 0)]:
            self._record(samples, voice, stretch, is_faint=False)
            missing = missing[1:]
        return bool(missing)

    def begin(self, samples: Samples) -> None:
        """Has the whole take decoded, behind what is being decoded already. Returns before that."""
        self._plan(samples)

    def finish(self, samples: Samples, on_progress: Callable[[float], None]) -> Hearing:
        """The words of the whole take and where a voice is heard in it.

        Where a voice is hardly heard (a whisper, or a laugh, or music), words count only if the
        model itself is sure of them: on silence and noise it likes to invent a polite "Thank you."
        """
        recorded_s = samples.size / RATE_HZ
        plan = self._plan(samples)
        record = Record()
        joint: int | None = None
        for stretch, decoding in plan.stretches:
            record = record.and_then(decoding.result(), joint and joint / RATE_HZ)
            joint = stretch.joint
            on_progress(stretch.end / samples.size)
        words = without_loops(record.words)
        if plan.is_faint and _mean_confidence(words) < _SURE_OF_FAINT_WORDS:
            return Hearing(Transcript(), (), recorded_s)
        placed, spoken = place_words(words, plan.speech)
        fillers = place_fillers(record.fillers, spoken)
        return Hearing(Transcript(placed), spoken, recorded_s, fillers)

    def _plan(self, samples: Samples) -> "_Plan":
        voice = self._detector.finish(samples)
        speech = find_speech(samples, voice)
        is_faint = sum(span.duration_s for span in speech) < _FAINT_S
        if is_faint:
            speech = find_speech(samples, voice, FAINT_VOICE)
        stretches = self._cutter.follow(samples, voice).stretches if speech else ()
        return _Plan(
            speech,
            is_faint,
            [(each, self._record(samples, voice, each, is_faint=is_faint)) for each in stretches],
        )

    def _record(
        self, samples: Samples, voice: Voice, stretch: Stretch, *, is_faint: bool
    ) -> Future[Record]:
        """What was said in a stretch; times count from the beginning of the take."""
        sound = samples[stretch.start : stretch.end]
        speech = speech_in(voice[stretch.start // WINDOW_SAMPLES : stretch.end // WINDOW_SAMPLES])

        def hear() -> Record:
            began_s = time.monotonic()
            record = best_record(self._decoder, sound, speech, self._vocabulary, is_faint=is_faint)
            if sound.size >= _TELLING_S * RATE_HZ:
                self.slowness = (time.monotonic() - began_s) * RATE_HZ / sound.size
            return record.later(stretch.start / RATE_HZ)

        if (stretch, is_faint) not in self._heard:
            self._heard[stretch, is_faint] = self._decoder.threads.submit(hear)
        return self._heard[stretch, is_faint]


class _Plan(msgspec.Struct, frozen=True):
    """How a whole take is heard."""

    speech: tuple[Span, ...]
    is_faint: bool
    stretches: list[tuple[Stretch, Future[Record]]]


def _mean_confidence(words: Sequence[Word]) -> float:
    return sum(word.confidence or 0.0 for word in words) / max(len(words), 1)
