"""What was said outlives whatever happens: real processes, real signals, a real full disk."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest

from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import WhisperTranscriber

SENTENCE = "I pulled the delivery logs, and then I wrote a test that failed."
HEAR = """
import sys
from pathlib import Path
from rehearse.adapters.whisper import WhisperTranscriber
with WhisperTranscriber(Path(sys.argv[1])) as transcriber:
    print(transcriber.process_id, flush=True)
    transcriber.hear(Path(sys.argv[2]), on_progress=lambda done: print(done, flush=True))
"""


@pytest.fixture
def long_take(speak, write_take):
    """Something that is transcribed for several seconds."""
    return write_take(read_sound(speak(SENTENCE)) * 8)


def has_ended(process_id, within_s):
    give_up_s = time.monotonic() + within_s
    while time.monotonic() < give_up_s:
        try:
            os.kill(process_id, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


def hear_in_the_background(transcriber, take):
    """Begins to transcribe; returns the thread and what it heard or met, once it is at work."""
    outcome = []
    at_work = threading.Event()

    def hear():
        try:
            outcome.append(transcriber.hear(take, on_progress=lambda _: at_work.set()))
        except (OSError, EOFError, ValueError) as error:
            outcome.append(error)

    thread = threading.Thread(target=hear, daemon=True)
    thread.start()
    assert at_work.wait(60)
    return thread, outcome


# --- the transcription process --------------------------------------------------------------------


def test_a_transcription_that_is_killed_at_work_begins_again_and_hears_the_same(model, long_take):
    with WhisperTranscriber(model) as transcriber:
        thread, outcome = hear_in_the_background(transcriber, long_take)
        os.kill(transcriber.process_id, signal.SIGKILL)
        thread.join()

        assert outcome == [transcriber.hear(long_take)]


def test_a_transcription_whose_program_is_killed_ends_too(model, long_take):
    with subprocess.Popen(
        [sys.executable, "-c", HEAR, str(model), str(long_take)], stdout=subprocess.PIPE, text=True
    ) as program:
        worker = int(program.stdout.readline())
        program.stdout.readline()
        program.kill()

    assert has_ended(worker, within_s=3)


def test_leaving_while_it_hears_ends_the_process_and_starts_no_other(model, long_take):
    with WhisperTranscriber(model) as transcriber:
        thread, _ = hear_in_the_background(transcriber, long_take)
        first = transcriber.process_id
    thread.join(5)

    assert not thread.is_alive()
    assert transcriber.process_id == first
    assert has_ended(first, within_s=1)
