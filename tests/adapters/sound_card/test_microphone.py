"""What is said into a microphone is on disk, all of it, whatever happens meanwhile."""

import subprocess
import sys
import time
import wave
from itertools import takewhile

import numpy as np
import pytest
import soxr
from tests.sounds import silence

from rehearse.adapters.sound_card import Microphone
from rehearse.errors import DeviceLostError
from rehearse.recording import RATE_HZ

COUNT = np.arange(1, 30_001, dtype=np.int16)
"""Every sample has a value of its own, so that a missing one shows."""
RECORD = """
import sys
from pathlib import Path
from rehearse.adapters.sound_card import Microphone
for moment in Microphone("microphone").record("situation", Path(sys.argv[1])):
    print(moment.elapsed_s, flush=True)
"""

pytestmark = pytest.mark.usefixtures("virtual_card")


@pytest.fixture
def take(tmp_path):
    return tmp_path / "situation-1.wav"


def samples_of(take):
    with wave.open(str(take), "rb") as opened:
        assert opened.getparams()[:3] == (1, 2, RATE_HZ)
        return np.frombuffer(opened.readframes(opened.getnframes()), np.int16)


def record(take, seconds, device="microphone"):
    """Records that long; returns every moment."""
    moments = []
    recording = Microphone(device).record("situation", take)
    for moment in recording:
        moments.append(moment)
        if moment.elapsed_s >= seconds:
            recording.close()
    return moments


def record_while_spoken(take, speak, seconds):
    """Speaking begins when samples are arriving, as it does for a candidate who waits for that."""
    recording = Microphone("microphone").record("situation", take)
    moments = [next(recording)]
    with speak() as speaking:
        moments += takewhile(lambda moment: moment.elapsed_s < seconds, recording)
        recording.close()
        speaking.terminate()
    return moments


def first_sound_s(samples):
    return np.flatnonzero(np.abs(samples.astype(np.int32)) > 300)[0] / RATE_HZ


def likeness(heard, said):
    """The best normalised correlation of `said` with any stretch of `heard`."""
    size = 1 << (len(heard) + len(said)).bit_length()
    product = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size)), size)
    start = int(np.argmax(product[: len(heard)]))
    stretch = heard[start : start + len(said)].astype(np.float64)
    said = said[: len(stretch)]
    return float(stretch @ said / (np.linalg.norm(stretch) * np.linalg.norm(said)))


def test_every_sample_that_was_said_is_in_the_take_in_its_order(virtual_card, take):
    moments = record_while_spoken(take, lambda: virtual_card.speak_samples(COUNT.tobytes()), 3.5)
    samples = samples_of(take)
    start = int(np.flatnonzero(samples)[0])
    assert samples[start : start + len(COUNT)].tolist() == COUNT.tolist()
    assert moments[-1].lost_samples == 0


def test_a_spoken_answer_is_recorded_as_it_was_said(virtual_card, take, speak):
    answer = speak("Eleven days before the launch, three in a thousand webhooks were lost.")
    with wave.open(str(answer), "rb") as opened:
        rate_hz, data = opened.getframerate(), opened.readframes(opened.getnframes())
    said = soxr.resample(np.frombuffer(data, np.int16), rate_hz, RATE_HZ).astype(np.float64)
    seconds = len(said) / RATE_HZ + 1.5
    record_while_spoken(take, lambda: virtual_card.speak(answer), seconds)
    heard = samples_of(take)
    assert len(heard) / RATE_HZ == pytest.approx(seconds, abs=0.5)
    assert likeness(heard, said) > 0.98


def test_a_device_with_another_rate_is_brought_to_that_of_the_takes(virtual_card, take):
    times_s = np.arange(2 * RATE_HZ) / RATE_HZ
    sweep = (12_000 * np.sin(2 * np.pi * (200 + 1400 * times_s) * times_s)).astype(np.int16)
    recording = Microphone("microphone")._record_at(44_100, take)
    next(recording)
    with virtual_card.speak_samples(sweep.tobytes()) as speaking:
        last = next(moment for moment in recording if moment.elapsed_s >= 3.0)
        recording.close()
        speaking.terminate()
    heard = samples_of(take)
    assert len(heard) / RATE_HZ == pytest.approx(last.elapsed_s, abs=0.6)
    assert likeness(heard, sweep.astype(np.float64)) > 0.99


def test_the_level_meter_rises_at_the_second_where_the_take_has_the_sound(virtual_card, take):
    moments = []
    tone = (8192 * np.sin(np.arange(RATE_HZ) * 0.2)).astype(np.int16)
    recording = Microphone("microphone").record("situation", take)
    speaking = None
    for moment in recording:
        moments.append(moment)
        if speaking is None and moment.elapsed_s >= 1.0:
            speaking = virtual_card.speak_samples(tone.tobytes())
        if moment.elapsed_s >= 2.5:
            recording.close()
    speaking.wait()
    loud = [moment for moment in moments if moment.peak_db > -60]
    assert loud[0].elapsed_s == pytest.approx(first_sound_s(samples_of(take)), abs=0.1)
    assert max(moment.peak_db for moment in loud) == pytest.approx(-12.0, abs=0.1)
    assert not any(moment.clipped for moment in moments)


def test_time_in_the_take_is_time_on_the_clock(virtual_card, take):
    recording = Microphone("microphone").record("situation", take)
    first = next(recording)
    began_s = time.monotonic() - first.elapsed_s
    last = next(moment for moment in recording if moment.elapsed_s >= 4.0)
    passed_s = time.monotonic() - began_s
    recording.close()
    assert last.elapsed_s == pytest.approx(passed_s, abs=0.3)


def test_moments_come_often_enough_for_a_level_meter(take):
    moments = record(take, 3.0)
    steps_s = np.diff([moment.elapsed_s for moment in moments])
    assert max(steps_s) <= 0.1


def test_what_was_said_until_the_recording_is_closed_is_in_the_take(virtual_card, take):
    count = np.tile(COUNT, 4)
    recording = Microphone("microphone").record("situation", take)
    with virtual_card.speak_samples(count.tobytes()) as speaking:
        last = next(moment for moment in recording if moment.elapsed_s >= 2.0)
        asked_s = time.monotonic()
        recording.close()
        closed_in_s = time.monotonic() - asked_s
        speaking.terminate()
    kept_s = len(samples_of(take)) / RATE_HZ
    assert kept_s >= last.elapsed_s + 0.1
    assert closed_in_s < 0.8


def test_silence_is_minus_120_decibels_all_along(take):
    moments = record(take, 1.0)
    assert {moment.peak_db for moment in moments} == {-120.0}
    assert samples_of(take).tobytes() == silence(len(samples_of(take)) / RATE_HZ)


def test_a_voice_that_is_too_loud_is_told(virtual_card, take):
    loud = np.clip(60_000 * np.sin(np.arange(RATE_HZ) * 0.05), -32_768, 32_767).astype(np.int16)
    moments = record_while_spoken(take, lambda: virtual_card.speak_samples(loud.tobytes()), 2.0)
    assert any(moment.clipped for moment in moments)
    assert max(moment.peak_db for moment in moments) == 0.0


def test_two_answers_are_recorded_one_after_the_other(virtual_card, tmp_path):
    microphone = Microphone("microphone")
    for number in (1, 2):
        take = tmp_path / f"task-{number}.wav"
        recording = microphone.record("task", take)
        next(recording)
        with virtual_card.speak_samples(COUNT.tobytes()):
            next(moment for moment in recording if moment.elapsed_s >= 3.0)
            recording.close()
        assert COUNT.tobytes() in samples_of(take).tobytes()


def test_a_recording_that_is_killed_keeps_all_but_its_last_second(virtual_card, take):
    with (
        virtual_card.speak_samples(np.tile(COUNT, 10).tobytes()) as speaking,
        subprocess.Popen(
            [sys.executable, "-c", RECORD, str(take)], stdout=subprocess.PIPE, text=True
        ) as recording,
    ):
        elapsed_s = next(float(line) for line in recording.stdout if float(line) >= 3.3)
        recording.kill()
        speaking.terminate()
    samples = samples_of(take)
    assert len(samples) / RATE_HZ > elapsed_s - 1.0
    said = samples[np.flatnonzero(samples)[0] :]
    assert set(np.unique(np.diff(said.astype(np.int32)))) <= {1, 1 - len(COUNT)}


def test_an_unplugged_microphone_is_told_and_the_take_is_kept(virtual_card, tmp_path, capfd):
    first, second = tmp_path / "action-1.wav", tmp_path / "action-2.wav"
    recording = Microphone("microphone").record("action", first)
    moments = [next(recording) for _ in range(30)]
    virtual_card.unplug()
    unplugged_s = time.monotonic()
    with pytest.raises(DeviceLostError) as error:
        moments.extend(recording)
    told_in_s = time.monotonic() - unplugged_s
    virtual_card.plug_in()
    assert str(error.value) == (
        'The microphone "microphone" went away or fell silent. What you said until then is kept. '
        "Plug it in again, or go on with another: `--input-device`."
    )
    assert capfd.readouterr().err == ""
    assert told_in_s < 4.0
    assert len(samples_of(first)) / RATE_HZ == pytest.approx(moments[-1].elapsed_s)
    assert moments[-1].elapsed_s >= 1.5
    assert record(second, 1.0, device="room")[-1].elapsed_s >= 1.0


def test_where_a_microphone_delivers_nothing_any_more_another_goes_on(virtual_card, take):
    microphone = Microphone("microphone")
    recording = microphone.record("result", take)
    before = [next(recording) for _ in range(20)][-1]
    virtual_card.control("suspend-source", "microphone", "1")
    after = [next(recording) for _ in range(40)]
    recording.close()
    virtual_card.control("suspend-source", "microphone", "0")
    (news,) = [moment.news for moment in after if moment.news]
    assert news == (
        'The microphone "microphone" went away or fell silent. What you said until then is kept. '
        f'Go on: "{microphone.name}" is listening now.'
    )
    assert microphone.name == "room"
    assert before.elapsed_s < after[-1].elapsed_s <= len(samples_of(take)) / RATE_HZ
    assert after[-1].lost_samples / RATE_HZ > 3.0


def test_sound_that_the_microphone_missed_is_counted(virtual_card, take):
    microphone = Microphone("microphone").record("action", take)
    next(moment for moment in microphone if moment.elapsed_s >= 2.5)
    virtual_card.control("suspend-source", "microphone", "1")
    time.sleep(1.5)
    virtual_card.control("suspend-source", "microphone", "0")
    last = next(moment for moment in microphone if moment.elapsed_s >= 6.0)
    microphone.close()
    assert last.lost_samples / RATE_HZ == pytest.approx(1.5, abs=0.3)


def test_a_reader_that_stops_for_seconds_costs_no_sample(virtual_card, take):
    recording = Microphone("microphone").record("action", take)
    next(recording)
    with virtual_card.speak_samples(COUNT.tobytes()):
        time.sleep(3.0)
        last = next(moment for moment in recording if moment.elapsed_s >= 3.5)
        recording.close()
    assert COUNT.tobytes() in samples_of(take).tobytes()
    assert last.lost_samples == 0
