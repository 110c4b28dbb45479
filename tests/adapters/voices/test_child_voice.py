"""A voice's process in good and bad times, played by real programs that misbehave."""

import os
import sys
import threading
import time
import wave

import pytest

from rehearse.adapters.voices.child_voice import speakable
from rehearse.errors import ExitCode, MissingError

REMEDY = "Choose another with --voice, or --voice none to read the prompts."
posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has other signals, and other words for errors"
)


def complaint_of(voice, wav):
    with pytest.raises(MissingError) as caught:
        voice.synthesize("Why?", wav)
    assert caught.value.exit_code == ExitCode.MISSING
    return str(caught.value)


def sounds_in(folder):
    return sorted(file.name for file in folder.iterdir() if file.suffix == ".wav")


def test_the_text_arrives_on_stdin_whatever_it_looks_like(beeping_voice, spoken, tmp_path):
    beeping_voice.synthesize(
        "--help\n me: 0.3 % of $8K, naïve\x00 “café” \ud800", tmp_path / "a.wav"
    )

    assert spoken() == ["--help me: 0.3 % of $8K, naïve “café” ?"]
    assert sounds_in(tmp_path) == ["a.wav"]


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (
            "print('loading', file=sys.stderr)\nprint('no licence!', file=sys.stderr)\nsys.exit(3)",
            "no licence",
        ),
        ("raise RuntimeError('out of\\nvoice')", "voice"),
        ("sys.exit(3)", "its process ended with code 3"),
        pytest.param("os.kill(os.getpid(), 9)", "its process ended with code -9", marks=posix_only),
        ("", "it wrote no sound"),
        ("open(wav, 'wb')", "it wrote no sound"),
        ("open(wav, 'wb').write(b'garbage' * 999)", "it wrote no sound"),
        ("open(wav, 'wb').write(b'RIFF')", "it wrote no sound"),
        (
            "with wave.open(wav, 'wb') as w:\n"
            "    w.setparams((1, 2, 8000, 0, 'NONE', ''))\n    w.writeframes(bytes(8000))",
            "it wrote no sound",
        ),
    ],
    ids=[
        "complains",
        "raises",
        "fails-silently",
        "is-killed",
        "writes-nothing",
        "writes-an-empty-file",
        "writes-garbage",
        "writes-half-a-header",
        "writes-silence",
    ],
)
def test_a_voice_that_fails_is_named_with_its_reason(voice_that, tmp_path, program, reason):
    complaint = complaint_of(voice_that(program), tmp_path / "prompt.wav")

    assert complaint == f'The voice "stand-in" failed: {reason}. {REMEDY}'
    assert sounds_in(tmp_path) == []


@posix_only
def test_a_voice_that_hangs_is_ended_with_its_children(voice_that, tmp_path):
    pulse = tmp_path / "pulse"
    program = f"""
print("waiting for the sound card", file=sys.stderr, flush=True)
open(wav, "wb").write(b"RIFF half of it")
os.fork()
while True:
    if os.getppid() != {os.getpid()}:
        open({str(pulse)!r}, "a").write("beat ")
    time.sleep(0.02)
"""
    began_s = time.monotonic()

    complaint = complaint_of(voice_that(program, start_s=1.5), tmp_path / "prompt.wav")

    assert time.monotonic() - began_s < 5
    assert complaint == (
        'The voice "stand-in" failed: no sound after 1.5 s (waiting for the sound card). ' + REMEDY
    )
    assert sounds_in(tmp_path) == []
    last_beat = pulse.read_text()
    time.sleep(0.2)
    assert pulse.read_text() == last_beat


def test_a_voice_that_keeps_writing_never_shows_half_a_file(voice_that, tmp_path):
    slow = voice_that(
        "with wave.open(wav, 'wb') as w:\n"
        "    w.setparams((1, 2, 8000, 0, 'NONE', ''))\n"
        "    for _ in range(10):\n        w.writeframes(b'ab' * 800); time.sleep(0.03)"
    )
    wav = tmp_path / "prompt.wav"
    speaking = threading.Thread(target=slow.synthesize, args=("Why?", wav))
    speaking.start()
    frames_seen = set()
    while speaking.is_alive() or not frames_seen:
        if wav.exists():
            with wave.open(str(wav)) as opened:
                frames_seen.add(opened.getnframes())
    speaking.join()

    assert frames_seen == {8000}


@posix_only
def test_a_voice_whose_program_is_not_there_is_named(voice_that, tmp_path):
    voice = voice_that("")
    voice._command = (str(tmp_path / "gone"),)

    assert complaint_of(voice, tmp_path / "prompt.wav") == (
        'The voice "stand-in" failed: '
        f"[Errno 2] No such file or directory: '{tmp_path / 'gone'}'. {REMEDY}"
    )


@posix_only
def test_closing_ends_what_is_being_spoken(voice_that, tmp_path):
    voice = voice_that(f"open({str(tmp_path / 'began')!r}, 'w')\ntime.sleep(60)")
    reasons = []
    speaking = threading.Thread(
        target=lambda: reasons.append(complaint_of(voice, tmp_path / "prompt.wav"))
    )
    speaking.start()
    while not (tmp_path / "began").exists():
        time.sleep(0.01)

    voice.close()
    speaking.join(timeout=5)

    assert reasons == [f'The voice "stand-in" failed: its process ended with code -9. {REMEDY}']


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  What\n  happened?\t Why? ", "What happened? Why?"),
        ("a [[slnc 9000]] b", "a [ [slnc 9000] ] b"),
        ("\x1b[31mred\x00", "[31mred"),
        ("", ""),
    ],
)
def test_only_what_a_voice_would_misunderstand_is_changed(text, line):
    assert speakable(text) == line
