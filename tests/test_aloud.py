"""What is shown is heard too, on the virtual card; and what is said where it cannot be."""

import signal
import sys
import time

import numpy as np
import pytest

from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.errors import ExitCode
from tests.live import SCENARIO, LiveRehearsal
from tests.virtual_card import LOUDSPEAKER_HZ, virtual_card

__all__ = ["virtual_card"]

STUDY = """\
schema: 1
name: lost-parcels
question: Tell me about a time you fixed something that was not yours.
overview: {overview}
steps:
  - {{name: situation, target: 4s, limit: 6s, prompt: What was going on?}}
"""
SHOWN = ["SITUATION  target 4 s, limit 6 s", "  Asked: What was going on?"]
MUTE = "raise RuntimeError('no speech today')\n"


@pytest.fixture
def scenario(tmp_path):
    file = tmp_path / "lost-parcels.yaml"
    file.write_text(STUDY.format(overview="Every week four parcels were lost. " * 12))
    return file


@pytest.fixture
def show(virtual_card, home, scenario):
    started = []

    def start(*arguments):
        arguments = ("show", scenario, "--speak", "--voice", "system", *arguments)
        started.append(LiveRehearsal(virtual_card, home, *arguments))
        return started[-1]

    yield start
    for showing in started:
        showing.close()


@pytest.fixture
def understood(model, write_take):
    """The words that a speech model hears on the loudspeaker."""

    def understand(ear):
        left = ear.frames[:, 0]
        take = write_take(left[:: LOUDSPEAKER_HZ // 16_000].tobytes())
        with WhisperTranscriber(model) as transcriber:
            return transcriber.hear(take, (), lambda _: None).transcript.text.casefold()

    return understand


def lines_of(output):
    return [line.rstrip() for line in output.splitlines()]


def wait_for_sound(ear, timeout_s=20.0):
    give_up_s = time.monotonic() + timeout_s
    while not ear.frames.any():
        assert time.monotonic() < give_up_s, "nothing was said"
        time.sleep(0.05)


def test_a_step_is_printed_and_heard(show, virtual_card, understood):
    with virtual_card.ear() as ear:
        showing = show("--section", "situation")
        output = showing.finish()
        time.sleep(0.3)

    assert (showing.process.returncode, lines_of(output)) == (0, SHOWN)
    heard = understood(ear)
    assert "seconds" in heard
    assert "going on" in heard


def test_q_stops_the_voice(show, virtual_card):
    with virtual_card.ear() as ear:
        showing = show()
        wait_for_sound(ear)
        showing.press("q")
        pressed_s = time.monotonic()
        output = showing.finish()
        time.sleep(0.3)

    assert (showing.process.returncode, showing.lines) == (0, [])
    assert "Every week four parcels were lost." in output
    assert ear.sound_at_s[1] - pressed_s < 0.5


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_stops_the_voice(show, virtual_card):
    with virtual_card.ear() as ear:
        showing = show()
        wait_for_sound(ear)
        showing.process.send_signal(signal.SIGINT)
        stopped_s = time.monotonic()
        showing.process.wait(10)
        left_s = time.monotonic()
        time.sleep(0.3)

    assert (showing.process.returncode, showing.lines) == (ExitCode.INTERRUPTED, [])
    assert left_s - stopped_s < 2.0
    assert ear.sound_at_s[1] - stopped_s < 1.0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_ctrl_c_while_a_question_is_asked_leaves_in_good_order(virtual_card, home, drill):
    arguments = (*drill[:2], "--plain", "--model", "tiny.en", "--voice", "system")
    with virtual_card.ear() as ear:
        rehearsal = LiveRehearsal(virtual_card, home, *arguments)
        wait_for_sound(ear)
        rehearsal.process.send_signal(signal.SIGINT)
        rehearsal.finish()

    assert rehearsal.process.returncode == ExitCode.INTERRUPTED
    assert [line for _, line in rehearsal.lines] == [
        "asking: situation: What was going on?",
        "",
        "Interrupted. What was recorded so far is kept.",
    ]


def test_a_voice_that_fails_is_named_and_the_text_stands(
    rehearse, virtual_card, scenario, tmp_path
):
    (tmp_path / "pyttsx3.py").write_text(MUTE)
    arguments = ("show", scenario, "--section", "situation", "--speak", "--voice", "system")
    completed = rehearse(*arguments, PYTHONPATH=str(tmp_path))

    assert (completed.returncode, lines_of(completed.stdout)) == (ExitCode.MISSING, SHOWN)
    assert completed.stderr.startswith("The system's voice cannot be used: no speech today. ")


def test_a_loudspeaker_that_is_not_there_is_named_and_the_text_stands(rehearse, scenario):
    arguments = ("show", scenario, "--section", "situation", "--speak")
    completed = rehearse(*arguments, PULSE_SERVER="unix:/nowhere")

    assert (completed.returncode, lines_of(completed.stdout), completed.stderr) == (
        ExitCode.MISSING,
        SHOWN,
        "There is no loudspeaker and there are no headphones. Plug some in and try again, or read "
        "the questions instead: `--voice none`.\n",
    )


@pytest.mark.parametrize("option", [["--voice", "system"], ["--output-device", "room"]])
def test_a_voice_without_speaking_is_wrong_usage(rehearse, scenario, option):
    completed = rehearse("show", scenario, *option)

    assert (completed.returncode, completed.stdout, completed.stderr) == (
        ExitCode.USAGE,
        "",
        "--voice and --output-device belong to reading aloud. Add --speak.\n",
    )


@pytest.fixture
def drill(tmp_path, speak, model):
    """The arguments for one recorded answer, judged."""
    file = tmp_path / "lost-parcels.yaml"
    file.write_text(SCENARIO)
    answers = tmp_path / "answers"
    answers.mkdir()
    wav = speak("Every week we lost four parcels, and I was the only one who counted them.")
    (answers / "situation.wav").write_bytes(wav.read_bytes())
    return (
        *("run", file, "--answers", answers, "--only", "situation"),
        *("--plain", "--model", "tiny.en", "--speak-report"),
    )


def test_the_report_is_heard_in_short(rehearse, virtual_card, drill, understood):
    with virtual_card.ear() as ear:
        completed = rehearse(*drill)
        time.sleep(0.3)

    assert completed.returncode == 0
    assert "SITUATION" in completed.stdout
    heard = understood(ear)
    assert "situation took" in heard
    assert "seconds" in heard
    assert np.abs(ear.frames).max() > 1000


def test_without_a_loudspeaker_for_its_report_no_rehearsal_begins(rehearse, drill, home):
    completed = rehearse(*drill, PULSE_SERVER="unix:/nowhere")

    assert (completed.returncode, completed.stdout) == (ExitCode.MISSING, "")
    assert not (home / "sessions").exists()
