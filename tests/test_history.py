"""`rehearse history`, as a user types it."""

import json
import re

import pytest

from rehearse.session import to_json
from tests.sessions import finished_session


@pytest.fixture
def kept(home):
    folder = home / "sessions" / "20260301-093005-webhook-drop"
    folder.mkdir(parents=True)
    (folder / "session.json").write_bytes(to_json(finished_session()))
    return folder


def test_history_is_one_document_and_says_apart_what_it_did(rehearse, kept):
    first, second = rehearse("history", "--json"), rehearse("history", "--json")

    assert first.stderr == "The index of sessions was not there; it was made anew.\n"
    assert (second.stderr, second.stdout) == ("", first.stdout)
    document = json.loads(first.stdout)
    assert [each["id"] for each in document["sessions"]] == [kept.name]
    assert list(document["trends"]) == [
        "sections",
        "findings",
        "i_share",
        "result_test",
        "streak",
    ]


def test_history_is_shown_with_the_story_bank(rehearse, kept):
    shown = rehearse("history").stdout

    assert shown.startswith("1 session · 1 scenario · 11 s spoken")
    assert "situation" in shown
    assert re.search(r"^Earn Trust +webhook-drop \(1x, last", shown, re.MULTILINE)
    assert "Nothing told yet for: Comfort with Ambiguity (blank-page); " in shown
    assert kept.name in shown


def test_before_the_first_session_history_says_how_to_make_one(rehearse):
    completed = rehearse("history")

    assert (completed.stdout, completed.stderr, completed.returncode) == (
        "No session is finished yet. `rehearse demo` makes one.\n",
        "",
        0,
    )


def test_history_is_written_as_one_page(rehearse, kept, tmp_path):
    file = tmp_path / "history.html"

    completed = rehearse("history", "--html", file)

    assert (completed.returncode, completed.stdout) == (0, f"{file}\n")
    assert kept.name in file.read_text(encoding="utf-8")
    refused = rehearse("history", "--html", tmp_path / "missing" / "history.html")
    assert (refused.returncode, refused.stderr) == (
        5,
        f"{tmp_path / 'missing' / 'history.html'}: the page cannot be written: No such file or "
        "directory. Name a file in a folder that is there and is yours.\n",
    )


def test_a_scenario_without_sessions_is_told_apart_from_one_that_is_not_there(rehearse, kept):
    untold = rehearse("history", "--scenario", "blank-page")
    unknown = rehearse("history", "--scenario", "blank-pag")

    assert (untold.returncode, untold.stdout) == (
        0,
        "blank-page was not rehearsed yet: `rehearse run blank-page`.\n",
    )
    assert (unknown.returncode, unknown.stdout, unknown.stderr) == (
        3,
        "",
        'There is no scenario "blank-pag", and no session with it. `rehearse list` shows the '
        "scenarios that there are.\n",
    )
