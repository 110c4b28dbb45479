"""A take followed while it is spoken, with the real model: its words are those of the finished take."""

import numpy as np
import pytest
from tests.sounds import silence

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import stretches
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.listening import Listening, Step
from rehearse.adapters.whisper.voice import WINDOW_S, WINDOW_SAMPLES
from rehearse.recording import RATE_HZ

SENTENCES = (
    "Every week we lost four parcels in the old warehouse.",
    "Nobody owned the list, so I counted them myself.",
    "Then I wrote a small program that compares both lists every night.",
)


@pytest.fixture(scope="module")
def decoder(model):
    return Decoder(model)


@pytest.fixture(scope="module")
def told(speak):
    """The sentences with pauses between them, as one answer."""
    sound = b"".join(read_sound(speak(sentence)) + silence(0.6) for sentence in SENTENCES)
    return np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768)


def heard(decoder, samples):
    return Listening(decoder, ()).finish(samples, lambda _: None)


def followed(listening, samples, step_s):
    """What each look at the growing take came to."""
    sizes = range(0, samples.size, int(step_s * RATE_HZ))
    return [listening.follow(samples[:size]) for size in sizes]


def bare(hearing):
    """What was said, without what a sentence's beginning and end look like."""
    return [word.text.casefold().strip(".,") for word in hearing.transcript.words]


def test_a_take_that_was_followed_is_heard_as_one_that_was_not(decoder, told):
    listening = Listening(decoder, ())
    samples = np.concatenate([told, told])

    steps = followed(listening, samples, step_s=0.4)

    assert sum(step.decoded_s > 0 for step in steps) > 1
    assert listening.finish(samples, lambda _: None) == heard(decoder, samples)


def test_nothing_is_left_to_decode_where_the_answer_ended_before_the_key(decoder, told):
    samples = np.concatenate([told, np.zeros(RATE_HZ, np.float32)])
    listening = Listening(decoder, ())
    while listening.follow(samples) != Step():
        pass
    listening._decoder = None

    assert " ".join(bare(listening.finish(samples, lambda _: None))).endswith("every night")


def test_joints_at_every_pause_lose_and_double_no_word(decoder, told, monkeypatch):
    whole = bare(heard(decoder, told))
    monkeypatch.setattr(stretches, "_LONGEST_PAUSE", stretches._SHORTEST_PAUSE)

    assert bare(heard(decoder, told)) == whole


def test_joints_in_the_middle_of_words_lose_and_double_no_word(decoder, told, monkeypatch):
    def loudest(samples, first, last):
        sound = samples[first * WINDOW_SAMPLES : last * WINDOW_SAMPLES]
        return first + int((sound.reshape(-1, WINDOW_SAMPLES) ** 2).sum(axis=1).argmax())

    whole = bare(heard(decoder, told))
    monkeypatch.setattr(stretches, "_LONGEST", round(4 / WINDOW_S))
    monkeypatch.setattr(stretches, "_quietest", loudest)

    assert bare(heard(decoder, told)) == whole


def test_a_short_answer_is_heard_whole_however_long_the_vocabulary(decoder, speak):
    sound = read_sound(speak(SENTENCES[1]))
    samples = np.frombuffer(sound, "<i2").astype(np.float32) / np.float32(32768)
    vocabulary = ["race condition", "dead letter queue", "post-mortem", "pull request"] * 20

    hearing = Listening(decoder, vocabulary).finish(samples, lambda _: None)

    assert " ".join(bare(hearing)) == "nobody owned the list so i counted them myself"
