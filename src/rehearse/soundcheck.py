"""What the level of the sound tells while it is recorded: nothing heard, too loud, how long silent.

Loudness alone, so that it costs nothing while recording; the transcript's times come from speech.
"""

from collections.abc import Iterator

from rehearse.recording import Moment

NOTHING_DB = -60.0
"""A connected microphone in a quiet room is louder than this."""
NOTHING_AFTER_S = 4.0
_VOICE_ABOVE_NOISE_DB = 12.0
_QUIETEST_VOICE_DB = -50.0
_LOUDEST_ROOM_DB = -25.0
_CLIPPED_MOMENTS = 3


class SoundCheck:
    """Follows the moments of one take."""

    def __init__(self, device: str) -> None:
        self._device = device
        self._loudest_db = NOTHING_DB
        self._noise_db = _LOUDEST_ROOM_DB
        self._clipped = 0
        self._has_warned_of_nothing = False
        self._last_voice_s: float | None = None
        self._elapsed_s = 0.0

    @property
    def silence_s(self) -> float:
        """Seconds since the voice was last heard; 0 before its first sound, however long that is:
        thinking is no silence.
        """
        return 0.0 if self._last_voice_s is None else self._elapsed_s - self._last_voice_s

    def hear(self, moment: Moment) -> Iterator[str]:
        """Takes note of the moment; yields each warning once."""
        self._elapsed_s = moment.elapsed_s
        if moment.news:
            yield moment.news
        self._loudest_db = max(self._loudest_db, moment.peak_db)
        self._noise_db = min(self._noise_db, moment.peak_db)
        if moment.peak_db > max(self._noise_db + _VOICE_ABOVE_NOISE_DB, _QUIETEST_VOICE_DB):
            self._last_voice_s = moment.elapsed_s
        if moment.clipped:
            self._clipped += 1
            if self._clipped == _CLIPPED_MOMENTS:
                yield f"Too loud for {self._device}: move back a little, or lower its level."
        is_nothing = self._loudest_db <= NOTHING_DB and moment.elapsed_s >= NOTHING_AFTER_S
        if is_nothing and not self._has_warned_of_nothing:
            self._has_warned_of_nothing = True
            yield f"I hear nothing from {self._device}. Is it muted, or is another one meant?"
