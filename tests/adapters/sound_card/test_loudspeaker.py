"""What is played is heard whole, and `play` returns when silence is back."""

import threading
import time
import wave

import numpy as np
import pytest
from tests.virtual_card import LOUDSPEAKER_HZ

from rehearse.adapters.sound_card import Loudspeaker, Microphone
from rehearse.errors import BadInputError, DeviceLostError

pytestmark = pytest.mark.usefixtures("virtual_card")


@pytest.fixture
def write_wav(tmp_path):
    def write(samples, rate_hz=LOUDSPEAKER_HZ, channels=1, sample_bytes=2):
        path = tmp_path / "prompt.wav"
        with wave.open(str(path), "wb") as wav:
            wav.setparams((channels, sample_bytes, rate_hz, 0, "NONE", ""))
            wav.writeframes(samples.tobytes())
        return path

    return write


def tone(seconds, rate_hz=LOUDSPEAKER_HZ):
    """Never silent: every sample is at least 3000 away from it."""
    wave_form = np.sin(np.arange(round(seconds * rate_hz)) * 600 * 2 * np.pi / rate_hz)
    return (6000 * wave_form + 9000).astype(np.int16)


def sounding(ear):
    """What was heard from the first sound to the last, left channel."""
    left = ear.frames[:, 0]
    loud = np.flatnonzero(left)
    return left[loud[0] : loud[-1] + 1]


def test_every_sample_of_a_file_is_heard_unbroken(virtual_card, write_wav):
    count = np.arange(1, 30_001, dtype=np.int16)
    with virtual_card.ear() as ear:
        Loudspeaker("loudspeaker").play(write_wav(count))
        time.sleep(0.3)
    assert sounding(ear).tolist() == count.tolist()


@pytest.mark.parametrize(("rate_hz", "channels"), [(22_050, 1), (8_000, 1), (44_100, 2)])
def test_any_rate_and_any_channels_are_heard_in_full(virtual_card, write_wav, rate_hz, channels):
    said = np.repeat(tone(1.5, rate_hz), channels)
    with virtual_card.ear() as ear:
        Loudspeaker("loudspeaker").play(write_wav(said, rate_hz, channels))
        time.sleep(0.3)
    heard = sounding(ear)
    assert len(heard) / LOUDSPEAKER_HZ == pytest.approx(1.5, abs=0.01)
    assert np.abs(heard[200:-200]).min() > 2000


def test_play_returns_when_silence_is_back(virtual_card, write_wav):
    with virtual_card.ear() as ear:
        Loudspeaker("loudspeaker").play(write_wav(tone(1.0)))
        returned_s = time.monotonic()
        time.sleep(0.5)
    _, last_s = ear.sound_at_s
    assert -0.1 < returned_s - last_s < 0.5


def test_speech_begins_soon_after_it_is_asked_for(virtual_card, write_wav):
    with virtual_card.ear() as ear:
        loudspeaker = Loudspeaker("loudspeaker")
        asked_s = time.monotonic()
        loudspeaker.play(write_wav(tone(0.5)))
    first_s, _ = ear.sound_at_s
    assert first_s - asked_s < 0.3


def test_a_stop_cuts_speech_within_a_fifth_of_a_second(virtual_card, write_wav):
    stop = threading.Event()
    prompt = write_wav(tone(5.0))
    with virtual_card.ear() as ear:
        playing = threading.Thread(target=Loudspeaker("loudspeaker").play, args=(prompt, stop))
        playing.start()
        time.sleep(1.0)
        stop.set()
        stopped_s = time.monotonic()
        playing.join()
        returned_s = time.monotonic()
        time.sleep(0.5)
    _, last_s = ear.sound_at_s
    assert returned_s - stopped_s < 0.2
    assert last_s - stopped_s < 0.2


def test_speech_that_is_stopped_before_it_begins_is_not_heard(virtual_card, write_wav):
    stop = threading.Event()
    stop.set()
    with virtual_card.ear() as ear:
        Loudspeaker("loudspeaker").play(write_wav(tone(1.0)), stop)
        time.sleep(0.3)
    assert not ear.frames.any()


def test_the_prompt_is_not_in_the_take(tmp_path, write_wav):
    room = Microphone("room")
    Loudspeaker("loudspeaker").play(write_wav(tone(1.0)))
    recording = room.record("situation", tmp_path / "take.wav")
    moments = [next(recording) for _ in range(20)]
    recording.close()
    assert {moment.peak_db for moment in moments} == {-120.0}


def test_a_loudspeaker_that_goes_away_is_told(virtual_card, write_wav):
    unplugging = threading.Timer(1.0, virtual_card.unplug)
    unplugging.start()
    with pytest.raises(DeviceLostError) as error:
        Loudspeaker("loudspeaker").play(write_wav(tone(4.0)))
    unplugging.join()
    virtual_card.plug_in()
    assert str(error.value) == (
        'The loudspeaker "loudspeaker" went away. Plug it in again, or go on with another: '
        "`--output-device`."
    )


def test_a_file_that_is_no_wav_is_named(tmp_path):
    text = tmp_path / "prompt.wav"
    text.write_text("How did you measure it?")
    with pytest.raises(BadInputError) as error:
        Loudspeaker("loudspeaker").play(text)
    assert str(error.value) == (
        f"{text}: this WAV file cannot be played (file does not start with RIFF id)."
    )


def test_samples_of_another_size_are_named(write_wav):
    prompt = write_wav(np.zeros(100, np.uint8), sample_bytes=1)
    with pytest.raises(BadInputError) as error:
        Loudspeaker("loudspeaker").play(prompt)
    assert str(error.value) == (
        f"{prompt}: this WAV file cannot be played: its samples have 8 bits, and only 16 work."
    )
