"""The cache of spoken prompts, and preparing ahead."""

import os
import shutil
import sys
import time
import wave

import pytest

from rehearse.adapters.voices import SpokenPrompts
from rehearse.errors import MissingError

posix_only = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows has other signals, and other words for errors"
)


def samples_of(wav):
    with wave.open(str(wav)) as opened:
        return opened.readframes(opened.getnframes())


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache" / "prompts"


@pytest.fixture
def prompts(beeping_voice, folder):
    with SpokenPrompts(beeping_voice, folder) as prompts:
        yield prompts


def test_a_prompt_is_spoken_once_and_then_found(prompts, spoken, folder):
    first = prompts.sound("What went wrong?")
    second = prompts.sound("What went wrong?")

    assert first == second
    assert samples_of(first) == b"What went wrong?" * 2
    assert spoken() == ["What went wrong?"]
    assert list(folder.iterdir()) == [first]


def test_another_rehearsal_finds_it_too(prompts, beeping_voice, spoken, folder):
    assert prompts.sound("Why?") == SpokenPrompts(beeping_voice, folder).sound("Why?")
    assert spoken() == ["Why?"]


def test_another_voice_speaks_for_itself(prompts, voice_that, beep, spoken, folder):
    other = voice_that(beep)
    other.identity = "2"

    assert prompts.sound("Why?") != SpokenPrompts(other, folder).sound("Why?")
    assert spoken() == ["Why?", "Why?"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: b"",
        lambda whole: whole[:30],
        lambda whole: whole[:-1],
        lambda whole: b"x" * len(whole),
        lambda whole: whole[:44] + bytes(len(whole) - 44),
    ],
    ids=["empty", "half-a-header", "a-byte-short", "garbage", "silence"],
)
def test_a_damaged_sound_is_made_anew(prompts, spoken, damage):
    wav = prompts.sound("Why?")
    whole = wav.read_bytes()
    wav.write_bytes(damage(whole))

    assert prompts.sound("Why?").read_bytes() == whole
    assert spoken() == ["Why?", "Why?"]


def test_the_next_prompt_is_ready_before_it_is_asked_for(voice_that, beep, folder, spoken):
    with SpokenPrompts(voice_that(f"time.sleep(0.5)\n{beep}"), folder) as prompts:
        began_s = time.monotonic()
        prompts.prepare("Why?")
        prompts.prepare("Why?")
        assert time.monotonic() - began_s < 0.2
        while not list(folder.glob("?" * 64 + ".wav")):
            time.sleep(0.01)
        asked_s = time.monotonic()
        prompts.sound("Why?")

    assert time.monotonic() - asked_s < 0.3
    assert spoken() == ["Why?"]


def test_a_prompt_that_is_still_being_prepared_is_waited_for(prompts, spoken):
    prompts.prepare("Why?")

    assert samples_of(prompts.sound("Why?")) == b"Why?" * 2
    assert spoken() == ["Why?"]


def test_trouble_while_preparing_is_told_when_the_prompt_is_asked_for(voice_that, folder):
    with SpokenPrompts(voice_that("sys.exit('no licence')"), folder) as prompts:
        prompts.prepare("Why?")
        with pytest.raises(MissingError) as caught:
            prompts.sound("Why?")

    assert str(caught.value) == (
        'The voice "stand-in" failed: no licence. '
        "Choose another with --voice, or --voice none to read the prompts."
    )


def test_a_voice_that_failed_once_is_tried_again(voice_that, beep, folder):
    with SpokenPrompts(voice_that("sys.exit('busy')"), folder) as prompts:
        prompts.prepare("Why?")
        with pytest.raises(MissingError):
            prompts.sound("Why?")
        voice_that(beep)

        assert samples_of(prompts.sound("Why?")) == b"Why?" * 2


def test_the_cache_may_be_deleted_at_any_time(prompts, folder, spoken):
    prompts.sound("Why?")
    shutil.rmtree(folder)
    prompts.sound("Why?")
    prompts.prepare("How?")
    while prompts._preparing and not all(made.done() for made in prompts._preparing.values()):
        time.sleep(0.01)
    shutil.rmtree(folder)

    assert samples_of(prompts.sound("How?")) == b"How?" * 2
    assert spoken() == ["Why?", "Why?", "How?", "How?"]


def test_the_cache_may_be_deleted_while_a_prompt_is_being_spoken(voice_that, beep, folder, spoken):
    deleting = f"import shutil\nif not os.path.exists(sys.path[0] + '/spoken'): shutil.rmtree({str(folder)!r})"

    with SpokenPrompts(
        voice_that(f"{deleting}\nopen(sys.path[0] + '/spoken', 'a').close()\n{beep}"), folder
    ) as prompts:
        assert samples_of(prompts.sound("Why?")) == b"Why?" * 2


def test_of_two_hundred_sounds_the_least_recently_used_makes_room(prompts, folder):
    oldest, used = prompts.sound("first"), prompts.sound("second")
    for number in range(198):
        (folder / f"{number}.wav").write_bytes(oldest.read_bytes())
    an_hour_ago = time.time() - 3600
    for file in (oldest, used):
        os.utime(file, (an_hour_ago, an_hour_ago))
    prompts.sound("second")

    newest = prompts.sound("third")

    assert len(list(folder.iterdir())) == 200
    assert (oldest.exists(), used.exists(), newest.exists()) == (False, True, True)


@posix_only
def test_a_folder_that_cannot_be_made_is_said(beeping_voice, tmp_path):
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "prompts"

    with pytest.raises(MissingError) as caught:
        SpokenPrompts(beeping_voice, folder).sound("Why?")

    assert str(caught.value) == (
        f'The voice "stand-in" has no place for its sound: {folder}: Not a directory. '
        "Choose another place with REHEARSE_HOME."
    )


@posix_only
def test_leaving_ends_what_is_being_prepared(voice_that, folder, tmp_path):
    process_id = tmp_path / "process"
    program = f"open({str(process_id)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)"
    with SpokenPrompts(voice_that(program), folder) as prompts:
        prompts.prepare("Why?")
        while not (process_id.exists() and process_id.read_text()):
            time.sleep(0.01)
    time.sleep(0.1)

    with pytest.raises(ProcessLookupError):
        os.kill(int(process_id.read_text()), 0)
