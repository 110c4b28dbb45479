"""Borders of speech on sound with known borders: a synthetic voice laid between silences."""

from itertools import pairwise

import numpy as np
import pytest

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper.speech_borders import find_speech
from rehearse.adapters.whisper.voice import find_voice
from rehearse.recording import RATE_HZ

SENTENCES = [
    "While working on the payments team, I noticed that one call in three hundred was lost.",
    "I pulled the logs. Then I traced it to the retry code.",
    "She asked for help, so I fixed it.",
    "Four thousand people use it every day.",
]
LEVEL = 0.1
"""Root mean square of the voice."""
LEAD_S, GAP_S, TAIL_S = 1.37, 0.91, 2.2


@pytest.fixture(scope="module", params=SENTENCES, ids=lambda text: text[:12])
def voice(request, speak):
    """Samples of one spoken sentence, cut where its amplitude passes one percent of its peak."""
    samples = np.frombuffer(read_sound(speak(request.param)), dtype="<i2").astype(np.float32)
    audible = np.flatnonzero(np.abs(samples) > np.abs(samples).max() * 0.01)
    voice = samples[audible[0] : audible[-1] + 1]
    return voice * LEVEL / np.sqrt(np.mean(voice**2))


def laid_out(voice, noise_db=None):
    """Silence, voice, silence, voice, silence; with the true borders."""
    pieces = [np.zeros(int(LEAD_S * RATE_HZ)), voice, np.zeros(int(GAP_S * RATE_HZ)), voice]
    sound = np.concatenate([*pieces, np.zeros(int(TAIL_S * RATE_HZ))]).astype(np.float32)
    if noise_db is not None:
        rng = np.random.default_rng(7)
        sound += rng.normal(0, LEVEL * 10 ** (-noise_db / 20), sound.size).astype(np.float32)
    lengths_s = np.cumsum([piece.size for piece in pieces]) / RATE_HZ
    return sound, tuple(lengths_s)


@pytest.mark.parametrize("noise_db", [None, 40, 30, 25])
def test_the_first_sound_the_pause_and_the_last_sound_are_within_a_tenth_of_a_second(
    voice, noise_db
):
    sound, (start_s, pause_from_s, pause_to_s, end_s) = laid_out(voice, noise_db)

    speech = find_speech(sound, find_voice(sound))

    assert speech[0].start_s == pytest.approx(start_s, abs=0.1)
    assert speech[-1].end_s == pytest.approx(end_s, abs=0.1)
    pauses = [(a.end_s, b.start_s) for a, b in pairwise(speech)]
    assert any(
        abs(from_s - pause_from_s) < 0.1 and abs(to_s - pause_to_s) < 0.1 for from_s, to_s in pauses
    )


def hum(size):
    return 0.05 * np.sin(2 * np.pi * 50 * np.arange(size) / RATE_HZ)


def breath(size):
    rng = np.random.default_rng(1)
    shape = np.clip(np.sin(2 * np.pi * np.arange(size) / RATE_HZ / 3.5), 0, 1) ** 2
    return np.convolve(rng.normal(0, 0.1, size), np.ones(6) / 6, "same") * shape


def typing(size):
    rng = np.random.default_rng(2)
    sound = rng.normal(0, 0.0008, size)
    for start in rng.integers(0, size - 1000, size // 2500):
        sound[start : start + 600] += rng.normal(0, 0.3, 600) * np.exp(-np.arange(600) / 120)
    return sound


def music(size):
    time_s = np.arange(size) / RATE_HZ
    chord = [262, 330, 392, 220, 262, 330]
    beat = np.exp(-2 * (time_s % 0.6))
    return 0.1 * beat * sum(np.sin(2 * np.pi * note * time_s) for note in chord)


@pytest.mark.parametrize(
    "noise",
    [np.zeros, hum, breath, typing, music],
    ids=["nothing", "hum", "breath", "typing", "music"],
)
@pytest.mark.parametrize("seconds", [0, 0.01, 12])
def test_sound_without_a_voice_holds_no_speech(noise, seconds):
    sound = noise(12 * RATE_HZ)[: int(seconds * RATE_HZ)].astype(np.float32)

    assert find_speech(sound, find_voice(sound)) == ()
