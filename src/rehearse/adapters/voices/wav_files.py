"""Whether a WAV file is whole."""

import wave
from pathlib import Path

_SILENCE = b"\0"


def holds_sound(wav: Path) -> bool:
    """Whether this is a WAV file with every sample that its header promises, not all of them zero."""
    try:
        with wave.open(str(wav), "rb") as opened:
            promised_bytes = opened.getnframes() * opened.getnchannels() * opened.getsampwidth()
            samples = opened.readframes(opened.getnframes())
    except (OSError, EOFError, wave.Error):
        return False
    return len(samples) == promised_bytes and bool(samples.strip(_SILENCE))
