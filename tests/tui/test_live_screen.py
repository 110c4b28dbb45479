"""The rehearsal on a real terminal screen, with the virtual sound card: its story, and its faults."""

import json
import os
import signal
import sys
import time

import pytest
from tests.live import ANSWERS, scenario, takes_in
from tests.virtual_card import virtual_card

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from tests.live_screen import LiveScreen

__all__ = ["scenario", "virtual_card"]

RECORDING = {section: f"{section.upper()} · recording" for section in ANSWERS}


@pytest.fixture
def screen(virtual_card, home, scenario):
    started = []

    def start(*arguments, command=("run", scenario), voice="none"):
        options = ("--model", "tiny.en") if command[0] == "run" else ()
        one = LiveScreen(virtual_card, home, *command, *options, "--voice", voice, *arguments)
        started.append(one)
        return one

    yield start
    for one in started:
        one.close()


@pytest.fixture
def answer(virtual_card, speak):
    def answer(screen, section):
        screen.wait_for(RECORDING[section])
        virtual_card.speak(speak(ANSWERS[section])).wait()
        time.sleep(0.4)

    return answer


def saved(home):
    (file,) = home.glob("sessions/*/session.json")
    return json.loads(file.read_text("utf-8"))


def test_the_story_of_a_rehearsal_is_the_same_on_a_screen(screen, answer, virtual_card, home):
    with virtual_card.ear() as ear:
        live = screen("--probes", "none", voice="system")
        live.wait_for("What was going on?")
        answer(live, "situation")
        live.press("\r")
        live.wait_for("Next: RESULT")
        live.press("\r")
        answer(live, "result")
        live.press("\r")
        live.wait_for("Next: the report")
        live.press("\r")
        live.wait_for("Saved as")
        live.press("q")
        assert live.ends_with() == 0

    assert ear.sound_at_s, "nobody asked anything"
    session = saved(home)
    assert [part["name"] for part in session["sections"]] == ["situation", "result"]
    assert "parcels" in session["sections"][0]["transcript"]["text"]
    assert "counted" in session["sections"][1]["transcript"]["text"]
    assert session["session"]["id"] in live.text


@pytest.mark.parametrize("how", ["terminal closed", "SIGKILL", "SIGTERM"])
def test_a_screen_that_is_broken_off_keeps_what_was_said_and_resume_goes_on(
    screen, answer, home, how
):
    live = screen("--probes", "none")
    answer(live, "situation")
    if how == "terminal closed":
        live.close_terminal()
    else:
        os.kill(live.process.pid, getattr(signal, how))
    live.ends_with()

    ((take, length_s),) = takes_in(home).items()
    assert take == "situation-1.wav"
    assert length_s > 1.0

    resumed = screen(command=("resume",))
    resumed.wait_for(RECORDING["situation"])
    resumed.press("q")
    resumed.wait_for("Saved as")
    resumed.press("q")
    assert resumed.ends_with() == 0
    assert [part["name"] for part in saved(home)["sections"]] == ["situation"]


@pytest.mark.parametrize("key", ["q", "\x03"], ids=["q", "Ctrl-C"])
def test_leaving_the_screen_keeps_and_judges_what_there_is(screen, answer, home, key):
    live = screen("--probes", "none")
    answer(live, "situation")
    live.press(key)
    live.wait_for("Saved as")
    live.press("q")

    assert live.ends_with() == 0
    assert [part["audio"] for part in saved(home)["sections"]] == ["takes/situation-1.wav"]


def test_without_a_microphone_the_screen_gives_way_to_the_report_and_what_to_do(
    screen, answer, virtual_card, home
):
    live = screen("--probes", "none")
    answer(live, "situation")
    virtual_card.unplug()
    try:
        assert live.ends_with() == 4
    finally:
        virtual_card.plug_in()

    (folder,) = home.glob("sessions/*")
    assert "parcels" in live.raw
    assert f"rehearse resume {folder.name}" in " ".join(live.raw.split())
