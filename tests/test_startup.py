"""How a command starts: what it loads, and how long that takes."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from rehearse import places
from rehearse.session import to_json
from tests.sessions import finished_session

HEAVY = {"numpy", "faster_whisper", "ctranslate2", "av", "sounddevice", "textual", "onnxruntime"}
NOT_FOR_HELP = HEAVY | {"yaml", "msgspec", "rich", "rapidfuzz", "platformdirs"}
LOADED = """
import json, sys
from rehearse.cli import main
try:
    main()
finally:
    sys.stderr.write(json.dumps(sorted(sys.modules)))
"""
RUNS = 9
ROUNDS = 3
"""Other work on the machine may spoil a round."""


@pytest.fixture
def session(home):
    folder = home / "sessions" / "20260301-093005-webhook-drop"
    folder.mkdir(parents=True)
    (folder / "session.json").write_bytes(to_json(finished_session()))


def modules_loaded_by(*arguments):
    completed = subprocess.run(
        [sys.executable, "-c", LOADED, *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert completed.stdout
    return {name.partition(".")[0] for name in json.loads(completed.stderr.splitlines()[-1])}


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["check", places.shipped_scenarios() / "webhook-drop.yaml"],
        ["review"],
        ["history"],
        ["history", "--json"],
        ["plan"],
        ["review", "--json"],
        ["review", "--markdown"],
        ["show", "webhook-drop"],
        ["schema"],
        ["models", "list"],
    ],
    ids=lambda arguments: " ".join(map(str, arguments[:2])),
)
def test_what_only_reads_loads_nothing_that_hears_or_speaks(session, arguments):
    assert modules_loaded_by(*arguments) & HEAVY == set()


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["run", "--help"], []])
def test_help_loads_neither_what_hears_nor_what_reads(home, arguments):
    assert modules_loaded_by(*arguments) & NOT_FOR_HELP == set()


def test_the_list_loads_no_rules_and_no_screen(session):
    assert modules_loaded_by("list") & {"rich", "rapidfuzz"} == set()


def test_the_second_list_reads_no_scenario_again(home):
    first, second = modules_loaded_by("list"), modules_loaded_by("list")

    assert (first - second) & {"yaml"} == {"yaml"}


def test_studying_one_step_loads_no_rules(home):
    """The whole scenario does: its weak answer is judged by the rules that judge everybody's."""
    assert modules_loaded_by("show", "webhook-drop", "--section", "task") & {"rapidfuzz"} == set()


@pytest.mark.parametrize(("argument", "times"), [("--help", 6), ("list", 10)])
def test_a_command_starts_within_a_few_times_what_python_itself_takes(home, argument, times):
    python, rehearse = sys.executable, Path(sys.executable).with_name("rehearse")

    ratios = (_ratio([python, "-c", "pass"], [rehearse, argument]) for _ in range(ROUNDS))

    assert any(ratio <= times for ratio in ratios)


def _ratio(*commands):
    """How many times the first command's time the second takes, at their fastest, in turns."""
    runs_s = [[_run_s(command) for command in commands] for _ in range(RUNS)]
    base_s, other_s = (min(taken_s) for taken_s in zip(*runs_s, strict=True))
    return other_s / base_s


def _run_s(command):
    began_s = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - began_s
