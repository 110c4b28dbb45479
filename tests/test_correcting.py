"""`rehearse correct`, as a user answers it from a terminal or a pipe."""

import io
import json
import math
import os
import struct
import subprocess
import sys

import msgspec
import pytest

from rehearse.correcting import Conversation
from rehearse.correcting import correct as corrected
from rehearse.corrections import Correction
from rehearse.feedback.section import SpokenText
from rehearse.recording import RATE_HZ, TakeWriter
from rehearse.session import from_json, to_json
from rehearse.shelves import scenario_library
from tests.sessions import finished_session
from tests.virtual_card import virtual_card

__all__ = ["virtual_card"]

SESSION = "20260301-093005-webhook-drop"
KEYS = (
    "Enter = it is right, or type what you said. - = nothing was said, p = play it again, "
    "s = skip, q = stop and keep."
)
DOUBTED = ("I", "webbooks", "basically")
TOLD = {
    "situation": "I noticed that some webbooks were lost.",
    "result": "It was basically zero after that.",
}


@pytest.fixture
def kept(home):
    folder = home / "sessions" / SESSION
    (folder / "takes").mkdir(parents=True)
    session = finished_session(SESSION, told=TOLD)
    doubtful = msgspec.structs.replace(session, sections=tuple(map(_doubted, session.sections)))
    (folder / "session.json").write_bytes(to_json(doubtful))
    return folder


def _doubted(section):
    words = tuple(
        msgspec.structs.replace(word, confidence=0.3) if word.text in DOUBTED else word
        for word in section.transcript.words
    )
    return msgspec.structs.replace(section, transcript=SpokenText(section.transcript.text, words))


@pytest.fixture
def correct(home):
    def run(answers, *options, **environment):
        return subprocess.run(
            [sys.executable, "-m", "rehearse", "correct", SESSION, *options],
            input=answers,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            env=os.environ | {"REHEARSE_HOME": str(home)} | environment,
        )

    return run


def read(folder):
    return from_json((folder / "session.json").read_bytes(), "session.json")


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_no_word_is_broken_in_the_middle(home, kept, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    monkeypatch.setattr(sys, "stderr", Terminal())

    corrected(SESSION, 0.5, Conversation(with_sound=False, output_device=None).ask)

    assert sys.stderr.getvalue().splitlines()[:3] == [
        "Enter = it is right, or type what you",
        "  said. - = nothing was said, p = play",
        "  it again, s = skip, q = stop and keep.",
    ]


def test_each_doubtful_word_is_shown_among_its_neighbours(correct, kept):
    completed = correct("q\n", "--no-sound")

    assert completed.stderr == (
        f"{KEYS}\n\n1 of 3 · situation, 0:01, 30% sure\n  [I] noticed that some webbooks were lost. …\n"
    )
    assert completed.stdout == f"{SESSION}: 0 corrected, 0 confirmed, 3 left.\n"


def test_what_is_typed_is_kept_beside_what_was_heard_and_judged(correct, kept, home):
    completed = correct("\nwebhooks\n-\n", "--no-sound")

    file = home / "vocabulary" / "webhook-drop.txt"
    assert completed.stdout == (
        f"{SESSION}: 2 corrected, 1 confirmed, 0 left.\n"
        f"From now on the recogniser knows: webhooks ({file}).\n"
    )
    situation, result = read(kept).sections
    assert situation.transcript.text == "I noticed that some webhooks were lost."
    assert situation.corrections == (
        Correction("I", "I", 1.0, 1.3),
        Correction("webbooks", "webhooks", 2.6, 2.9),
    )
    assert result.transcript.text == "It was zero after that."
    assert result.corrections == (Correction("basically", "", 1.8, 2.1),)
    assert (result.findings, result.fillers) == ((), ())
    assert read(kept).checked.words == 12
    assert file.read_text() == "webhooks\n"
    assert "webhooks" in scenario_library().find("webhook-drop").vocabulary
    assert correct("", "--no-sound").stdout == f"{SESSION}: 0 corrected, 0 confirmed, 0 left.\n"


def test_what_was_skipped_or_not_reached_is_asked_again(correct, kept):
    assert correct("s\nwebhooks\nq\n", "--no-sound").stdout.startswith(
        f"{SESSION}: 1 corrected, 0 confirmed, 2 left.\n"
    )
    assert "1 of 2 · situation, 0:01" in correct("", "--no-sound").stderr


def test_corrections_outlive_a_new_judgement(correct, kept, rehearse):
    correct("\nwebhooks\n-\n", "--no-sound")
    before = read(kept)

    rehearse("reanalyze", SESSION, "--text-only")

    assert read(kept) == before


def test_what_is_graded_is_never_taught(correct, kept, home):
    """ "I noticed" is a key point: hearing it must be earned."""
    correct("Noticed\n9\nwe\n", "--no-sound")

    assert not (home / "vocabulary").exists()


def test_the_renewed_session_is_one_document(correct, kept):
    completed = correct("q\n", "--no-sound", "--json")

    assert json.loads(completed.stdout) == json.loads(to_json(read(kept)))


@pytest.mark.skipif(sys.platform == "win32", reason="the tests' sound card needs PulseAudio")
def test_the_word_is_heard_with_a_little_before_and_after(correct, kept, virtual_card):
    tone = b"".join(
        struct.pack("<h", round(9000 * math.sin(2 * math.pi * 440 * n / RATE_HZ)))
        for n in range(4 * RATE_HZ)
    )
    with TakeWriter(kept / "takes" / "situation-1.wav") as writer:
        writer.write(tone)

    with virtual_card.ear() as ear:
        completed = correct("s\nq\n", **virtual_card.environment)
        began_s, ended_s = ear.sound_at_s

    assert "shown only" not in completed.stderr
    # 0.3 s of the first word and 0.8 s around it, then the same of the second.
    assert 2.5 < ended_s - began_s < 9.0


def test_where_nothing_can_be_heard_the_words_are_shown(correct, kept):
    completed = correct("\n\n\n")

    assert completed.stderr.count("  (shown only: ") == 1  # no loudspeaker, or no take
    assert completed.stdout == f"{SESSION}: 0 corrected, 3 confirmed, 0 left.\n"


def test_an_unknown_session_is_answered_with_the_nearest(correct, kept, rehearse):
    completed = rehearse("correct", SESSION[:-1])

    assert (completed.returncode, completed.stderr) == (
        3,
        f'There is no session "{SESSION[:-1]}" in {kept.parent}. Did you mean {SESSION}? '
        "`rehearse history --last 1000` lists them.\n",
    )
