"""A take read while it is being written, and afterwards."""

import numpy as np
import pytest

from rehearse.adapters.whisper.takes import NOT_A_TAKE, GrowingTake, read_take
from rehearse.recording import RATE_HZ, TakeWriter


def noise(seconds):
    values = np.random.default_rng(1).integers(-30_000, 30_000, int(seconds * RATE_HZ))
    return values.astype("<i2").tobytes()


def test_a_take_that_grows_is_read_as_one_that_has_ended(tmp_path):
    take = tmp_path / "action-1.wav"
    growing = GrowingTake(take)

    with TakeWriter(take) as writer:
        for _ in range(7):
            writer.write(noise(0.3))
            before = growing.read()
            kept = before.copy()
            assert np.array_equal(before, read_take(take))
            assert np.array_equal(growing.read(), before)

    assert growing.read().size == 7 * int(0.3 * RATE_HZ)
    assert np.array_equal(before, kept)


def test_a_take_that_is_not_there_yet_is_read_once_it_is(tmp_path):
    take = tmp_path / "action-1.wav"
    growing = GrowingTake(take)

    with pytest.raises(NOT_A_TAKE):
        growing.read()

    with TakeWriter(take) as writer:
        writer.write(noise(0.2))
    assert np.array_equal(growing.read(), read_take(take))
