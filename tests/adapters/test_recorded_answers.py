import shutil
import wave

import pytest

from rehearse.adapters.recorded_answers import RecordedAnswers
from rehearse.errors import BadInputError
from rehearse.recording import RATE_HZ

BEEP = b"\x10\x20" * RATE_HZ


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "answers"
    folder.mkdir()
    return folder


@pytest.fixture
def answer(folder, write_take):
    """Puts an answer of these samples into the folder."""

    def put(name, samples=BEEP):
        shutil.move(write_take(samples, "made"), folder / name)

    return put


def samples_of(take):
    with wave.open(str(take), "rb") as wav:
        return wav.readframes(wav.getnframes())


def no_answer(folder, section):
    return (
        f"{folder}: there is no answer for {section} here. Record it as "
        f"{section}.wav (.flac, .opus, .ogg, .mp3 and .m4a work too)."
    )


def test_an_answer_becomes_a_take_of_the_same_samples_in_tenths_of_a_second(
    folder, answer, tmp_path
):
    answer("task.wav")
    recorder = RecordedAnswers(folder)
    recorder.load(["task"])

    moments = list(recorder.record("task", tmp_path / "take.wav"))

    assert [moment.elapsed_s for moment in moments] == pytest.approx(
        [tenth / 10 for tenth in range(1, 11)]
    )
    assert samples_of(tmp_path / "take.wav") == BEEP


def test_an_answer_can_be_given_again(folder, answer, tmp_path):
    answer("task.wav")
    recorder = RecordedAnswers(folder)
    recorder.load(["task", "task"])

    for number in (1, 2):
        list(recorder.record("task", tmp_path / f"task-{number}.wav"))

    assert samples_of(tmp_path / "task-1.wav") == samples_of(tmp_path / "task-2.wav") == BEEP


def test_what_was_loaded_is_played_even_where_the_file_has_gone(folder, answer, tmp_path):
    answer("task.wav")
    recorder = RecordedAnswers(folder)
    recorder.load(["task"])
    (folder / "task.wav").unlink()

    list(recorder.record("task", tmp_path / "take.wav"))

    assert samples_of(tmp_path / "take.wav") == BEEP


def test_an_answer_that_is_broken_off_leaves_a_whole_take_of_what_was_said(
    folder, answer, tmp_path
):
    answer("task.wav")
    recording = RecordedAnswers(folder).record("task", tmp_path / "take.wav")
    for _ in range(3):
        next(recording)
    recording.close()

    assert samples_of(tmp_path / "take.wav") == BEEP[: RATE_HZ * 2 * 3 // 10]


def test_a_take_is_never_written_over_another(folder, answer, tmp_path):
    answer("task.wav")
    take = tmp_path / "take.wav"
    take.write_bytes(b"said before")

    with pytest.raises(FileExistsError):
        next(RecordedAnswers(folder).record("task", take))

    assert take.read_bytes() == b"said before"


def test_only_files_of_a_sound_format_count_as_answers(folder, answer):
    answer("task.wav")
    (folder / "action.txt").write_text("I did it.")
    (folder / "result.wav").mkdir()
    recorder = RecordedAnswers(folder)

    assert [recorder.has(name) for name in ("task", "action", "result")] == [True, False, False]


def test_of_two_files_for_a_section_the_wav_is_taken(folder, answer, tmp_path):
    answer("task.wav")
    (folder / "task.mp3").write_text("no sound")
    recorder = RecordedAnswers(folder)
    recorder.load(["task"])

    list(recorder.record("task", tmp_path / "take.wav"))

    assert samples_of(tmp_path / "take.wav") == BEEP


def test_every_file_that_is_missing_or_no_sound_is_named_at_once(folder, answer):
    answer("task.wav")
    (folder / "action.wav").write_text("hello " * 50)
    (folder / "result.wav").write_bytes(b"")

    with pytest.raises(BadInputError) as caught:
        RecordedAnswers(folder).load(["situation", "task", "action", "result", "situation"])

    assert str(caught.value).split("\n") == [
        no_answer(folder, "situation"),
        f"{folder / 'action.wav'}: this is not a sound file that can be read (Invalid data found "
        "when processing input). WAV, FLAC, MP3, M4A, Ogg and Opus work.",
        f"{folder / 'result.wav'}: this file is empty. Record it again, or name another.",
    ]


def test_an_answer_that_was_never_loaded_is_asked_for_when_it_is_due(folder, tmp_path):
    with pytest.raises(BadInputError) as caught:
        next(RecordedAnswers(folder).record("probe-1", tmp_path / "take.wav"))

    assert str(caught.value) == no_answer(folder, "probe-1")
    assert not (tmp_path / "take.wav").exists()


@pytest.mark.parametrize("name", ["none", "file", "x" * 300])
def test_what_is_no_folder_is_refused_by_name(tmp_path, name):
    (tmp_path / "file").write_text("")

    with pytest.raises(BadInputError) as caught:
        RecordedAnswers(tmp_path / name)

    assert str(caught.value) == f"{tmp_path / name}: there is no such folder of recorded answers."
