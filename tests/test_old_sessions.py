"""Every form in which a session was ever kept opens wherever sessions are opened."""

import json
from zipfile import ZipFile

import pytest

from rehearse.session import from_json
from tests.sessions import SCHEMA_1, holds

EVER_KEPT = sorted(SCHEMA_1.parent.glob("*.json"))


@pytest.fixture(params=EVER_KEPT, ids=lambda file: file.stem)
def kept(request, home):
    """An old session in its folder; its takes are long gone."""
    document = request.param.read_bytes()
    folder = home / "sessions" / from_json(document, "session.json").session.id
    folder.mkdir(parents=True)
    (folder / "session.json").write_bytes(document)
    return folder


def test_an_old_session_opens_wherever_sessions_are_opened(rehearse, kept, tmp_path):
    old, name = json.loads((kept / "session.json").read_bytes()), kept.name
    assert holds(json.loads(rehearse("review", name, "--json").stdout), old)
    assert name in rehearse("review", name).stdout
    (sitting,) = json.loads(rehearse("history", "--json").stdout)["sessions"]
    assert (sitting["id"], len(sitting["told"])) == (name, len(old["sections"]))
    assert rehearse("plan").returncode == 0

    rehearse("export", name, "--to", tmp_path)
    with ZipFile(tmp_path / f"{name}.zip") as archive:
        assert holds(json.loads(archive.read(f"{name}/session.json")), old)

    assert rehearse("tidy").stdout == "There is nothing to compress.\n"
    completed = rehearse("reanalyze", name, "--text-only")
    assert (completed.returncode, completed.stderr) == (0, f"saved: {name}\n")
    new = json.loads((kept / "session.json").read_bytes())
    kept_words = [part["transcript"]["text"] for part in old["sections"]]
    assert [part["transcript"]["text"] for part in new["sections"]] == kept_words
    assert new["session"]["started_at"] == old["session"]["started_at"]
