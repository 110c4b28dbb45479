"""Which voice speaks."""

import contextlib
from pathlib import Path
from typing import Literal

from rehearse.adapters.voices.piper_voice import PiperVoice
from rehearse.adapters.voices.spoken_prompts import Voice
from rehearse.adapters.voices.system_voice import SystemVoice
from rehearse.errors import MissingError

Choice = Literal["auto", "piper", "system", "none"]


def choose_voice(choice: Choice, piper_model: Path | None = None) -> Voice | None:
    """The chosen voice; `auto` takes the best that is here, or none, but a model that is named is
    a choice of Piper.

    Raises MissingError where the chosen voice is not here.
    """
    match choice:
        case "none":
            return None
        case "piper":
            return PiperVoice(piper_model)
        case "system":
            return SystemVoice()
        case "auto":
            return PiperVoice(piper_model) if piper_model else _best()


def _best() -> Voice | None:
    for voice in (PiperVoice, SystemVoice):
        with contextlib.suppress(MissingError):
            return voice()
    return None
