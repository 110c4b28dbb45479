import wave

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rehearse.recording import RATE_HZ, TakeWriter, seconds_of


def test_a_take_is_a_mono_wav_of_what_was_written(tmp_path):
    with TakeWriter(tmp_path / "take.wav") as writer:
        writer.write(b"\1\0" * 8000)
        writer.write(b"\2\0" * 8000)
        assert writer.elapsed_s == 1.0

    with wave.open(str(tmp_path / "take.wav")) as wav:
        assert wav.getparams()[:4] == (1, 2, RATE_HZ, 16_000)
        assert wav.readframes(16_000) == b"\1\0" * 8000 + b"\2\0" * 8000


@given(blocks=st.lists(st.integers(0, 9000), max_size=8))
def test_at_any_moment_all_but_the_last_half_second_can_be_played(tmp_path_factory, blocks):
    path = tmp_path_factory.mktemp("take") / "take.wav"
    with TakeWriter(path) as writer:
        for samples in blocks:
            writer.write(bytes(2 * samples))
            copy = path.with_suffix(".copy")
            copy.write_bytes(path.read_bytes())
            with wave.open(str(copy)) as wav:
                assert wav.getnframes() / RATE_HZ > writer.elapsed_s - 0.6


def test_a_take_is_never_written_over(tmp_path):
    (tmp_path / "take.wav").write_bytes(b"an earlier take")

    with pytest.raises(FileExistsError):
        TakeWriter(tmp_path / "take.wav")

    assert (tmp_path / "take.wav").read_bytes() == b"an earlier take"


def test_seconds_count_samples():
    assert seconds_of(bytes(2 * RATE_HZ)) == 1.0
