import wave
from fractions import Fraction

import av
import numpy as np
import pytest

from rehearse.adapters.sound_files import read_sound
from rehearse.errors import BadInputError
from rehearse.recording import RATE_HZ, seconds_of

TONE_HZ = 440


def tone(rate_hz, seconds=2.0):
    time_s = np.arange(int(rate_hz * seconds)) / rate_hz
    return (0.4 * np.sin(2 * np.pi * TONE_HZ * time_s) * 32767).astype(np.int16)


def encode(path, codec, rate_hz, layout="mono"):
    """Two seconds of a tone in any format that FFmpeg writes."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout=layout)
        source = av.AudioFrame.from_ndarray(tone(rate_hz)[None], format="s16", layout="mono")
        source.sample_rate = rate_hz
        source.time_base = Fraction(1, rate_hz)
        resampler = av.AudioResampler(
            stream.codec_context.format, layout, rate_hz, stream.codec_context.frame_size or None
        )
        for frame in [*resampler.resample(source), *resampler.resample(None)]:
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


FORMATS = [
    ("wav", "pcm_s16le", 44_100, "stereo"),
    ("wav", "pcm_f32le", 48_000, "mono"),
    ("wav", "pcm_u8", 8_000, "mono"),
    ("flac", "flac", 96_000, "stereo"),
    ("mp3", "mp3", 22_050, "mono"),
    ("m4a", "aac", 44_100, "stereo"),
    ("opus", "libopus", 48_000, "stereo"),
    ("webm", "libopus", 48_000, "mono"),
    ("aiff", "pcm_s16be", 11_025, "mono"),
]


@pytest.fixture(params=FORMATS, ids=lambda p: f"{p[1]}-{p[2]}-{p[3]}")
def encoded(request, tmp_path):
    suffix, codec, rate_hz, layout = request.param
    return encode(tmp_path / f"answer.{suffix}", codec, rate_hz, layout)


def test_any_format_rate_and_number_of_channels_becomes_mono_at_our_rate(encoded):
    samples = np.frombuffer(read_sound(encoded), dtype="<i2").astype(float)

    spectrum = np.abs(np.fft.rfft(samples))
    heard_hz = np.argmax(spectrum) * RATE_HZ / samples.size
    assert heard_hz == pytest.approx(TONE_HZ, abs=2)
    assert samples.size / RATE_HZ == pytest.approx(2.0, abs=0.06)


@pytest.mark.parametrize("share", [0.05, 0.5, 0.7])
def test_a_file_that_is_cut_off_is_refused_by_name(encoded, share):
    whole = encoded.read_bytes()
    encoded.write_bytes(whole[: int(len(whole) * share)])

    with pytest.raises(BadInputError) as caught:
        read_sound(encoded)

    assert str(caught.value).startswith(f"{encoded}: this ")


def test_a_cut_wav_is_refused_with_what_is_there_and_what_should_be(tmp_path):
    file = encode(tmp_path / "a.wav", "pcm_s16le", RATE_HZ)
    file.write_bytes(file.read_bytes()[: 44 + RATE_HZ * 2])

    with pytest.raises(BadInputError) as caught:
        read_sound(file)

    assert str(caught.value) == (
        f"{file}: this file is cut off: it should last 2.0 s, but only 1.0 s are there. "
        "Copy it again, or name another."
    )


def test_a_cut_opus_file_is_refused_though_it_never_says_how_long_it_is(tmp_path):
    file = encode(tmp_path / "a.opus", "libopus", 48_000)
    data = file.read_bytes()
    file.write_bytes(data[: data.rfind(b"OggS")])

    with pytest.raises(BadInputError) as caught:
        read_sound(file)

    assert str(caught.value) == (
        f"{file}: this file is cut off after 2.0 s. Copy it again, or name another."
    )


def test_a_stream_that_was_written_before_its_length_was_known_is_read(tmp_path):
    file = encode(tmp_path / "a.wav", "pcm_s16le", RATE_HZ)
    data = bytearray(file.read_bytes())
    data[4:8] = data[data.index(b"data") + 4 : data.index(b"data") + 8] = b"\xff\xff\xff\xff"
    file.write_bytes(data)

    assert seconds_of(read_sound(file)) == pytest.approx(2.0, abs=0.01)


def test_a_take_of_no_length_is_sound_of_no_length(tmp_path):
    file = tmp_path / "a.wav"
    with wave.open(str(file), "wb") as wav:
        wav.setparams((1, 2, RATE_HZ, 0, "NONE", ""))

    assert read_sound(file) == b""


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "this file is empty. Record it again, or name another."),
        (
            b"hello " * 100,
            "this is not a sound file that can be read (Invalid data found when processing "
            "input). WAV, FLAC, MP3, M4A, Ogg and Opus work.",
        ),
        (
            bytes(range(256)) * 20,
            "this is not a sound file that can be read (Invalid data found when processing "
            "input). WAV, FLAC, MP3, M4A, Ogg and Opus work.",
        ),
    ],
)
def test_what_is_no_sound_is_refused_by_name(tmp_path, content, message):
    file = tmp_path / "answer.wav"
    file.write_bytes(content)

    with pytest.raises(BadInputError) as caught:
        read_sound(file)

    assert str(caught.value) == f"{file}: {message}"


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path):
    with pytest.raises(BadInputError) as missing:
        read_sound(tmp_path / "none.wav")
    with pytest.raises(BadInputError) as folder:
        read_sound(tmp_path)

    assert str(missing.value) == f"{tmp_path / 'none.wav'}: there is no such file."
    assert str(folder.value) == f"{tmp_path}: this is a folder. Name the sound file inside it."
