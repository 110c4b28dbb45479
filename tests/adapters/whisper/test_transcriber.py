"""The real model in its real process, on sound that the tests make."""

import importlib.resources
import os
import signal
import time
from itertools import pairwise

import numpy as np
import pytest
from tests.sounds import silence

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.errors import BadInputError, MissingError
from rehearse.recording import RATE_HZ, TakeWriter
from rehearse.transcript import Hearing, Transcript

SENTENCE = "I pulled the delivery logs, and then I wrote a test that failed."


@pytest.fixture(scope="module")
def transcriber(model):
    with WhisperTranscriber(model) as transcriber:
        yield transcriber


def bare(text):
    """What was said, without the commas and the last full stop that come and go with a rhythm."""
    return text.replace(",", "").rstrip(".").casefold()


def rustle(duration_s):
    rng = np.random.default_rng(3)
    return rng.normal(0, 900, int(duration_s * RATE_HZ)).astype("<i2").tobytes()


def test_words_come_with_their_times_and_confidence(transcriber, speak, write_take):
    sound = silence(1.5) + read_sound(speak(SENTENCE)) + silence(2.0)

    hearing = transcriber.hear(write_take(sound))

    assert bare(hearing.transcript.text) == bare(SENTENCE)
    assert hearing.recorded_s == pytest.approx(len(sound) / 2 / RATE_HZ)
    words = hearing.transcript.words
    assert hearing.speech[0].start_s == pytest.approx(1.5, abs=0.2)
    assert words[0].start_s == pytest.approx(hearing.speech[0].start_s, abs=0.3)
    assert words[-1].end_s == pytest.approx(hearing.speech[-1].end_s, abs=0.1)
    assert all(a.start_s <= b.start_s for a, b in pairwise(words))
    assert all(word.start_s < word.end_s and 0 < word.confidence <= 1 for word in words)


def music(duration_s):
    """A chord that swells and fades, as a song behind a door does."""
    at = np.arange(int(duration_s * RATE_HZ)) / RATE_HZ
    chord = sum(np.sin(2 * np.pi * hz * at) for hz in (220.0, 277.2, 329.6, 440.0))
    return (chord * 1500 * np.sin(np.pi * at / 2) ** 2).astype("<i2").tobytes()


@pytest.mark.parametrize(
    "sound",
    [b"", silence(0.01), silence(8), rustle(8), music(8)],
    ids=["nothing", "a-click", "silence", "noise", "music"],
)
def test_what_nobody_said_is_not_transcribed(transcriber, write_take, sound):
    recorded_s = len(sound) / 2 / RATE_HZ

    assert transcriber.hear(write_take(sound)) == Hearing(Transcript(), (), recorded_s)


def test_a_long_silence_after_the_answer_adds_no_thanks(transcriber, speak, write_take):
    hearing = transcriber.hear(write_take(read_sound(speak(SENTENCE)) + rustle(0.1) * 250))

    assert bare(hearing.transcript.text) == bare(SENTENCE)


def test_a_noisy_room_of_real_people_holds_no_words(transcriber, people, write_take):
    hearing = transcriber.hear(write_take(read_sound(people / "nonspeech-recording2.wav")))

    assert hearing.transcript.text == ""


def test_one_word_is_one_word_without_an_um(transcriber, speak, write_take):
    hearing = transcriber.hear(write_take(silence(0.5) + read_sound(speak("Yes.")) + silence(0.5)))

    assert (len(hearing.transcript.words), hearing.fillers) == (1, ())


def test_jargon_is_heard_where_it_is_said_and_nowhere_else(base_model, write_take):
    demo = importlib.resources.files("rehearse") / "demo"
    last_sentence = read_sound(demo / "situation.opus")[2 * 35 * RATE_HZ :]

    with WhisperTranscriber(base_model) as transcriber:
        take = write_take(last_sentence)
        foreign = transcriber.hear(take, ["insulin", "dead letter queue"]).transcript.text
        heard = transcriber.hear(take, ["webhook", "dead letter queue"]).transcript.text

    assert "0.3% of the web books never" in foreign
    assert bare(heard) == bare(foreign).replace("web books", "webhooks")


def test_the_ums_of_a_real_answer_stand_apart_from_its_words(transcriber, people, write_take):
    """NASA's astronaut says um and uh nine times; "um" at 8.2 s is disputed."""
    hearing = transcriber.hear(write_take(read_sound(people / "nasa-spacewalk-spacewalk.wav")))

    assert not {"um", "uh"} & set(bare(hearing.transcript.text).split())
    fillers = [(um.text, round(um.start_s)) for um in hearing.fillers]
    assert {("um", 2), ("uh", 4), ("uh", 5), ("um", 6), ("um", 20), ("um", 22)} <= set(fillers)
    assert len(fillers) <= 10
    assert all(um.start_s < um.end_s and 0 < um.confidence <= 1 for um in hearing.fillers)


def test_the_same_take_gives_the_same_words(transcriber, people, write_take):
    take = write_take(read_sound(people / "mfa-mfa_uhuh.flac"))

    hearing = transcriber.hear(take)

    assert transcriber.hear(take) == hearing
    assert 3 <= len(hearing.fillers) <= 6, "six are said, and the model falls into a loop"


def test_progress_runs_up_to_one_and_never_back(transcriber, speak, write_take):
    seen = []

    transcriber.hear(write_take(read_sound(speak(SENTENCE)) * 12), on_progress=seen.append)

    assert seen == sorted(seen)
    assert len(seen) > 1
    assert 0.5 < seen[-1] <= 1.0


def test_a_take_is_decoded_while_it_is_recorded_and_how_fast_is_known(
    model, speak, tmp_path, write_take
):
    sound = read_sound(speak(SENTENCE)) * 2 + silence(2.5)
    take = tmp_path / "growing.wav"
    with WhisperTranscriber(model) as transcriber:
        transcriber.follow(take)
        with TakeWriter(take) as writer:
            writer.write(sound)
            give_up_s = time.monotonic() + 60
            while transcriber.slowness is None and time.monotonic() < give_up_s:
                time.sleep(0.05)
            writer.write(sound)

        assert 0 < transcriber.slowness < 60
        heard = transcriber.hear(take)

        assert heard == transcriber.hear(write_take(sound * 2))


def test_a_process_that_dies_while_it_follows_costs_nothing(model, speak, write_take, tmp_path):
    take = write_take(read_sound(speak(SENTENCE)))
    with WhisperTranscriber(model) as transcriber:
        transcriber.follow(tmp_path / "never.wav")
        heard = transcriber.hear(take)
        transcriber.follow(take)
        os.kill(transcriber.process_id, signal.SIGKILL)

        assert transcriber.hear(take) == heard


def test_following_starts_a_process_that_has_died(model, speak, write_take):
    take = write_take(silence(1))
    with WhisperTranscriber(model) as transcriber:
        transcriber.hear(take)
        dead = transcriber.process_id
        os.kill(dead, signal.SIGKILL)
        os.waitid(os.P_PID, dead, os.WEXITED | os.WNOWAIT)  # it is left for its parent to reap

        transcriber.follow(take)

        assert transcriber.process_id != dead
        assert transcriber.hear(take) == Hearing(Transcript(), (), 1.0)


def test_takes_that_were_expected_are_heard_as_others_are(transcriber, speak, write_take, tmp_path):
    take, gone = write_take(read_sound(speak(SENTENCE))), tmp_path / "gone.wav"
    heard = transcriber.hear(take)

    transcriber.expect(gone)
    transcriber.expect(take)

    assert transcriber.hear(take) == heard
    with pytest.raises(BadInputError):
        transcriber.hear(gone)


def test_a_take_that_is_none_is_bad_input(transcriber, tmp_path):
    take = tmp_path / "broken.wav"
    take.write_bytes(b"RIFF....")

    with pytest.raises(BadInputError) as caught:
        transcriber.hear(take)

    assert str(caught.value) == f"{take}: this take cannot be read (not a WAVE file)."


def test_a_process_that_dies_is_started_again_and_reads_the_take(model, speak, write_take):
    take = write_take(read_sound(speak(SENTENCE)))
    with WhisperTranscriber(model) as transcriber:
        transcriber.hear(take)
        os.kill(transcriber.process_id, signal.SIGKILL)

        assert bare(transcriber.hear(take).transcript.text) == bare(SENTENCE)


def test_a_model_that_cannot_be_loaded_is_said_with_its_reason(tmp_path, write_take):
    take = write_take(silence(1))
    with WhisperTranscriber(tmp_path) as transcriber, pytest.raises(MissingError) as caught:
        transcriber.hear(take)

    assert str(caught.value).startswith(f"The transcription process died twice on {take} (")


def test_leaving_ends_the_process(model):
    with WhisperTranscriber(model) as transcriber:
        process_id = transcriber.process_id

    with pytest.raises(ProcessLookupError):
        os.kill(process_id, 0)
