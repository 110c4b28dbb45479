"""The far side of the system voice: one process, one prompt, because pyttsx3 hangs on a second one.

`python -m rehearse.adapters.voices.system_child WAV` speaks what is on stdin into the file WAV;
without WAV it prints which voice it would take.
"""

import sys
import threading
import wave
from pathlib import Path
from typing import Protocol

_WORDS_PER_MIN = 175
_PREFERRED = "en-us"


class InstalledVoice(Protocol):
    """A voice as pyttsx3 lists it."""

    id: str
    languages: list[str]


def main(wav: str | None) -> None:
    import pyttsx3

    engine = pyttsx3.init()
    voice = english_voice(engine.getProperty("voices"), engine.getProperty("voice"))
    if wav is None:
        print(engine.driver_name, voice)  # noqa: T201 - the answer
        return
    finished = threading.Event()
    engine.connect("finished-utterance", lambda **_: finished.set())
    engine.setProperty("voice", voice)
    engine.setProperty("rate", _WORDS_PER_MIN)
    engine.save_to_file(sys.stdin.buffer.read().decode(), str(Path(wav).absolute()))
    engine.runAndWait()
    if engine.driver_name == "espeak":
        # This driver's runAndWait() returns while eSpeak is still at work in another thread.
        finished.wait()
    if is_aiff(Path(wav)):
        as_wav(Path(wav))


def english_voice(voices: list[InstalledVoice], usual: str) -> str:
    """The id of the system's usual voice where it speaks English, else of another that does."""
    english = {voice.id: language for voice in voices if (language := _english(voice))}
    if usual in english:
        return usual
    if not english:
        raise LookupError("no English voice is installed")
    return min(english, key=lambda voice_id: english[voice_id] != _PREFERRED)


def _english(voice: InstalledVoice) -> str:
    """The kind of English that the voice speaks, such as en-us; empty where it speaks none."""
    languages = [str(language).lower().replace("_", "-") for language in voice.languages]
    return next((language for language in languages if language.startswith("en")), "")


def is_aiff(file: Path) -> bool:
    if not file.is_file():
        return False
    with file.open("rb") as opened:
        return opened.read(4) == b"FORM"


def as_wav(file: Path) -> None:
    """Puts a WAV file in the place of the AIFF that macOS writes, whatever the file is called."""
    import av

    converted = file.with_suffix(".converted")
    with av.open(str(file)) as sound, wave.open(str(converted), "wb") as wav:
        rate_hz = sound.streams.audio[0].rate
        wav.setparams((1, 2, rate_hz, 0, "NONE", ""))
        resampler = av.AudioResampler(format="s16", layout="mono", rate=rate_hz)
        for frame in (*sound.decode(audio=0), None):
            for samples in resampler.resample(frame):
                wav.writeframes(bytes(samples.planes[0])[: samples.samples * 2])
    converted.replace(file)


if __name__ == "__main__":
    try:
        main(sys.argv[1] if len(sys.argv) > 1 else None)
    except Exception as error:  # noqa: BLE001 - whatever a driver raises, its reason is all we tell
        sys.exit(str(error) or type(error).__name__)
