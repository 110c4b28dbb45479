"""Voices: the real ones where they are here, and programs that misbehave as voices do."""

import sys

import pytest

from rehearse.adapters.voices import PiperVoice, SystemVoice
from rehearse.adapters.voices.child_voice import ChildVoice
from rehearse.errors import MissingError


@pytest.fixture(scope="module", params=[PiperVoice, SystemVoice], ids=["piper", "system"])
def real_voice(request):
    return _present(request.param)


@pytest.fixture(scope="module")
def system_voice():
    return _present(SystemVoice)


@pytest.fixture(scope="module")
def piper_voice():
    return _present(PiperVoice)


def _present(voice):
    try:
        return voice()
    except MissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def voice_that(tmp_path):
    """A voice that is a Python program: `words` is its stdin, `wav` the path that it should write."""

    def voice(program, start_s=10.0):
        script = tmp_path / "voice.py"
        script.write_text(
            f"import os, sys, time, wave\nwav = sys.argv[1]\n{program}\n", encoding="utf-8"
        )
        return ChildVoice("stand-in", "1", [sys.executable, str(script)], start_s, 0.0)

    return voice


BEEP = """
words = sys.stdin.buffer.read()
with open(os.path.join(os.path.dirname(__file__), "spoken"), "ab") as spoken:
    spoken.write(words + b"\\n")
with wave.open(wav, "wb") as beep:
    beep.setparams((1, 2, 8000, 0, "NONE", ""))
    beep.writeframes(words * 2)
"""


@pytest.fixture
def beep():
    """A program that gives its own text as samples, and keeps a list of what it was given."""
    return BEEP


@pytest.fixture
def beeping_voice(voice_that, beep):
    return voice_that(beep)


@pytest.fixture
def spoken(tmp_path):
    """What the stand-in was given so far."""

    def read():
        file = tmp_path / "spoken"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    return read
