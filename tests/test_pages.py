"""`rehearse review --html`, `--open` and `--play`, as a user types them."""

import json
import os
import sys

import pytest

from rehearse.recording import RATE_HZ, TakeWriter
from rehearse.session import to_json
from tests.sessions import finished_session
from tests.virtual_card import virtual_card

__all__ = ["virtual_card"]

TOLD = {"situation": "I saw it.", "result": "The team was really happy with it."}
SESSION = "20260301-093005-webhook-drop"


@pytest.fixture
def kept(home):
    folder = home / "sessions" / SESSION
    (folder / "takes").mkdir(parents=True)
    (folder / "session.json").write_bytes(to_json(finished_session(SESSION, told=TOLD)))
    with TakeWriter(folder / "takes" / "result-1.wav") as writer:
        writer.write((b"\x00\x30" * 10 + b"\x00\xd0" * 10) * (5 * RATE_HZ // 20))
    return folder


def test_a_page_beside_its_session_plays_the_sound_from_there(rehearse, kept):
    page = kept / "page.html"

    completed = rehearse("review", "--html", page)

    assert (completed.returncode, completed.stdout, completed.stderr) == (0, f"{page}\n", "")
    html = page.read_text(encoding="utf-8")
    assert 'src="takes/result-1.wav"' in html
    assert html.count("<audio") == 1  # the other recording is gone
    assert "Without sound." in html


def test_a_page_anywhere_else_holds_its_sound(rehearse, kept, tmp_path):
    page = tmp_path / "mine.html"

    completed = rehearse("review", SESSION, "--html", page, "--json")

    assert json.loads(completed.stdout) == json.loads((kept / "session.json").read_bytes())
    assert completed.stderr == f"{page}\n"
    assert 'src="data:audio/wav;base64,UklGR' in page.read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform != "linux", reason="here the system chooses the browser")
def test_the_page_is_opened_in_the_browser(rehearse, kept, tmp_path):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "asked"}\n')
    browser.chmod(0o755)

    completed = rehearse("review", "--open", BROWSER=os.fspath(browser))

    assert completed.stdout == f"{kept / 'page.html'}\n"
    assert (tmp_path / "asked").read_text() == f"{(kept / 'page.html').as_uri()}\n"


def test_a_page_that_cannot_be_written_is_a_trouble_of_the_disk(rehearse, kept, tmp_path):
    page = tmp_path / "nowhere" / "page.html"

    completed = rehearse("review", "--html", page)

    assert (completed.returncode, completed.stdout, completed.stderr) == (
        5,
        "",
        f"{page}: the page cannot be written: No such file or directory. "
        "Name a file in a folder that is there and is yours.\n",
    )


def test_a_finding_that_is_not_there_is_answered_with_those_that_are(rehearse, kept):
    completed = rehearse("review", "--play", "9")

    assert (completed.returncode, completed.stdout, completed.stderr) == (
        2,
        "",
        f"There is no finding 9 in {SESSION}. There are:\n"
        "  1  result  no metric\n"
        "  2  result 0:01  vague result “The team was really happy with it”\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the tests' sound card needs PulseAudio")
def test_the_seconds_of_a_finding_are_heard(rehearse, kept, virtual_card):
    with virtual_card.ear() as ear:
        completed = rehearse("review", "--play", "2", **virtual_card.environment)
        began_s, ended_s = ear.sound_at_s

    assert (completed.returncode, completed.stdout, completed.stderr) == (0, "", "")
    # Seven words of 0.4 s, and 0.8 s before and after them.
    assert 2.5 < ended_s - began_s < 6.0


def test_a_finding_about_a_whole_section_has_no_seconds(rehearse, kept):
    completed = rehearse("review", "--play", "1")

    assert (completed.returncode, completed.stdout, completed.stderr) == (
        2,
        "",
        "Finding 1 (no metric) has no sound: it is about the whole of result, or its answer came as "
        "text.\n",
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the tests' sound card needs PulseAudio")
def test_without_a_loudspeaker_a_finding_can_be_read(rehearse, kept):
    completed = rehearse("review", "--play", "2", PULSE_SERVER="unix:/nowhere")

    assert (completed.returncode, completed.stdout, completed.stderr) == (
        4,
        "",
        "There is no loudspeaker and there are no headphones. Plug some in and try again; what was "
        f"said can be read with `rehearse review {SESSION}`.\n",
    )


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--json", "--markdown"], "--markdown and --json do not go together. Choose one."),
        (["--play", "2", "--json"], "--play and --json do not go together. Choose one."),
        (["--play", "2", "--open"], "--play goes without --html, --open and --against."),
        (["--markdown", "--html", "x"], "--markdown goes without --html, --open and --against."),
    ],
)
def test_no_option_is_passed_over_without_a_word(rehearse, kept, options, message):
    completed = rehearse("review", *options)

    assert (completed.returncode, completed.stdout, completed.stderr) == (2, "", f"{message}\n")


EARLIER = "20260228-093005-webhook-drop"


def test_a_session_is_compared_with_an_earlier_one(rehearse, kept, tmp_path):
    folder = kept.parent / EARLIER
    folder.mkdir()
    told = TOLD | {"situation": "We all saw it.", "task": "It was my job."}
    (folder / "session.json").write_bytes(to_json(finished_session(EARLIER, told=told)))
    page = tmp_path / "both.html"

    shown = rehearse("review", SESSION, "--against", EARLIER)
    found = json.loads(rehearse("review", SESSION, "--against", EARLIER, "--json").stdout)
    written = rehearse("review", SESSION, "--against", EARLIER, "--html", page)

    assert shown.stdout.startswith(f"{SESSION} against {EARLIER}\n\nSITUATION\n")
    assert f"Only in {EARLIER}: task.\n" in shown.stdout
    assert [pair["name"] for pair in found["pairs"]] == ["situation", "result"]
    assert (written.stdout, page.read_text(encoding="utf-8").count("<audio")) == (f"{page}\n", 1)
