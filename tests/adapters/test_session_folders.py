from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.sessions import booked, finished_session

from rehearse.adapters.session_folders import PAGE, SessionFolders
from rehearse.booking import KeptTake, Progress
from rehearse.errors import BadInputError, DiskError
from rehearse.session import to_json

BEGAN = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)


@pytest.fixture
def root(tmp_path):
    return tmp_path / "home" / "sessions"


@pytest.fixture
def folders(root):
    return SessionFolders(root)


def keep(folders, scenario="webhook-drop", began=BEGAN):
    session_id = folders.begin(booked(scenario, began))
    folders.finish(session_id, finished_session(session_id, scenario=scenario, began=began))
    return session_id


def test_a_session_that_was_saved_is_loaded_as_it_was(folders):
    session_id = folders.begin(booked())
    session = finished_session(session_id)

    folders.finish(session_id, session)

    assert session_id == "20260301-093005-webhook-drop"
    assert folders.load(session_id) == session


def test_a_session_is_one_document_with_its_takes_beside_it(folders, root):
    session_id = keep(folders)

    assert sorted(entry.name for entry in (root / session_id).iterdir()) == [
        "session.json",
        "takes",
    ]
    assert folders.take(session_id, "task-2.wav") == root / session_id / "takes" / "task-2.wav"


def test_the_next_take_is_one_that_is_not_there_yet(folders):
    session_id = folders.begin(booked())
    folders.next_take(session_id, "task").touch()

    assert folders.next_take(session_id, "task") == folders.take(session_id, "task-2.wav")
    assert folders.next_take(session_id, "result") == folders.take(session_id, "result-1.wav")


def test_how_far_a_session_has_come_is_known_until_it_is_finished(folders):
    session_id = folders.begin(booked())
    prompt = booked().booking.prompts[0]
    progress = Progress(booked().booking, BEGAN, (KeptTake(0, prompt, "task-1.wav", 3),))
    folders.note(session_id, progress)

    assert folders.unfinished() == [session_id]
    assert folders.progress(session_id) == progress

    folders.finish(session_id, finished_session(session_id))

    assert folders.unfinished() == []
    with pytest.raises(BadInputError) as caught:
        folders.progress(session_id)
    assert str(caught.value) == (
        f'There is no unfinished session "{session_id}" in {folders.root}; unfinished: none.'
    )


def test_a_damaged_note_is_named(folders, root):
    session_id = folders.begin(booked())
    (root / session_id / "unfinished.json").write_bytes(b"{")

    with pytest.raises(BadInputError) as caught:
        folders.progress(session_id)

    assert str(caught.value) == (
        f"{root / session_id / 'unfinished.json'}: this note is damaged: Input data was truncated. "
        "The takes beside it are untouched; `rehearse analyze` reads them."
    )


def test_sessions_that_begin_in_the_same_second_get_folders_of_their_own(folders):
    assert [folders.begin(booked()) for _ in range(3)] == [
        "20260301-093005-webhook-drop",
        "20260301-093005-webhook-drop.2",
        "20260301-093005-webhook-drop.3",
    ]


def test_a_new_session_never_moves_into_the_folder_of_another(folders, root):
    (root / "20260301-093005-webhook-drop").mkdir(parents=True)

    assert folders.begin(booked()) == "20260301-093005-webhook-drop.2"


def test_the_latest_is_the_one_that_began_last_however_many_began_in_that_second(folders):
    for _ in range(11):
        last = keep(folders)
    keep(folders, "an-older-one", BEGAN - timedelta(days=1))

    assert last == "20260301-093005-webhook-drop.11"
    assert folders.latest().session.id == last


def test_the_latest_is_one_that_was_finished(folders):
    finished = keep(folders)
    folders.begin(booked(began=BEGAN + timedelta(hours=1)))

    assert folders.latest().session.id == finished


def test_each_scenario_was_last_practised_when_its_latest_session_began(folders):
    keep(folders, "a-story", BEGAN)
    keep(folders, "a-story", BEGAN + timedelta(days=2))
    keep(folders, "a-story", BEGAN + timedelta(days=1))
    keep(folders, "b-story", BEGAN)

    practised = folders.last_practised()

    assert {name: f"{began:%Y-%m-%d %H:%M:%S}" for name, began in practised.items()} == {
        "a-story": "2026-03-03 09:30:05",
        "b-story": "2026-03-01 09:30:05",
    }


def test_what_else_lies_among_the_sessions_is_passed_over(folders, root):
    finished = keep(folders)
    for name in ("99999999-999999-x", "00010101-000000-x", "20260230-000000-x", "notes", ".trash"):
        (root / name).mkdir()
    (root / "20990101-000000-a-file").write_text("no folder")

    assert folders.latest().session.id == finished
    assert list(folders.last_practised()) == ["webhook-drop"]


def test_where_nothing_was_rehearsed_yet_there_is_nothing_and_nothing_is_made(folders, root):
    with pytest.raises(BadInputError) as caught:
        folders.latest()

    assert str(caught.value) == (
        f"There is no finished session in {root} yet. `rehearse demo` makes one."
    )
    assert folders.last_practised() == {}
    assert not root.exists()


NEAR_ONE = (
    "20260101-000000-nope",
    "../20260301-093005-webhook-drop",
    "20260301-093005-webhook-drop/../20260301-093005-webhook-drop",
)


@pytest.mark.parametrize(
    "name",
    [
        "nope",
        "20260101-000000-nope",
        "..",
        "../20260301-093005-webhook-drop",
        "20260301-093005-webhook-drop/../20260301-093005-webhook-drop",
        "/etc",
        "",
        f"20260101-000000-{'x' * 5000}",
    ],
)
def test_a_session_that_does_not_exist_is_named_and_nothing_outside_is_looked_at(
    folders, root, name
):
    keep(folders)

    with pytest.raises(BadInputError) as caught:
        folders.load(name)

    near = " Did you mean 20260301-093005-webhook-drop?" if name in NEAR_ONE else ""
    assert str(caught.value) == (
        f'There is no session "{name}" in {root}.{near} `rehearse history --last 1000` lists them.'
    )


def test_a_page_goes_with_the_document_that_it_showed(folders, root):
    session_id = keep(folders)
    page = root / session_id / PAGE
    page.write_text("as it was judged before")

    folders.save(session_id, finished_session(session_id))

    assert not page.exists()


def test_what_is_deleted_is_gone_with_its_takes_and_nothing_else_is(folders, root):
    deleted, kept = keep(folders), keep(folders)
    take = folders.next_take(deleted, "task")
    take.write_bytes(bytes(1000))

    assert folders.takes(deleted) == [take]
    assert folders.size_bytes(deleted) == 1000 + (root / deleted / "session.json").stat().st_size

    folders.delete(deleted)

    assert [entry.name for entry in root.iterdir()] == [kept]
    with pytest.raises(BadInputError):
        folders.delete(deleted)


def test_a_session_that_cannot_be_deleted_says_what_stays(folders, root, tmp_path):
    elsewhere = tmp_path / "20260301-093005-elsewhere"
    elsewhere.mkdir()
    link = root / elsewhere.name
    root.mkdir(parents=True)
    link.symlink_to(elsewhere)

    with pytest.raises(DiskError) as caught:
        folders.delete(elsewhere.name)

    assert elsewhere.is_dir()
    assert str(caught.value) == (
        f"{link}: not all of it can be deleted: Cannot call rmtree on a symbolic link. "
        "Close what uses it and try again, or delete the folder with any program."
    )


def test_a_take_is_found_as_flac_too(folders):
    session_id = folders.begin(booked())
    flac = folders.take(session_id, "task-1.flac")
    flac.touch()

    assert folders.take(session_id, "task-1.wav") == flac
    assert folders.next_take(session_id, "task").name == "task-2.wav"


def test_a_session_that_was_broken_off_says_where_its_takes_are(folders, root):
    session_id = folders.begin(booked())

    with pytest.raises(BadInputError) as caught:
        folders.load(session_id)

    folder = root / session_id
    assert str(caught.value) == (
        f"{folder / 'session.json'}: this session was never finished. "
        f"`rehearse resume {session_id}` goes on with it; its takes are in {folder / 'takes'}."
    )


def test_a_session_whose_document_is_a_folder_is_named(folders, root):
    session_id = folders.begin(booked())
    document = root / session_id / "session.json"
    document.mkdir()

    with pytest.raises(BadInputError) as caught:
        folders.load(session_id)

    assert str(caught.value) == f"{document}: cannot be read: Is a directory."


def refusal(place, why):
    return (
        f"{place}: writing failed: {why}. Free some space or choose another place with "
        "REHEARSE_HOME; everything recorded so far is kept."
    )


def test_a_file_in_the_folders_place_is_a_trouble_of_the_disk(folders, root):
    root.parent.write_text("a file")

    with pytest.raises(DiskError) as caught:
        folders.begin(booked())

    assert str(caught.value) == refusal(root, "Not a directory")


def test_a_link_to_a_disk_that_is_not_there_is_a_trouble_of_the_disk(folders, root, tmp_path):
    root.parent.mkdir()
    root.symlink_to(tmp_path / "unplugged")

    with pytest.raises(DiskError) as caught:
        folders.begin(booked())

    assert str(caught.value) == refusal(root, "File exists")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_a_full_disk_leaves_the_old_document_and_no_part_of_a_new_one(folders, root):
    session_id = keep(folders)
    document = root / session_id / "session.json"
    before = document.read_bytes()
    document.with_suffix(".part").symlink_to("/dev/full")

    with pytest.raises(DiskError) as caught:
        folders.finish(session_id, finished_session(session_id, model="tiny.en"))

    assert str(caught.value) == refusal(document, "No space left on device")
    assert document.read_bytes() == before
    assert sorted(entry.name for entry in document.parent.iterdir()) == ["session.json", "takes"]


def test_a_document_is_replaced_whole(folders, root):
    session_id = keep(folders)
    document = root / session_id / "session.json"
    replacement = finished_session(session_id, model="tiny.en")
    with document.open("rb") as reader:
        folders.finish(session_id, replacement)
        old = reader.read()

    assert old == to_json(finished_session(session_id)) + b"\n"
    assert document.read_bytes() == to_json(replacement) + b"\n"
