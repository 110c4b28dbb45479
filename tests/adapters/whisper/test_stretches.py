"""Where a take is cut, on voices and sound that the tests make."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.adapters.whisper.stretches import Cutter, cut
from rehearse.adapters.whisper.voice import WINDOW_S, WINDOW_SAMPLES, VoiceDetector, find_voice
from rehearse.recording import RATE_HZ

runs = st.lists(st.tuples(st.floats(0.03, 40), st.floats(0.03, 6)), max_size=8)


def take_of(spoken_and_silent_s):
    """Noise where somebody speaks, nothing where nobody does; and the voice in it."""
    voice = np.concatenate(
        [np.empty(0, np.float32)]
        + [
            np.repeat(np.float32([0.9, 0.0]), [int(on / WINDOW_S) + 1, int(off / WINDOW_S) + 1])
            for on, off in spoken_and_silent_s
        ]
    )
    noise = np.random.default_rng(1).normal(0, 0.1, voice.size * WINDOW_SAMPLES)
    return (noise * voice.repeat(WINDOW_SAMPLES)).astype(np.float32), voice


@settings(deadline=None, max_examples=60)
@given(runs, st.floats(0, 1))
def test_what_is_settled_stays_as_it_is_whatever_comes(take, share):
    samples, voice = take_of(take)
    heard = int(voice.size * share)

    so_far = cut(samples[: heard * WINDOW_SAMPLES], voice[:heard])

    whole = cut(samples, voice)
    assert so_far.settled == whole.settled[: len(so_far.settled)]


@settings(deadline=None, max_examples=60)
@given(runs, st.integers(1, 300))
def test_a_take_that_grows_is_cut_as_one_that_has_ended(take, step):
    samples, voice = take_of(take)
    cutter = Cutter()

    for heard in range(0, voice.size, step):
        so_far = cutter.follow(samples[: heard * WINDOW_SAMPLES], voice[:heard])
        assert so_far == cut(samples[: heard * WINDOW_SAMPLES], voice[:heard])

    assert cutter.follow(samples, voice) == cut(samples, voice)


@settings(deadline=None, max_examples=60)
@given(runs)
def test_every_voice_lies_in_a_stretch_and_no_sound_in_two_but_at_a_joint(take):
    samples, voice = take_of(take)

    stretches = cut(samples, voice).stretches

    held = np.zeros(samples.size, bool)
    for stretch in stretches:
        assert stretch.end - stretch.start <= 28.5 * RATE_HZ
        held[stretch.start : stretch.end] = True
    short = [on for on, _ in take if on < 0.15]
    unheld = np.flatnonzero(~held & (voice.repeat(WINDOW_SAMPLES) > 0.5))
    assert unheld.size <= len(short) * 0.2 * RATE_HZ
    for stretch, following in pairwise(stretches):
        if stretch.joint is None:
            assert stretch.end <= following.start
        else:
            assert following.start < stretch.joint < stretch.end


def test_a_pause_of_a_second_ends_what_is_long_and_not_what_is_short():
    after_long = cut(*take_of([(8, 1), (3, 3)])).stretches
    after_short = cut(*take_of([(2, 1), (3, 3)])).stretches

    assert (len(after_long), len(after_short)) == (2, 1)


def test_forty_seconds_without_a_pause_are_cut_where_it_is_quietest():
    samples, voice = take_of([(40, 1)])
    quiet = int(17 * RATE_HZ)
    samples[quiet : quiet + RATE_HZ // 4] *= 0.01

    (first, second) = cut(samples, voice).stretches

    assert quiet <= first.joint <= quiet + RATE_HZ // 4
    assert second.start < first.joint < first.end


def test_the_voice_is_the_same_in_whatever_pieces_the_sound_arrives():
    sound = np.random.default_rng(2).normal(0, 0.1, 5 * RATE_HZ + 77).astype(np.float32)
    detector = VoiceDetector()

    for size in range(0, sound.size, 7001):
        detector.follow(sound[:size])

    assert np.array_equal(detector.finish(sound), find_voice(sound))
