"""The index of sessions: whatever happens to it, the sessions are told as they are."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from tests.sessions import booked, finished_session

from rehearse.adapters.history_index import HistoryIndex
from rehearse.adapters.session_folders import SessionFolders

BEGAN = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path):
    return SessionFolders(tmp_path / "sessions")


@pytest.fixture
def three(folders):
    return [keep(folders, f"story-{day}", BEGAN + timedelta(days=day)) for day in range(3)]


def keep(folders, scenario="webhook-drop", began=BEGAN):
    session_id = folders.begin(booked(scenario, began))
    folders.finish(session_id, finished_session(session_id, scenario=scenario, began=began))
    return session_id


def read(folders, load=None):
    """The ids of the sessions, and what was said about the index."""
    told = []
    sittings = HistoryIndex(folders.root, load or folders.load, told.append).sittings()
    return [sitting.id for sitting in sittings], told


def index(folders):
    return folders.root / "index.jsonl"


def never(session_id):
    raise AssertionError(f"{session_id} is read though nothing changed")


def anew(why):
    return [f"The index of sessions {why}; it was made anew."]


def test_what_is_indexed_is_not_read_again(folders, three):
    assert read(folders) == (three, anew("was not there"))
    assert read(folders, never) == (three, [])


def test_where_nothing_was_rehearsed_yet_nothing_is_said_and_nothing_is_made(folders):
    assert read(folders) == ([], [])
    assert not folders.root.exists()


def test_only_what_is_new_changed_or_gone_is_read(folders, three):
    read(folders)
    new = keep(folders, "newest", BEGAN + timedelta(days=9))
    changed = finished_session(three[0], scenario="story-0", began=BEGAN, model="tiny.en")
    folders.save(three[0], changed)
    (folders.root / three[1] / "session.json").unlink()
    seen = []

    ids, told = read(folders, lambda name: seen.append(name) or folders.load(name))

    assert (ids, sorted(seen)) == ([three[0], three[2], new], sorted([three[0], new]))
    assert told == ["Sessions: 2 read anew, 1 no longer there; the index is up to date."]


def test_a_take_that_came_or_went_is_noticed(folders, three):
    read(folders)
    folders.next_take(three[0], "task").write_bytes(b"1234")

    assert read(folders)[1] == ["Sessions: 1 read anew; the index is up to date."]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda data: b"", "was damaged"),
        (lambda data: b"\x00" * len(data), "was damaged"),
        (lambda data: data[: len(data) // 2], "was damaged or cut off"),
        (lambda data: data[:-1], "was damaged or cut off"),
        (lambda data: data.replace(b"story-1", b"story-9"), "was damaged or cut off"),
        (
            lambda data: data.replace(b'"version":', b'"version":9'),
            "was written by a newer rehearse",
        ),
        (
            lambda data: data.replace(b'"version":', b'"version":-'),
            "was written by an older rehearse",
        ),
    ],
    ids=["empty", "zeros", "half", "last-byte", "flipped", "newer", "older"],
)
def test_an_index_that_cannot_be_used_is_made_anew(folders, three, spoil, why):
    read(folders)
    index(folders).write_bytes(spoil(index(folders).read_bytes()))

    assert read(folders) == (three, anew(why))
    assert read(folders, never) == (three, [])


def test_an_index_in_whose_place_a_folder_lies_costs_time_and_no_answer(folders, three):
    index(folders).mkdir()

    assert read(folders) == (
        three,
        [
            f"{index(folders)}: the index could not be kept (Is a directory); "
            "the sessions will be read again next time.",
            *anew("could not be read (Is a directory)"),
        ],
    )


def test_one_damaged_session_does_not_hide_the_others(folders, three):
    document = folders.root / three[1] / "session.json"
    document.write_bytes(b"{")

    ids, told = read(folders)

    assert ids == [three[0], three[2]]
    assert told[0] == (
        f"{document}: this session is damaged: Input data was truncated. Its takes beside it are "
        "untouched; `rehearse analyze` reads them. It is left out here."
    )


WRITES_FOR_EVER = """
import sys
from pathlib import Path
from rehearse.adapters.history_index import HistoryIndex
from rehearse.adapters.session_folders import SessionFolders
folders = SessionFolders(Path(sys.argv[1]))
index = HistoryIndex(folders.root, folders.load, lambda _: None)
index.sittings()
entries, _ = index._known()
many = {f"{name}.{n}": entry for name, entry in entries.items() for n in range(3000)}
print("ready", flush=True)
while True:
    index._write(many)
    index._write(entries)
"""


@pytest.mark.parametrize("after_s", [0.0, 0.013, 0.05])
def test_an_index_whose_writer_is_killed_in_the_middle_still_answers(folders, three, after_s):
    with subprocess.Popen(
        [sys.executable, "-c", WRITES_FOR_EVER, str(folders.root)],
        stdout=subprocess.PIPE,
        env=dict(os.environ),
    ) as writer:
        assert writer.stdout.readline().strip() == b"ready"
        time.sleep(after_s)
        writer.kill()

    assert read(folders)[0] == three
