"""What was said outlives whatever happens: real processes, real signals, a real full disk."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import pytest

from rehearse.adapters.session_folders import SessionFolders
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.booking import Booking, KeptTake, Progress
from rehearse.interview import step_prompts
from rehearse.recording import RATE_HZ, TakeWriter
from rehearse.scenario_yaml import parse
from tests.live import ANSWERS, SCENARIO, LiveRehearsal, scenario, takes_in
from tests.virtual_card import virtual_card

__all__ = ["scenario", "virtual_card"]

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


# --- a rehearsal on the virtual sound card --------------------------------------------------------


@pytest.fixture
def live(virtual_card, home, scenario, model):
    started = []

    def start(*arguments, home=home, voice="none"):
        rehearsal = LiveRehearsal(virtual_card, home, *arguments, "--plain", "--voice", voice)
        started.append(rehearsal)
        return rehearsal

    yield start
    for rehearsal in started:
        rehearsal.close()


@pytest.fixture
def run(live, scenario, model):
    return lambda *arguments, **where: live("run", scenario, "--model", model, *arguments, **where)


@pytest.fixture
def resume(live):
    return lambda *arguments, **where: live("resume", "--json", *arguments, **where)


def told(rehearsal):
    """What it said of itself at its end, after what happened meanwhile."""
    rehearsal.finish()
    return rehearsal.process.returncode, rehearsal.lines[-1][1]


def answer(rehearsal, section, wav):
    rehearsal.wait_for(f"recording: {section}")
    rehearsal.answer(wav)
    rehearsal.press()
    rehearsal.wait_for(f"kept: {section}")


def children_of(rehearsal):
    found = subprocess.run(
        ["pgrep", "-P", str(rehearsal.process.pid)], capture_output=True, text=True, check=False
    )
    return [int(process_id) for process_id in found.stdout.split()]


def texts(session):
    return {part["name"]: part["transcript"]["text"] for part in session["sections"]}


@pytest.mark.parametrize(
    ("sent", "code"),
    [("SIGKILL", -9), ("SIGHUP", -1), ("SIGINT", 130)],
    ids=["SIGKILL", "SIGHUP", "SIGINT"],
)
def test_broken_off_in_mid_answer_all_is_kept_nothing_runs_on_and_resume_goes_on(
    run, resume, speak, home, language_model, sent, code
):
    broken = run()
    answer(broken, "situation", speak(ANSWERS["situation"]))
    broken.wait_for("recording: result")
    began_s = time.monotonic()
    broken.answer(speak(ANSWERS["result"]))
    said_s = time.monotonic() - began_s
    workers = children_of(broken)
    broken.process.send_signal(getattr(signal, sent))
    last_line = told(broken)

    assert len(workers) == 2  # one hears, one knows what words mean
    assert all(has_ended(worker, within_s=5) for worker in workers)
    assert last_line[0] == code
    if sent == "SIGINT":
        assert last_line[1] == "Interrupted. What was recorded so far is kept."
    assert takes_in(home)["result-1.wav"] > said_s - 1.0

    resumed = resume()
    (unfinished,) = home.glob("sessions/*")
    assert resumed.wait_for("unfinished") == f"unfinished: {unfinished.name}"
    resumed.wait_for("recording: result")
    resumed.press("q")
    session = json.loads(resumed.finish())

    assert "parcels" in texts(session)["situation"]
    assert [part["audio"] for part in session["sections"]] == [
        "takes/situation-1.wav",
        "takes/result-2.wav",
    ]


@pytest.mark.parametrize(
    ("sent", "code"), [("SIGINT", 130), ("SIGHUP", -1)], ids=["SIGINT", "SIGHUP"]
)
def test_broken_off_while_it_asks_it_leaves_neither_a_voice_nor_a_transcription(
    run, home, sent, code
):
    broken = run(voice="system")
    broken.wait_for("asking: situation")
    while len(running := children_of(broken)) < len(["transcription", "voice"]):
        assert broken.process.poll() is None, "no voice was at work"
    broken.process.send_signal(getattr(signal, sent))

    assert told(broken)[0] == code
    assert all(has_ended(process_id, within_s=15) for process_id in running)
    assert takes_in(home) == {}


def test_a_terminal_that_is_closed_while_it_transcribes_costs_nothing(run, resume, speak, home):
    broken = run("--only", "situation")
    answer(broken, "situation", speak(ANSWERS["situation"]))
    workers = children_of(broken)
    broken.process.send_signal(signal.SIGHUP)
    broken.process.wait()

    assert has_ended(workers[0], within_s=5)
    assert "parcels" in texts(json.loads(resume().finish()))["situation"]


def test_where_no_key_can_come_an_answer_ends_at_its_limit(run):
    rehearsal = run("--only", "situation")
    rehearsal.finish()

    (kept,) = [line for _, line in rehearsal.lines if line.startswith("kept: ")]
    assert float(kept.split()[2]) == pytest.approx(6.0, abs=0.5)
    assert rehearsal.process.returncode == 0


def test_a_microphone_that_comes_back_goes_on_with_the_same_take(run, speak, virtual_card, home):
    rehearsal = run("--only", "situation", "--json")
    rehearsal.wait_for("recording: situation")
    rehearsal.answer(speak(ANSWERS["situation"]))
    virtual_card.unplug()
    time.sleep(0.5)
    virtual_card.plug_in()
    warning = rehearsal.wait_for("warning: situation")
    rehearsal.answer(speak(ANSWERS["result"]))
    rehearsal.press()
    (section,) = json.loads(rehearsal.finish())["sections"]

    assert warning.startswith(
        'warning: situation: The microphone "default" went away or fell silent. What you said '
        "until then is kept. Go on: "
    )
    assert "parcels" in section["transcript"]["text"]
    assert "counted" in section["transcript"]["text"]
    assert list(takes_in(home)) == ["situation-1.wav"]


def test_without_any_microphone_what_was_said_is_judged_and_the_rest_asked_another_day(
    run, resume, speak, virtual_card, home
):
    unplugged = run("--json")
    unplugged.wait_for("recording: situation")
    unplugged.answer(speak(ANSWERS["situation"]))
    virtual_card.unplug()
    try:
        session = json.loads(unplugged.finish())
    finally:
        virtual_card.plug_in()

    (folder,) = home.glob("sessions/*")
    lost = (
        'The microphone "default" went away or fell silent. What you said until then is kept. Plug '
        "it in again, or go on with another: `--input-device`."
    )
    assert "parcels" in texts(session)["situation"]
    assert unplugged.process.returncode == 4
    assert (
        unplugged.lines[-1][1]
        == f"{lost} Then `rehearse resume {folder.name}` asks what is missing."
    )
    assert f"warning: situation: {lost}" in [line for _, line in unplugged.lines]

    resumed = resume()
    resumed.wait_for("recording: situation")
    resumed.press("q")
    assert texts(json.loads(resumed.finish())).keys() == {"situation"}


# --- a full disk ----------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A disk of 300 kB to live on."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux mounts a disk of a few kB")
def test_a_full_disk_is_named_costs_no_take_and_resume_goes_on_once_there_is_room(
    run, resume, speak, small_disk
):
    full = run(home=small_disk)
    answer(full, "situation", speak(ANSWERS["situation"]))
    code, message = told(full)

    (folder,) = small_disk.glob("sessions/*")
    take = folder / "takes" / "result-1.wav"
    assert (code, message) == (
        5,
        f"{take}: writing failed: No space left on device. Free some space, then go on with "
        f"`rehearse resume {folder.name}`; everything recorded so far is kept.",
    )
    lengths_s = takes_in(small_disk)
    assert lengths_s["situation-1.wav"] > 2.0
    assert sum(lengths_s.values()) * 2 * RATE_HZ > 200_000

    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    resumed = resume(home=small_disk)
    answer(resumed, "result", speak(ANSWERS["result"]))
    resumed.press("q")  # no follow-up
    said = texts(json.loads(resumed.finish()))
    assert "parcels" in said["situation"]
    assert "counted" in said["result"]


# --- what resume finds ----------------------------------------------------------------------------

BEGAN = datetime(2026, 3, 1, 9, 30, 5, tzinfo=UTC)
ID = "20260301-093005-lost-parcels"


@pytest.fixture
def no_microphone(virtual_card):
    """The environment of a machine without any sound device."""
    return {"PULSE_SERVER": "unix:/nowhere"}


@pytest.fixture
def unfinished(home, model, speak):
    """Leaves a session behind in which these sections were answered; returns its folder."""

    def leave(*answered, broken_off=()):
        story = parse(SCENARIO, "lost-parcels.yaml")
        booking = Booking(
            scenario=story, prompts=step_prompts(story), probes_at_most=0, model=str(model)
        )
        folders = SessionFolders(home / "sessions")
        session_id = folders.begin(Progress(booking, BEGAN))
        kept = []
        for turn, prompt in enumerate(booking.prompts):
            if prompt.section not in {*answered, *broken_off}:
                continue
            take = folders.next_take(session_id, prompt.section)
            with TakeWriter(take) as writer:
                writer.write(read_sound(speak(ANSWERS[prompt.section])))
            is_whole = prompt.section in answered
            kept.append(KeptTake(turn, prompt, take.name, is_whole=is_whole))
        folders.note(session_id, Progress(booking, BEGAN, tuple(kept)))
        return home / "sessions" / session_id

    return leave


def test_where_everything_was_answered_resume_needs_no_microphone_and_no_scenario(
    rehearse, unfinished, no_microphone
):
    folder = unfinished("situation", "result")

    resumed = rehearse("resume", "--json", "--plain", **no_microphone)

    said = texts(json.loads(resumed.stdout))
    assert resumed.returncode == 0
    assert "parcels" in said["situation"]
    assert "counted" in said["result"]
    assert not (folder / "unfinished.json").exists()
    assert json.loads(rehearse("review", "--json").stdout) == json.loads(resumed.stdout)


def test_without_a_microphone_resume_judges_what_there_is_and_can_be_called_again(
    rehearse, unfinished, no_microphone
):
    unfinished(broken_off=["situation"])

    for _ in range(2):
        resumed = rehearse("resume", "--json", "--plain", **no_microphone)
        assert resumed.returncode == 4
        assert resumed.stderr.splitlines()[0] == f"unfinished: {ID}"
        assert resumed.stderr.splitlines()[-1].endswith(
            f" Then `rehearse resume {ID}` asks what is missing."
        )
        assert "parcels" in texts(json.loads(resumed.stdout))["situation"]


@pytest.mark.parametrize("damage", [b"", b"RIFF....", None], ids=["empty", "torn", "gone"])
def test_a_damaged_take_is_named_and_asked_again_and_the_others_count(
    rehearse, unfinished, no_microphone, damage
):
    folder = unfinished("situation", "result")
    take = folder / "takes" / "situation-1.wav"
    take.unlink()
    if damage is not None:
        take.write_bytes(damage)

    resumed = rehearse("resume", "--json", "--plain", **no_microphone)

    assert resumed.returncode == 4
    assert resumed.stderr.splitlines()[1:3] == [
        f"warning: situation: {take} cannot be read.",
        "asking: situation: What was going on?",
    ]
    assert texts(json.loads(resumed.stdout)).keys() == {"result"}


def test_a_take_that_was_cut_off_by_a_copy_counts_as_far_as_it_goes(
    rehearse, unfinished, no_microphone
):
    folder = unfinished("situation", "result")
    take = folder / "takes" / "situation-1.wav"
    take.write_bytes(take.read_bytes()[:64_045])

    resumed = rehearse("resume", "--json", "--plain", **no_microphone)

    assert resumed.returncode == 0
    situation = json.loads(resumed.stdout)["sections"][0]
    assert situation["recorded_s"] == pytest.approx(2.0, abs=0.1)


def test_resume_says_so_where_nothing_is_unfinished(rehearse):
    resumed = rehearse("resume")

    assert (resumed.returncode, resumed.stdout) == (0, "")
    assert resumed.stderr == "Nothing is unfinished.\n"


def test_resume_names_the_unfinished_sessions_where_it_does_not_know_the_one_that_is_meant(
    rehearse, unfinished, home
):
    unfinished()

    resumed = rehearse("resume", "yesterday")

    assert (resumed.returncode, resumed.stdout) == (3, "")
    assert resumed.stderr == (
        f'unfinished: {ID}\nThere is no unfinished session "yesterday" in {home / "sessions"}; '
        f"unfinished: {ID}.\n"
    )


def test_a_damaged_note_is_named_and_its_takes_are_left_alone(rehearse, unfinished):
    folder = unfinished("situation")
    note = folder / "unfinished.json"
    note.write_bytes(note.read_bytes()[:100])

    resumed = rehearse("resume")

    assert (resumed.returncode, resumed.stdout) == (3, "")
    assert resumed.stderr == (
        f"unfinished: {ID}\n{note}: this note is damaged: Input data was truncated. The takes "
        "beside it are untouched; `rehearse analyze` reads them.\n"
    )
    assert (folder / "takes" / "situation-1.wav").exists()
