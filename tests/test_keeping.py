"""`rehearse export` and `rehearse delete`, as a user types them."""

import json
import re
from zipfile import ZipFile

import pytest

from rehearse.recording import TakeWriter
from rehearse.session import to_json
from tests.sessions import finished_session
from tests.sounds import silence

SESSION = "20260301-093005-webhook-drop"


@pytest.fixture
def kept(home):
    """A finished session with two takes, of which one counts."""
    folder = home / "sessions" / SESSION
    (folder / "takes").mkdir(parents=True)
    (folder / "session.json").write_bytes(to_json(finished_session(SESSION)))
    for take in ("situation-1.wav", "situation-2.wav"):
        with TakeWriter(folder / "takes" / take) as writer:
            writer.write(silence(0.5))
    return folder


SUBTITLES = [
    f"{SESSION}/takes/{section}-1.{kind}"
    for section in ("result", "situation")
    for kind in ("labels.txt", "srt", "vtt")
]


def test_a_session_is_exported_with_its_sound_as_it_is(rehearse, kept, tmp_path):
    archive = tmp_path / "mine.zip"
    completed = rehearse("export", SESSION, "--to", archive)

    assert (completed.stdout, completed.stderr) == (f"{archive}\n", "")
    with ZipFile(archive) as opened:
        assert opened.testzip() is None
        takes = [f"{SESSION}/takes/situation-{number}.wav" for number in (1, 2)]
        assert sorted(opened.namelist()) == sorted(
            [f"{SESSION}/{name}" for name in ("page.html", "report.md", "session.json")]
            + SUBTITLES
            + takes
        )
        assert opened.read(takes[0]) == (kept / "takes" / "situation-1.wav").read_bytes()
        assert json.loads(opened.read(f"{SESSION}/session.json")) == json.loads(
            (kept / "session.json").read_bytes()
        )
        report = opened.read(f"{SESSION}/report.md").decode()
        assert report == rehearse("review", SESSION, "--markdown").stdout
        page = opened.read(f"{SESSION}/page.html").decode()
        assert re.findall(r'<audio[^>]* src="([^"]*)"', page) == ["takes/situation-1.wav"]


def test_a_session_is_exported_without_its_sound(rehearse, kept, tmp_path):
    rehearse("export", SESSION, "--no-audio", "--to", tmp_path)

    with ZipFile(tmp_path / f"{SESSION}.zip") as opened:
        assert not [name for name in opened.namelist() if name.endswith(".wav")]
        assert b"<audio" not in opened.read(f"{SESSION}/page.html")


def test_a_file_that_is_there_is_replaced_only_where_that_is_wanted(rehearse, kept, tmp_path):
    archive = tmp_path / "mine.zip"
    archive.write_text("something else")

    refused = rehearse("export", SESSION, "--to", archive)

    assert (refused.returncode, refused.stderr) == (
        2,
        f"{archive} is there already. --force replaces it, --to FILE names another.\n",
    )
    assert archive.read_text() == "something else"
    assert rehearse("export", SESSION, "--to", archive, "--force").returncode == 0
    assert ZipFile(archive).testzip() is None


def test_an_archive_that_cannot_be_written_leaves_nothing(rehearse, kept, tmp_path):
    archive = tmp_path / "no-such-folder" / "mine.zip"

    completed = rehearse("export", SESSION, "--to", archive)

    assert (completed.returncode, completed.stderr) == (
        5,
        f"{archive}: writing failed: No such file or directory. Name another place with "
        "--to FILE.\n",
    )


def test_nothing_is_deleted_where_nobody_can_be_asked(rehearse, kept):
    completed = rehearse("delete", SESSION)

    assert (completed.returncode, completed.stderr) == (
        2,
        "There is no terminal to ask on, so nothing was deleted. Add --yes.\n",
    )
    assert (kept / "session.json").is_file()


def test_what_is_deleted_is_gone_from_the_history_too(rehearse, kept, home):
    rehearse("history")
    size = sum(file.stat().st_size for file in kept.rglob("*") if file.is_file())

    completed = rehearse("delete", SESSION, "--yes")

    assert (completed.stdout, completed.stderr, completed.returncode) == (
        f"Deleted {SESSION} ({size / 1e6:.1f} MB, takes: 2).\n",
        "",
        0,
    )
    assert not kept.exists()
    assert SESSION not in (home / "sessions" / "index.jsonl").read_text()
    assert rehearse("history").stderr == ""


@pytest.mark.parametrize("command", ["export", "delete"])
def test_a_session_that_is_not_there_is_answered_with_the_nearest_name(rehearse, kept, command):
    completed = rehearse(command, SESSION[:-1])

    assert (completed.returncode, completed.stderr) == (
        3,
        f'There is no session "{SESSION[:-1]}" in {kept.parent}. Did you mean {SESSION}? '
        "`rehearse history --last 1000` lists them.\n",
    )
