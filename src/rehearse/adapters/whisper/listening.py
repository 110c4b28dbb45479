"""One take, heard stretch by stretch: as far as it has been spoken, and then to its end."""

from collections.abc import Callable, Sequence

from rehearse.adapters.whisper.attempts import best_words
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.joints import joined
from rehearse.adapters.whisper.speech_borders import FAINT_VOICE, find_speech, speech_in
from rehearse.adapters.whisper.stretches import Stretch, cut
from rehearse.adapters.whisper.voice import WINDOW_SAMPLES, Samples, Voice, VoiceDetector
from rehearse.adapters.whisper.word_times import place_words, without_loops
from rehearse.recording import RATE_HZ
from rehearse.transcript import Hearing, Transcript, Word

_FAINT_S = 0.8
_SURE_OF_FAINT_WORDS = 0.6
_PROBABLY_DONE_S = 0.4
"""After so much silence the answer may be over, and its tail is worth being decoded."""


class Listening:
    """What is known of one take. Following it makes its end fast and changes nothing else."""

    def __init__(self, decoder: Decoder, vocabulary: Sequence[str]) -> None:
        self._decoder = decoder
        self._vocabulary = vocabulary
        self._detector = VoiceDetector()
        self._heard: dict[Stretch, tuple[Word, ...]] = {}

    def follow(self, samples: Samples) -> bool:
        """Decodes one stretch that is due, given all of the take so far. False where none is."""
        voice = self._detector.follow(samples)
        so_far = cut(samples, voice)
        is_over = so_far.tail and so_far.quiet_s >= _PROBABLY_DONE_S
        due = so_far.stretches if is_over else so_far.settled
        missing = [stretch for stretch in due if stretch not in self._heard]
        for stretch in missing[:1]:
            self._words(samples, voice, stretch)
        return len(missing) > 1

    def finish(self, samples: Samples, on_progress: Callable[[float], None]) -> Hearing:
        """The words of the whole take and where a voice is heard in it.

        Where a voice is hardly heard (a whisper, or a laugh, or music), words count only if the
        model itself is sure of them: on silence and noise it likes to invent a polite "Thank you."
        """
        recorded_s = samples.size / RATE_HZ
        voice = self._detector.finish(samples)
        speech = find_speech(samples, voice)
        is_faint = sum(span.duration_s for span in speech) < _FAINT_S
        if is_faint:
            speech = find_speech(samples, voice, FAINT_VOICE)
        if not speech:
            return Hearing(Transcript(), (), recorded_s)
        words = without_loops(self._all_words(samples, voice, on_progress))
        if is_faint and _mean_confidence(words) < _SURE_OF_FAINT_WORDS:
            return Hearing(Transcript(), (), recorded_s)
        placed, spoken = place_words(words, speech)
        return Hearing(Transcript(placed), spoken, recorded_s)

    def _all_words(
        self, samples: Samples, voice: Voice, on_progress: Callable[[float], None]
    ) -> tuple[Word, ...]:
        words: tuple[Word, ...] = ()
        joint: int | None = None
        for stretch in cut(samples, voice).stretches:
            following = self._words(samples, voice, stretch)
            words = joined(words, following, joint / RATE_HZ) if joint else words + following
            joint = stretch.joint
            on_progress(stretch.end / samples.size)
        return words

    def _words(self, samples: Samples, voice: Voice, stretch: Stretch) -> tuple[Word, ...]:
        """The words of a stretch; times count from the beginning of the take."""
        if stretch not in self._heard:
            sound = samples[stretch.start : stretch.end]
            speech = speech_in(
                voice[stretch.start // WINDOW_SAMPLES : stretch.end // WINDOW_SAMPLES]
            )
            words = best_words(self._decoder, sound, speech, self._vocabulary)
            self._heard[stretch] = tuple(_later(word, stretch.start / RATE_HZ) for word in words)
        return self._heard[stretch]


def _later(word: Word, by_s: float) -> Word:
    start_s, end_s = (word.start_s or 0.0) + by_s, (word.end_s or 0.0) + by_s
    return Word(word.text, start_s, end_s, word.confidence)


def _mean_confidence(words: Sequence[Word]) -> float:
    return sum(word.confidence or 0.0 for word in words) / max(len(words), 1)
