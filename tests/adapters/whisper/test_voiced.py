import numpy as np
import pytest

from rehearse.adapters.whisper.voiced import voiced_sounds
from rehearse.recording import RATE_HZ


def hum(seconds, hz=120):
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return sum(np.sin(2 * np.pi * hz * k * at) / k for k in range(1, 9)).astype(np.float32) * 0.1


def hush(seconds, level=0.0):
    return np.random.default_rng(1).normal(0, level, int(seconds * RATE_HZ)).astype(np.float32)


@pytest.mark.parametrize("hz", [80, 120, 220, 350])
def test_a_vowel_between_two_silences_is_one_sound(hz):
    (sound,) = voiced_sounds(np.concatenate([hush(0.5), hum(0.4, hz), hush(0.5)]))

    assert sound.start_s == pytest.approx(0.5, abs=0.03)
    assert sound.end_s == pytest.approx(0.9, abs=0.03)


def test_two_vowels_with_a_gap_are_two_sounds():
    sounds = voiced_sounds(np.concatenate([hum(0.2), hush(0.15), hum(0.3), hush(0.4)]))

    assert len(sounds) == 2


def test_breath_and_hiss_have_no_pitch():
    assert voiced_sounds(hush(2.0, level=0.05)) == ()


@pytest.mark.parametrize("seconds", [0.0, 0.01, 0.05, 1.0])
def test_silence_holds_no_sound(seconds):
    assert voiced_sounds(hush(seconds)) == ()
