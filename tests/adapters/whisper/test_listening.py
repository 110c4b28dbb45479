"""A take followed while it is spoken, with the real model: its words are those of the finished take."""

import time

import pytest

from rehearse import places
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import stretches
from rehearse.adapters.whisper.decoder import Decoder
from rehearse.adapters.whisper.listening import Listening
from rehearse.adapters.whisper.voice import WINDOW_S, WINDOW_SAMPLES, samples_of
from rehearse.recording import RATE_HZ


@pytest.fixture(scope="module")
def decoder(model):
    return Decoder(model, at_once=2)


@pytest.fixture(scope="module")
def told():
    """An answer that never changes: 15 s, with a second of silence at its end."""
    return samples_of(read_sound(places.demo_answers() / "result.opus"))


def heard(decoder, samples):
    return Listening(decoder, ()).finish(samples, lambda _: None)


def followed(listening, samples, step_s):
    for size in range(0, samples.size, int(step_s * RATE_HZ)):
        while listening.follow(samples[:size]):
            time.sleep(0.01)


def bare(hearing):
    """What was said, without what a sentence's beginning and end look like."""
    return [word.text.casefold().strip(".,") for word in hearing.transcript.words]


def test_a_take_that_was_followed_is_heard_as_one_that_was_not(decoder, told):
    listening = Listening(decoder, ())

    followed(listening, told, step_s=0.4)

    assert listening.finish(told, lambda _: None) == heard(decoder, told)
    assert listening.slowness


def test_nothing_is_left_to_decode_where_the_answer_ended_before_the_key(
    decoder, told, monkeypatch
):
    listening = Listening(decoder, ())
    followed(listening, told, step_s=0.4)
    monkeypatch.setattr(decoder.threads, "submit", None)

    assert "happy" in bare(listening.finish(told, lambda _: None))


def test_a_take_that_was_begun_beforehand_is_heard_as_one_that_was_not(decoder, told):
    listening = Listening(decoder, ())

    listening.begin(told)

    assert listening.finish(told, lambda _: None) == heard(decoder, told)


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


def test_a_short_answer_is_heard_whole_however_long_the_vocabulary(decoder, told):
    sentence = told[: 9 * RATE_HZ]
    vocabulary = ["race condition", "dead letter queue", "post-mortem", "pull request"] * 20

    hearing = Listening(decoder, vocabulary).finish(sentence, lambda _: None)

    assert bare(hearing) == bare(heard(decoder, sentence))
