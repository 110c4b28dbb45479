"""`rehearse tidy`: takes become smaller, and at no moment is anything lost."""

import json
import os
import subprocess
import sys
import time

import msgspec
import pytest

from rehearse.adapters.lossless import compress
from rehearse.adapters.session_folders import SessionFolders
from rehearse.adapters.sound_files import read_sound
from rehearse.booking import KeptTake
from rehearse.recording import TakeWriter
from rehearse.session import to_json
from tests.sessions import booked, finished_session, session_of, told_in_one_go

SESSION = "20260301-093005-webhook-drop"
TAKES = ("result-1.wav", "situation-1.wav", "situation-2.wav")


@pytest.fixture
def kept(home):
    """A finished session whose sections' takes are there, and one take that does not count."""
    folder = home / "sessions" / SESSION
    (folder / "takes").mkdir(parents=True)
    (folder / "session.json").write_bytes(to_json(finished_session(SESSION)))
    for number, name in enumerate(TAKES):
        with TakeWriter(folder / "takes" / name) as writer:
            writer.write(_samples(number))
    return folder


def _samples(number):
    return bytes([number, 1]) * 16_000 * 4


def takes_in(folder):
    return sorted(file.name for file in (folder / "takes").iterdir())


def audio_of(folder):
    document = json.loads((folder / "session.json").read_bytes())
    return [section["audio"] for section in document["sections"]]


def test_takes_become_flac_and_the_session_names_them(rehearse, kept):
    before = sum(file.stat().st_size for file in (kept / "takes").iterdir())

    completed = rehearse("tidy")

    after = sum(file.stat().st_size for file in (kept / "takes").iterdir())
    assert (completed.returncode, completed.stdout) == (
        0,
        f"Takes: 3. {before / 1e6:.1f} MB became {after / 1e6:.1f} MB.\n",
    )
    assert completed.stderr.splitlines() == [
        f"compressed: {SESSION}: {name.removesuffix('.wav')}" for name in TAKES
    ]
    assert takes_in(kept) == [name.replace(".wav", ".flac") for name in TAKES]
    assert audio_of(kept) == ["takes/situation-1.flac", "takes/result-1.flac"]
    for number, name in enumerate(TAKES):
        assert read_sound(kept / "takes" / name.replace(".wav", ".flac")) == _samples(number)
    assert rehearse("tidy").stdout == "There is nothing to compress.\n"


def test_the_steps_of_an_answer_told_in_one_go_name_its_smaller_take_too(rehearse, home):
    told = told_in_one_go({"situation": "The lift stood still.", "result": "It ran again."})
    take = home / "sessions" / SESSION / told.audio
    take.parent.mkdir(parents=True)
    (take.parents[1] / "session.json").write_bytes(to_json(session_of(told, id=SESSION)))
    with TakeWriter(take) as writer:
        writer.write(_samples(1))

    rehearse("tidy")

    (whole,) = json.loads((take.parents[1] / "session.json").read_bytes())["sections"]
    assert {whole["audio"], *(step["audio"] for step in whole["steps"])} == {"takes/whole-1.flac"}
    assert whole["steps"]


def test_what_is_damaged_is_named_and_stays_and_the_others_are_compressed(rehearse, kept):
    damaged = kept / "takes" / TAKES[0]
    damaged.write_bytes(damaged.read_bytes()[:-7])

    completed = rehearse("tidy")

    assert completed.returncode == 0
    assert (
        f"{damaged}: this is not a take as rehearse writes it. It stays as it is."
        in completed.stderr.splitlines()
    )
    assert takes_in(kept) == [TAKES[0], "situation-1.flac", "situation-2.flac"]
    assert audio_of(kept) == ["takes/situation-1.flac", "takes/result-1.wav"]


def test_what_is_new_or_unfinished_is_left_alone(rehearse, kept, home):
    assert rehearse("tidy", "--older-than", "1").stdout == "There is nothing to compress.\n"
    year = 365 * 86_400
    for take in (kept / "takes").iterdir():
        os.utime(take, (time.time() - year, time.time() - year))
    folders = SessionFolders(home / "sessions")
    folders.note(SESSION, booked())
    assert rehearse("tidy", "--older-than", "1").stdout == "There is nothing to compress.\n"
    (kept / "unfinished.json").unlink()

    assert rehearse("tidy", "--older-than", "1").stdout.startswith("Takes: 3.")


@pytest.mark.parametrize("after_s", [0.0, 0.02, 0.06])
def test_killed_at_any_moment_it_has_lost_nothing_and_the_next_time_goes_on(
    rehearse, kept, home, after_s
):
    with subprocess.Popen(
        [sys.executable, "-m", "rehearse", "tidy"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"REHEARSE_HOME": str(home)},
    ) as tidying:
        tidying.stderr.readline()
        time.sleep(after_s)
        tidying.kill()

    assert all((kept / audio).is_file() for audio in audio_of(kept))
    rehearse("tidy")
    assert takes_in(kept) == [name.replace(".wav", ".flac") for name in TAKES]
    for number, name in enumerate(TAKES):
        assert read_sound(kept / "takes" / name.replace(".wav", ".flac")) == _samples(number)
    assert audio_of(kept) == ["takes/situation-1.flac", "takes/result-1.flac"]


def test_a_rehearsal_goes_on_with_takes_that_were_compressed(
    rehearse, home, speak, model, tmp_path
):
    folders = SessionFolders(home / "sessions")
    booking = msgspec.structs.replace(booked().booking, model="tiny.en", probes_at_most=0)
    session_id = folders.begin(msgspec.structs.replace(booked(), booking=booking))
    take = folders.next_take(session_id, "task")
    with TakeWriter(take) as writer:
        writer.write(read_sound(speak("It was my task to find the lost parcels.")))
    compress(take)
    take.unlink()
    noted = KeptTake(0, booking.prompts[0], take.name)
    folders.note(session_id, msgspec.structs.replace(folders.progress(session_id), kept=(noted,)))

    resumed = rehearse("resume", session_id, "--answers", tmp_path, "--json")

    (section,) = json.loads(resumed.stdout)["sections"]
    assert "parcels" in section["transcript"]["text"]
    assert section["audio"] == "takes/task-1.flac"
