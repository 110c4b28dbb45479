"""The whole rehearsal with a voice, a loudspeaker and a microphone, on the virtual sound card."""

import json
import wave

import numpy as np
import pytest

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.speech_borders import find_speech
from rehearse.adapters.whisper.voice import find_voice
from rehearse.recording import RATE_HZ
from tests.live import ANSWERS, LiveRehearsal, scenario
from tests.virtual_card import LOUDSPEAKER_HZ, virtual_card

__all__ = ["scenario", "virtual_card"]


@pytest.fixture
def live(virtual_card, home, scenario, model):
    started = []

    def start(*arguments, command="run"):
        rehearsal = LiveRehearsal(
            virtual_card, home, command, scenario, "--plain", "--model", "tiny.en", *arguments
        )
        started.append(rehearsal)
        return rehearsal

    yield start
    for rehearsal in started:
        rehearsal.close()


def voice_of(wav):
    """When the voice in a file begins and ends, in seconds."""
    samples = np.frombuffer(read_sound(wav), "<i2").astype(np.float32) / 32768
    speech = find_speech(samples, find_voice(samples))
    return speech[0].start_s, speech[-1].end_s


def test_questions_are_heard_and_answers_are_recorded_timed_and_judged(
    live, virtual_card, speak, home
):
    answers = {section: speak(text) for section, text in ANSWERS.items()}
    with virtual_card.ear() as ear:
        rehearsal = live("--voice", "system", "--json")
        for section, wav in answers.items():
            rehearsal.wait_for(f"recording: {section}")
            rehearsal.answer(wav, after_s=1.0)
            rehearsal.press()
            rehearsal.wait_for(f"kept: {section}")
        session = json.loads(rehearsal.finish())

    asked_s = rehearsal.at("asking: situation")
    recording_s = rehearsal.at("recording: situation")
    first_sound_s, _ = ear.sound_at_s
    assert asked_s - 0.5 < first_sound_s < recording_s
    heard = ear.frames[:: LOUDSPEAKER_HZ // RATE_HZ, 0].astype(np.float32) / 32768
    assert find_speech(heard, find_voice(heard)), "nobody asked anything"
    for section in session["sections"]:
        begins_s, ends_s = voice_of(answers[section["name"]])
        assert section["spoken_s"] == pytest.approx(ends_s - begins_s, abs=0.2)
        assert section["first_word_s"] == pytest.approx(1.0 + begins_s, abs=0.5)
        assert section["lost_s"] == 0.0
        assert "going on" not in section["transcript"]["text"]
    assert "parcels" in session["sections"][0]["transcript"]["text"]
    assert rehearsal.process.returncode == 0


def test_a_section_can_be_told_again_and_both_takes_stay(live, speak, home):
    rehearsal = live("--voice", "none", "--only", "result", "--json")
    rehearsal.wait_for("recording: result")
    rehearsal.answer(speak("It was nothing."))
    rehearsal.press("r")
    rehearsal.wait_for("retaking: result")
    rehearsal.wait_for("recording: result")
    rehearsal.answer(speak(ANSWERS["result"]))
    rehearsal.press()

    session = json.loads(rehearsal.finish())

    (section,) = session["sections"]
    assert section["audio"] == "takes/result-2.wav"
    assert "counted" in section["transcript"]["text"]
    takes = home / "sessions" / session["session"]["id"] / "takes"
    assert sorted(take.name for take in takes.iterdir()) == ["result-1.wav", "result-2.wav"]


def test_stopping_keeps_what_there_is(live, speak):
    rehearsal = live("--voice", "none", "--json")
    rehearsal.wait_for("recording: situation")
    rehearsal.answer(speak(ANSWERS["situation"]))
    rehearsal.press("q")

    session = json.loads(rehearsal.finish())

    assert [section["name"] for section in session["sections"]] == ["situation"]
    assert rehearsal.process.returncode == 0


def test_silence_goes_on_by_itself_where_that_was_asked_for(live, speak):
    rehearsal = live("--voice", "none", "--only", "situation", "--auto-next", "1.5", "--json")
    rehearsal.wait_for("recording: situation")
    rehearsal.answer(speak(ANSWERS["situation"]), after_s=2.5)

    session = json.loads(rehearsal.finish())

    section = session["sections"][0]
    assert section["first_word_s"] > 2.3, "thinking counted as silence"
    assert section["recorded_s"] - section["first_word_s"] - section["spoken_s"] == pytest.approx(
        1.5, abs=0.5
    )


def test_the_hard_interviewer_cuts_in_aloud_at_the_limit(live, virtual_card):
    with virtual_card.ear() as ear:
        rehearsal = live("--voice", "system", "--only", "situation", "--hard-stop", "--json")
        rehearsal.wait_for("limit: situation")
        kept = rehearsal.wait_for("kept: situation")
        rehearsal.finish()

    assert float(kept.split()[2]) == pytest.approx(6.0, abs=0.3)
    assert ear.sound_at_s[1] > rehearsal.at("kept: situation"), "nobody cut in"


def test_soft_tones_tell_how_far_an_answer_has_come(live, virtual_card):
    with virtual_card.ear() as ear:
        rehearsal = live("--voice", "none", "--only", "situation", "--tone")
        rehearsal.wait_for("limit: situation")
        rehearsal.press()
        rehearsal.finish()

    began_s = rehearsal.at("recording: situation")
    heard_s = [at_s - began_s for at_s in ear.sounds_at_s(apart_s=0.5)]
    assert heard_s == pytest.approx([0.8 * 4.0, 4.0, 6.0], abs=0.5)


def test_a_microphone_that_hears_nothing_is_named_while_there_is_time(live):
    rehearsal = live("--voice", "none", "--only", "situation")
    warning = rehearsal.wait_for("warning: situation", timeout_s=30)
    rehearsal.press()
    rehearsal.finish()

    assert warning == (
        "warning: situation: I hear nothing from default. Is it muted, or is another one meant?"
    )


def test_whoever_is_killed_loses_nothing_and_goes_on(live, speak, home):
    rehearsal = live("--voice", "none")
    rehearsal.wait_for("recording: situation")
    rehearsal.answer(speak(ANSWERS["situation"]))
    rehearsal.press()
    rehearsal.wait_for("recording: result")
    rehearsal.answer(speak(ANSWERS["result"]))
    rehearsal.process.kill()
    rehearsal.process.wait()

    takes = next((home / "sessions").iterdir()) / "takes"
    for take in takes.iterdir():
        with wave.open(str(take)) as wav:
            assert wav.getnframes() > RATE_HZ

    resumed = LiveRehearsal(rehearsal.card, home, "resume", "--plain", "--voice", "none", "--json")
    resumed.wait_for("recording: result")
    resumed.answer(speak(ANSWERS["result"]))
    resumed.press()
    session = json.loads(resumed.finish())

    assert [section["audio"] for section in session["sections"]] == [
        "takes/situation-1.wav",
        "takes/result-2.wav",
    ]
    assert "parcels" in session["sections"][0]["transcript"]["text"]
