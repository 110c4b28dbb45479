"""Nothing leaves the machine: a rehearsal where there is no network, and one that is watched."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rehearse import places
from rehearse.adapters.whisper import WhisperTranscriber

STEPS = ["situation", "task", "action", "result", "reflection"]
WATCH = """
import sys

def told(event, _):
    if event.startswith(("socket.", "urllib.", "http.")):
        with open({file!r}, "a") as seen:
            print(event, file=seen)

sys.addaudithook(told)
"""


@pytest.fixture
def rehearsal(home, model):
    """The command line of a rehearsal on the answers of the demo."""

    def command(*arguments):
        answers = str(places.demo_answers())
        begin = [sys.executable, "-m", "rehearse", "run", "webhook-drop", "--answers", answers]
        return [*begin, "--model", str(model), "--json", "--plain", *arguments]

    return command


def sections_of(command):
    completed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert completed.returncode == 0, completed.stderr
    return [section["name"] for section in json.loads(completed.stdout)["sections"]]


def without_network():
    """The beginning of a command line that runs in a network namespace without interfaces."""
    command = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare: network namespaces are Linux's")
    interfaces = [*command, "tail", "-n", "+3", "/proc/self/net/dev"]
    tried = subprocess.run(interfaces, capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no network namespace is allowed here: {tried.stderr.strip()}")
    assert [line.split(":")[0].strip() for line in tried.stdout.splitlines()] == ["lo"]
    return command


def test_a_whole_rehearsal_needs_no_network(rehearsal):
    assert sections_of([*without_network(), *rehearsal("--probes", "none")]) == STEPS


@pytest.mark.skipif(not shutil.which("strace"), reason="there is no strace: apt install strace")
def test_the_kernel_is_asked_for_no_socket_by_the_program_and_its_processes(rehearsal, tmp_path):
    calls = tmp_path / "calls"
    watched = ["strace", "--follow-forks", "--output", str(calls), "--trace=socket,execve"]

    assert sections_of([*watched, *rehearsal("--only", "task")]) == ["task"]

    lines = calls.read_text().splitlines()
    assert any("rehearse.adapters.whisper.worker" in line for line in lines), "nothing was watched"
    asked = [line for line in lines if "socket(" in line]
    assert [line for line in asked if "AF_UNIX" not in line] == []


def test_python_opens_no_connection_in_the_program_and_its_processes(
    rehearsal, tmp_path, monkeypatch
):
    seen = tmp_path / "seen"
    (tmp_path / "sitecustomize.py").write_text(WATCH.format(file=str(seen)))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    probe = [sys.executable, "-c", "import socket; socket.socket().close()"]
    subprocess.run(probe, check=True)
    assert seen.read_text() == "socket.__new__\n", "nothing is watched"
    seen.unlink()

    assert sections_of(rehearsal("--only", "task")) == ["task"]

    assert not seen.exists(), seen.read_text()


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="there is no /proc")
def test_the_libraries_of_the_transcription_are_told_to_stay_offline_and_silent(model):
    with WhisperTranscriber(model) as transcriber:
        file = Path(f"/proc/{transcriber.process_id}/environ")
        while not (written := file.read_bytes()):  # empty until the new program has begun
            time.sleep(0.01)
        environ = written.split(b"\0")

    assert {
        b"HF_HUB_OFFLINE=1",
        b"HF_HUB_DISABLE_TELEMETRY=1",
        b"DO_NOT_TRACK=1",
        b"ORT_DISABLE_TELEMETRY=1",
    } <= set(environ)
