"""Takes as FLAC: the same samples, or the take stays as it is."""

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rehearse.adapters.lossless import compress
from rehearse.adapters.sound_files import read_sound
from rehearse.errors import BadInputError, DiskError
from rehearse.recording import TakeWriter, holds_sound


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 3), st.integers(0, 9000), st.integers(0, 255))
def test_a_take_keeps_every_sample_whatever_its_length(tmp_path_factory, blocks, rest, seed):
    take = tmp_path_factory.mktemp("takes") / "task-1.wav"
    samples = _noise(2 * (blocks * 4096 + rest), seed)
    with TakeWriter(take) as writer:
        writer.write(samples)

    flac = compress(take)

    assert flac == take.with_suffix(".flac")
    assert read_sound(flac) == samples
    assert holds_sound(flac) == bool(samples)
    assert sorted(file.name for file in take.parent.iterdir()) == ["task-1.flac", "task-1.wav"]


def _noise(size, seed):
    block = hashlib.sha256(bytes([seed])).digest()
    return (block * (size // len(block) + 1))[:size]


def test_the_flac_is_as_old_as_the_take(write_take):
    take = write_take(bytes(32_000))
    os.utime(take, (1e9, 1e9))

    assert compress(take).stat().st_mtime == 1e9


def test_a_flac_that_is_not_the_take_is_made_anew(write_take):
    take, other = write_take(_noise(32_000, 1)), write_take(_noise(32_000, 2), "other")
    take.with_suffix(".flac").write_bytes(compress(other).read_bytes()[:-1000])

    assert read_sound(compress(take)) == _noise(32_000, 1)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data + bytes(1000),
        lambda data: data[:-1000],
        lambda data: data[:20],
        lambda data: b"",
        lambda data: data.replace((16_000).to_bytes(4, "little"), (8_000).to_bytes(4, "little")),
    ],
    ids=["more-than-its-header-says", "cut-off", "half-a-header", "empty", "other-rate"],
)
def test_what_is_no_whole_take_stays_as_it_is(write_take, spoil):
    take = write_take(_noise(32_000, 1))
    take.write_bytes(spoil(take.read_bytes()))

    with pytest.raises(BadInputError) as caught:
        compress(take)

    assert str(caught.value) == (
        f"{take}: this is not a take as rehearse writes it. It stays as it is."
    )
    assert [file.name for file in take.parent.iterdir()] == [take.name]


@pytest.mark.parametrize("data", [b"", b"fLaC", bytes(100)])
def test_a_damaged_flac_holds_no_sound(tmp_path, data):
    take = tmp_path / "task-1.flac"
    take.write_bytes(data)

    assert not holds_sound(take)
    assert not holds_sound(tmp_path / "missing.flac")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_costs_no_take(write_take):
    take = write_take(_noise(32_000, 1))
    take.with_suffix(".part").symlink_to("/dev/full")

    with pytest.raises(DiskError) as caught:
        compress(take)

    assert str(caught.value) == (
        f"{take.with_suffix('.flac')}: writing failed: No space left on device. Free some space; "
        "the take stays as it is."
    )
    assert [file.name for file in take.parent.iterdir()] == [take.name]
