"""The command as a user runs it: exit codes, and every message of an error whole."""

import json
import os
import signal
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from rehearse import places
from rehearse.recording import RATE_HZ
from rehearse.session import to_json
from tests.sessions import SCHEMA_1, finished_session, holds

SMALL = """\
schema: 1
name: {name}
question: {question}
steps:
  - name: situation
    target: 30s
  - name: task
    target: 20s
levels:
  - name: sde1
    total: 2m
"""
BAKERY = """\
schema: 1
name: bakery
question: What had nobody noticed?
steps:
  - name: action
    target: 90s
    key_points: [I counted what was sold per hour, I asked the owner first]
"""
NO_SCENARIO = "`rehearse list` shows the names; a path to a .yaml file works too.\n"


@pytest.fixture
def rehearse_in(rehearse, tmp_path, monkeypatch):
    """Runs the command in a folder of the test's own."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return rehearse


@pytest.fixture
def here(tmp_path):
    return tmp_path / "here"


@pytest.fixture
def own_scenario(home):
    """Puts a scenario among the user's own."""

    def put(name, text=None, question="What went wrong?"):
        folder = home / "scenarios"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.yaml"
        whole = SMALL.format(name=name, question=question)
        file.write_text(whole if text is None else text, encoding="utf-8")
        return file

    return put


@pytest.fixture
def kept_session(home):
    """Puts a finished session among the user's own."""

    def put(session_id="20260301-093005-webhook-drop", data=None):
        folder = home / "sessions" / session_id
        folder.mkdir(parents=True)
        document = folder / "session.json"
        document.write_bytes(data or to_json(finished_session(session_id)) + b"\n")
        return document

    return put


def outcome(completed):
    return completed.returncode, completed.stdout, completed.stderr


def usage(command, message, arguments):
    program = f"python -m rehearse {command}".rstrip()
    return f"Usage: {program} {arguments}\nTry '{program} --help' for help.\n\nError: {message}\n"


# --- the front door -------------------------------------------------------------------------------


def test_without_a_command_it_helps(rehearse):
    assert outcome(rehearse()) == outcome(rehearse("--help"))


def test_every_command_has_help_that_fits_the_terminal(rehearse):
    completed = rehearse("--help")
    commands = completed.stdout.partition("Commands:\n")[2].split("\n")
    names = [line.split()[0] for line in commands if line.startswith("  ") and line[2] != " "]

    assert {"demo", "run", "review", "analyze", "list", "show", "check", "schema"} <= set(names)
    for name in names:
        completed = rehearse(name, "--help")
        assert (completed.returncode, completed.stderr) == (0, "")
        assert max(map(len, completed.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["frobnicate"],
            usage("", "No such command 'frobnicate'.", "[OPTIONS] [COMMAND] [ARGS]..."),
        ),
        (["analyze"], usage("analyze", "Missing argument 'FILE...'.", "[OPTIONS] FILE...")),
        (["show"], usage("show", "Missing argument 'SCENARIO'.", "[OPTIONS] SCENARIO")),
        (
            ["run", "webhook-drop", "--mode", "sung"],
            usage(
                "run",
                "Invalid value for '--mode': 'sung' is not one of 'steps', 'whole'.",
                "[OPTIONS] SCENARIO",
            ),
        ),
        (
            ["run", "webhook-drop", "--answers", ".", "--reps", "0"],
            usage(
                "run",
                "Invalid value for '--reps': 0 is not in the range 1<=x<=99.",
                "[OPTIONS] SCENARIO",
            ),
        ),
        (
            ["run", "webhook-drop", "--answers", ".", "--probes", "x"],
            usage(
                "run",
                "Invalid value for --probes: say a number, all, or none.",
                "[OPTIONS] SCENARIO",
            ),
        ),
        (
            ["run", "webhook-drop", "--answers", ".", "--only", "situation,tsk"],
            'webhook-drop has no step "tsk"; it has: situation, task, action, result, '
            "reflection.\n",
        ),
        (
            ["run", "webhook-drop", "--answers", ".", "--level", "ceo"],
            'webhook-drop has no level "ceo"; it has: sde1, sde2, senior.\n',
        ),
        (
            ["run", "webhook-drop", "--answers", ".", "--lens", "fun"],
            'webhook-drop has no lens "fun"; it has: deliver-results, ownership, dive-deep.\n',
        ),
        (
            ["show", "webhook-drop", "--section", "tsk"],
            'webhook-drop has no step "tsk"; it has: situation, task, action, result, '
            "reflection.\n",
        ),
        (
            ["analyze", "a.txt", "--step", "tsk"],
            'Without a scenario there is no step "tsk"; there are: situation, task, action, '
            "result, reflection.\n",
        ),
        (
            ["analyze", "a.txt", "--scenario", "webhook-drop", "--step", "tsk"],
            'webhook-drop has no step "tsk"; it has: situation, task, action, result, '
            "reflection.\n",
        ),
        (
            ["analyze", "a.txt", "--level", "sde1"],
            "--level and --lens belong to a scenario. Name one with --scenario.\n",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_told_with_what_there_is(rehearse_in, home, arguments, message):
    assert outcome(rehearse_in(*arguments)) == (2, "", message)
    assert not home.exists()


# --- scenarios ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["show"], ["run", "--answers", "."], ["analyze", "a.txt", "--scenario"]]
)
def test_an_unknown_scenario_is_told_with_what_is_near(rehearse_in, home, arguments):
    assert outcome(rehearse_in(*arguments, "webhok-drop")) == (
        3,
        "",
        f'There is no scenario "webhok-drop". Did you mean webhook-drop? {NO_SCENARIO}',
    )
    assert not home.exists()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("zzz", f'There is no scenario "zzz". {NO_SCENARIO}'),
        ("../../etc", "../../etc: there is no such file. `rehearse list` shows scenarios.\n"),
        ("..", f'There is no scenario "..". {NO_SCENARIO}'),
        (".", f'There is no scenario ".". {NO_SCENARIO}'),
        ("\x1b]0;owned\x07", f'There is no scenario "\ufffd]0;owned\ufffd". {NO_SCENARIO}'),
        (
            "\x1b[2J.yaml",
            "\ufffd[2J.yaml: there is no such file. `rehearse list` shows scenarios.\n",
        ),
        ("x" * 300 + ".yaml", f"{'x' * 300}.yaml: cannot be read: File name too long.\n"),
    ],
)
def test_a_name_that_is_no_scenario_opens_nothing_and_steers_nothing(
    rehearse_in, home, name, message
):
    assert outcome(rehearse_in("show", name)) == (3, "", message)
    assert not home.exists()


def test_ones_own_scenario_stands_before_the_shipped_one_of_that_name(rehearse, own_scenario):
    own_scenario("webhook-drop", question="Is this mine?")

    shown = rehearse("show", "webhook-drop")

    assert (shown.returncode, shown.stdout.split("\n")[1].rstrip()) == (0, "Is this mine?")


def test_a_scenario_is_shown_by_its_path(rehearse_in, here):
    (here / "tale.yaml").write_text(SMALL.format(name="tale", question="Why?"))

    shown = rehearse_in("show", "./tale.yaml", "--section", "task")

    assert outcome(shown)[::2] == (0, "")
    assert [line.rstrip() for line in shown.stdout.splitlines()] == [
        "TASK  target 20 s, limit 30 s",
        "  Asked: What was your task?",
    ]


def test_the_list_names_what_ships_and_what_is_ones_own(rehearse, own_scenario):
    own_scenario("a-tale")

    listed = rehearse("list", "--json")

    assert (listed.returncode, listed.stderr) == (0, "")
    names = [entry["name"] for entry in json.loads(listed.stdout)]
    assert names == sorted(names)
    assert {"a-tale", "webhook-drop"} <= set(names)


def test_a_broken_scenario_of_ones_own_is_named_and_the_others_are_listed(rehearse, own_scenario):
    whole = rehearse("list").stdout
    first = own_scenario("a-tale", "name: [")
    second = own_scenario("b-tale", "")

    listed = rehearse("list")

    assert outcome(listed) == (
        3,
        whole,
        f"{first}:2:1: this is not valid YAML: did not find expected node content. "
        "Look for a missing quote, colon or indent just above.\n"
        f"{second}: this file is empty. `rehearse schema` shows what a scenario holds.\n",
    )


def test_the_list_says_when_a_scenario_was_practised_last(rehearse, kept_session):
    kept_session("20260301-093005-webhook-drop")

    assert "  last practised: 2026-03-01 09:30\n" in rehearse("list").stdout


def test_sound_files_are_called_sound_and_each_bad_one_is_told_with_its_place(rehearse_in, here):
    (here / "good.yaml").write_text(SMALL.format(name="good", question="Why?"))
    (here / "other.yaml").write_text(SMALL.format(name="good", question="Why?"))
    (here / "bomb.yaml").write_text("a: &a [x]\nb: [*a, *a]\n")
    (here / "tag.yaml").write_text("!!python/object/apply:os.system [touch owned]\n")
    (here / "steer.yaml").write_text("name: \x1b]0;owned\x07\n")
    (here / "wave.yaml").write_bytes(b"RIFF\x00\x00")
    (here / "latin.yaml").write_bytes(b"name: caf\xe9")

    checked = rehearse_in(
        "check",
        *("good.yaml", "none.yaml", "other.yaml", "bomb.yaml", "tag.yaml", "steer.yaml"),
        *("wave.yaml", "latin.yaml", "."),
    )

    assert outcome(checked) == (
        3,
        "good.yaml: sound (2 steps, 0 probes)\n",
        "none.yaml: there is no such file. `rehearse list` shows scenarios.\n"
        'other.yaml:1:1: the scenario calls itself "good". Rename the file to good.yaml, or '
        "change its name.\n"
        "bomb.yaml:1:4: anchors (&a) are not supported. Write the text out.\n"
        "tag.yaml:1:1: tags (tag:yaml.org,2002:python/object/apply:os.system) are not "
        "supported. Remove the tag.\n"
        "steer.yaml:1:7: no text file should hold this character (U+001B). Delete it, and "
        "save the file as UTF-8.\n"
        "wave.yaml:1:5: no text file should hold this character (U+0000). Delete it, and "
        "save the file as UTF-8.\n"
        "latin.yaml:1:10: this is not UTF-8 text. Save the file as UTF-8.\n"
        ".: this is a folder. Name the .yaml file inside it.\n",
    )
    assert not (here / "owned").exists()


def test_what_ships_is_sound(rehearse):
    files = sorted(places.shipped_scenarios().glob("*.yaml"))

    checked = rehearse("check", *files)

    assert (checked.returncode, checked.stderr) == (0, "")
    assert len(checked.stdout.splitlines()) == len(files)


def test_a_path_that_holds_escapes_and_bytes_that_are_no_text_is_shown_harmlessly(
    rehearse_in, here
):
    folder = here / os.fsdecode(b"\x1b[2J\xff")
    folder.mkdir()
    (folder / "good.yaml").write_text(SMALL.format(name="good", question="Why?"))

    checked = rehearse_in("check", f"{folder.name}/good.yaml", f"{folder.name}/none.yaml")

    assert outcome(checked) == (
        3,
        "\ufffd[2J\ufffd/good.yaml: sound (2 steps, 0 probes)\n",
        "\ufffd[2J\ufffd/none.yaml: there is no such file. `rehearse list` shows scenarios.\n",
    )


def test_the_schema_is_a_json_schema_document(rehearse):
    completed = rehearse("schema")

    assert (completed.returncode, completed.stderr) == (0, "")
    assert json.loads(completed.stdout)["$schema"] == (
        "https://json-schema.org/draft/2020-12/schema"
    )


# --- saved sessions -------------------------------------------------------------------------------


def test_review_without_any_session_says_how_to_make_one(rehearse, home):
    assert outcome(rehearse("review")) == (
        3,
        "",
        f"There is no finished session in {home / 'sessions'} yet. `rehearse demo` makes one.\n",
    )
    assert not home.exists()


@pytest.mark.parametrize(
    "name", ["nope", "20260101-000000-nope", "../../etc/passwd", "/etc", "x" * 300, "\x1b[2J"]
)
def test_a_session_that_does_not_exist_is_named(rehearse, home, name):
    assert outcome(rehearse("review", name)) == (
        3,
        "",
        f'There is no session "{name}" in {home / "sessions"}. '
        "`rehearse history --last 1000` lists them.\n".replace("\x1b", "\ufffd"),
    )
    assert not home.exists()


def test_the_latest_session_is_shown_where_none_is_named(rehearse, kept_session):
    kept_session("20260301-093005-webhook-drop")
    kept_session("20260302-093005-webhook-drop")

    latest = json.loads(rehearse("review", "--json").stdout)
    named = json.loads(rehearse("review", "20260301-093005-webhook-drop", "--json").stdout)

    assert [document["session"]["id"] for document in (latest, named)] == [
        "20260302-093005-webhook-drop",
        "20260301-093005-webhook-drop",
    ]


def test_a_session_of_schema_1_is_shown_in_every_form(rehearse, kept_session):
    kept_session("20260301-093005-webhook-drop", SCHEMA_1.read_bytes())

    shown = [rehearse("review", *form) for form in ([], ["--json"], ["--markdown"])]

    assert [(one.returncode, one.stderr) for one in shown] == [(0, "")] * 3
    assert holds(json.loads(shown[1].stdout), json.loads(SCHEMA_1.read_bytes()))
    assert "\x1b" not in shown[0].stdout + shown[2].stdout


UNTOUCHED = "Its takes beside it are untouched; `rehearse analyze` reads them.\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\n", f"this session is damaged: Input data was truncated. {UNTOUCHED}"),
        (
            b'{"schema":1}',
            "this is not a session as rehearse writes it: Object missing required field "
            f"`session`. {UNTOUCHED}",
        ),
        (
            b'{"schema":2}',
            "a newer rehearse wrote this session (schema 2, this one reads 1). Update with "
            "`pip install --upgrade rehearse-interview`.\n",
        ),
        (
            b'{"x":' + b"[" * 100_000,
            "this session is damaged: maximum recursion depth exceeded while deserializing an "
            f"object. {UNTOUCHED}",
        ),
    ],
    ids=["empty", "no-session", "newer", "deep"],
)
def test_a_damaged_session_is_named_and_left_as_it_is(rehearse, kept_session, data, message):
    document = kept_session(data=data)

    assert outcome(rehearse("review")) == (3, "", f"{document}: {message}")
    assert document.read_bytes() == data


# --- analyze --------------------------------------------------------------------------------------


def test_transcripts_are_judged_one_line_each_in_order_without_times_and_nothing_is_saved(
    rehearse_in, here, home
):
    told = {"b.txt": "We think it got better.", "a.txt": "I did it.", "c.txt": "Nobody knows."}
    for name, text in told.items():
        (here / name).write_text(text)

    analyzed = rehearse_in("analyze", *told, "--json")

    documents = [json.loads(line) for line in analyzed.stdout.splitlines()]
    assert (analyzed.returncode, analyzed.stderr) == (0, "")
    assert [document["sections"][0]["transcript"]["text"] for document in documents] == list(
        told.values()
    )
    for document in documents:
        (section,) = document["sections"]
        assert (document["session"]["id"], section["spoken_s"], section["verdict"]) == (None,) * 3
        times = [(thing["start_s"], thing["end_s"]) for thing in section["transcript"]["words"]]
        times += [(finding["start_s"], finding["end_s"]) for finding in section["findings"]]
        assert set(times) == {(None, None)}
    assert not home.exists()


def test_a_step_gives_an_answer_its_clock_with_and_without_a_scenario(rehearse_in, here):
    (here / "a.txt").write_text("I did it.")
    clocks = []
    for arguments in (["--step", "task"], ["--step", "task", "--scenario", "webhook-drop"], []):
        analyzed = rehearse_in("analyze", "a.txt", "--json", *arguments)
        (section,) = json.loads(analyzed.stdout)["sections"]
        clocks.append((section["name"], section["target_s"], section["limit_s"]))

    assert clocks == [("task", 20.0, 30.0), ("task", 20.0, 30.0), ("whole", None, None)]


def test_of_several_files_the_bad_ones_are_named_and_the_others_judged(rehearse_in, here):
    (here / "good.txt").write_text("I did it.")
    (here / "empty.txt").write_text("")
    (here / "sound.txt").write_bytes(b"RIFF\x00\x00WAVE")
    (here / "latin.txt").write_bytes(b"caf\xe9")
    (here / "text.wav").write_text("hello " * 50)
    (here / "nothing.wav").write_bytes(b"")
    (here / "last.txt").write_text("I saw it.")

    analyzed = rehearse_in(
        "analyze",
        *("good.txt", "empty.txt", "sound.txt", "latin.txt", "text.wav", "nothing.wav"),
        *("none.wav", "none.txt", ".", "last.txt", "--json"),
    )

    said = [
        json.loads(line)["sections"][0]["transcript"]["text"]
        for line in analyzed.stdout.splitlines()
    ]
    assert (analyzed.returncode, said) == (3, ["I did it.", "I saw it."])
    assert analyzed.stderr == (
        "empty.txt: this file is empty. Write the answer into it.\n"
        "sound.txt: this is not a text file. Name a recording as it is, not .txt.\n"
        "latin.txt: this is not UTF-8 text. Save the file as UTF-8.\n"
        "text.wav: this is not a sound file that can be read (Invalid data found when processing "
        "input). WAV, FLAC, MP3, M4A, Ogg and Opus work.\n"
        "nothing.wav: this file is empty. Record it again, or name another.\n"
        "none.wav: there is no such file.\n"
        "none.txt: there is no such file.\n"
        ".: this is a folder. Name the sound file inside it.\n"
    )


def test_an_answer_full_of_escapes_is_reported_without_any(rehearse_in, here):
    (here / "a.txt").write_text("I \x1b]0;owned\x07 did \x9b31m it \u202e[/] **now**.")

    for form in ([], ["--markdown"]):
        completed = rehearse_in("analyze", "a.txt", *form)
        assert (completed.returncode, completed.stderr) == (0, "")
        assert not set("\x1b\x07\x9b\u202e") & set(completed.stdout)


def test_a_key_point_in_quite_other_words_counts_where_the_language_model_is_installed(
    rehearse_in, here, own_scenario, language_model
):
    own_scenario("bakery", BAKERY)
    notepad = (
        "So I stood at the till with a notepad for two weeks and wrote down every hour how many "
        "loaves went over the counter."
    )
    (here / "told.txt").write_text(f"{notepad} My colleague asked the boss about the early shift.")

    analyzed = rehearse_in(
        "analyze", "told.txt", "--scenario", "bakery", "--step", "action", "--json"
    )

    (section,) = json.loads(analyzed.stdout)["sections"]
    assert section["key_points"] == [
        {"phrase": "I counted what was sold per hour", "said": True, "quote": notepad},
        {"phrase": "I asked the owner first", "said": False, "quote": None},
    ]


def test_a_recording_is_heard_with_its_times(rehearse_in, here, speak, model):
    answer = speak("I pulled the delivery logs and wrote a test.")

    analyzed = rehearse_in("analyze", answer, "--model", "tiny.en", "--json", "--step", "task")

    (section,) = json.loads(analyzed.stdout)["sections"]
    assert (analyzed.returncode, section["verdict"]) == (0, "short")
    assert section["transcript"]["text"].startswith("I pulled the delivery logs")
    assert all(word["end_s"] > word["start_s"] for word in section["transcript"]["words"])


def test_recordings_that_are_heard_side_by_side_are_told_in_their_order(rehearse_in, here, speak):
    (here / "broken.wav").write_text("hello " * 50)
    (here / "told.txt").write_text("I did it.")
    said = [speak("I counted the parcels again."), "broken.wav", "told.txt", speak("It was quiet.")]

    analyzed = rehearse_in("analyze", *said, *said[:1], "--model", "tiny.en", "--json")

    reports = [json.loads(line) for line in analyzed.stdout.splitlines()]
    texts = [report["sections"][0]["transcript"]["text"].casefold() for report in reports]
    first, *others, again = (text.strip(".") for text in texts)
    assert (first, *others) == ("i counted the parcels again", "i did it", "it was quiet")
    assert again == first
    assert analyzed.stderr.count("this is not a sound file") == 1


# --- what is missing, what does not fit -----------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "message"),
    [
        (
            {},
            "".join(
                f"answers: there is no answer for {step} here. Record it as {step}.wav (.flac, "
                ".opus, .ogg, .mp3 and .m4a work too).\n"
                for step in ("situation", "task")
            ),
        ),
        (
            {"situation.wav": "hello " * 50, "task.wav": ""},
            "answers/situation.wav: this is not a sound file that can be read (Invalid data found "
            "when processing input). WAV, FLAC, MP3, M4A, Ogg and Opus work.\n"
            "answers/task.wav: this file is empty. Record it again, or name another.\n",
        ),
        (None, "answers: there is no such folder of recorded answers.\n"),
    ],
    ids=["no-answers", "no-sound", "no-folder"],
)
def test_answers_that_cannot_be_used_are_all_named_before_anything_is_written(
    rehearse_in, here, home, files, message
):
    if files is not None:
        (here / "answers").mkdir()
        for name, content in files.items():
            (here / "answers" / name).write_text(content)

    ran = rehearse_in(
        "run", "webhook-drop", "--answers", "answers", "--only", "situation,task", "--plain"
    )

    assert outcome(ran) == (3, "", message)
    assert not home.exists()


def test_a_cut_off_answer_is_refused_before_anything_is_written(rehearse_in, here, home):
    (here / "answers").mkdir()
    answer = here / "answers" / "task.wav"
    _write_beep(answer, duration_s=4)
    answer.write_bytes(answer.read_bytes()[: RATE_HZ * 2])

    ran = rehearse_in("run", "webhook-drop", "--answers", "answers", "--only", "task")

    assert outcome(ran) == (
        3,
        "",
        "answers/task.wav: this file is cut off: it should last 4.0 s, but only 1.0 s are there. "
        "Copy it again, or name another.\n",
    )
    assert not home.exists()


def test_a_follow_up_that_was_asked_for_must_have_its_answer(rehearse_in, here, home):
    (here / "answers").mkdir()
    _write_beep(here / "answers" / "task.wav", duration_s=1)

    ran = rehearse_in(
        *("run", "webhook-drop", "--answers", "answers", "--only", "task", "--probes", "1")
    )

    assert outcome(ran) == (
        3,
        "",
        "answers: there is no answer for probe-1 here. Record it as probe-1.wav (.flac, .opus, "
        ".ogg, .mp3 and .m4a work too).\n",
    )
    assert not home.exists()


def test_a_home_that_cannot_be_written_is_a_trouble_of_the_disk(rehearse_in, here, home, model):
    (here / "answers").mkdir()
    _write_beep(here / "answers" / "task.wav", duration_s=1)
    home.write_text("a file in the folder's place")

    ran = rehearse_in(
        *("run", "webhook-drop", "--answers", "answers", "--only", "task", "--model", "tiny.en")
    )

    assert outcome(ran) == (
        5,
        "",
        f"{home / 'sessions'}: writing failed: Not a directory. Free some space or choose another "
        "place with REHEARSE_HOME; everything recorded so far is kept.\n",
    )
    assert home.read_text() == "a file in the folder's place"


def _write_beep(file, duration_s):
    with wave.open(str(file), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes(b"\x10\x20" * int(duration_s * RATE_HZ))


# --- pipes, consoles, Ctrl-C ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["list"], ["show", "webhook-drop"], ["schema"], ["analyze", "a.txt"]],
    ids=lambda arguments: arguments[0],
)
def test_a_reader_that_has_seen_enough_is_no_error(rehearse_in, here, home, arguments):
    (here / "a.txt").write_text("We think it got better. " * 50)
    running = subprocess.Popen(
        [sys.executable, "-m", "rehearse", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"REHEARSE_HOME": str(home)},
    )
    running.stdout.close()

    assert (running.stderr.read(), running.wait()) == (b"", 0)
    running.stderr.close()


def test_a_console_that_does_not_know_every_letter_shows_what_it_can(rehearse):
    shown = rehearse("show", "webhook-drop", PYTHONIOENCODING="ascii", PYTHONUTF8="0")

    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout.startswith("Amazon ? Earn Trust ? webhook-drop\n")


def test_ctrl_c_while_it_transcribes_keeps_the_takes_and_leaves_no_process(
    rehearse_in, here, home, model, speak
):
    (here / "answers").mkdir()
    sentence = speak("I pulled the delivery logs, and then I wrote a test that failed.")
    with wave.open(str(sentence), "rb") as spoken:
        settings, frames = spoken.getparams(), spoken.readframes(spoken.getnframes())
    with wave.open(str(here / "answers" / "action.wav"), "wb") as long_answer:
        long_answer.setparams(settings)
        long_answer.writeframes(frames * 40)
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "rehearse", "run", "webhook-drop", "--answers", "answers"),
            *("--only", "action", "--model", "tiny.en", "--plain"),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"REHEARSE_HOME": str(home)},
        start_new_session=True,
    )
    told = [running.stderr.readline()]
    while told[-1] and not told[-1].startswith("transcribing:"):
        told.append(running.stderr.readline())

    os.killpg(running.pid, signal.SIGINT)  # as a terminal does: to the whole group
    began_s = time.monotonic()
    out, err = running.communicate(timeout=60)

    assert (running.returncode, out) == (130, "")
    assert err.split("\n")[-2:] == ["Interrupted. What was recorded so far is kept.", ""]
    assert "Traceback" not in err
    assert time.monotonic() - began_s < 5
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
    (take,) = home.glob("sessions/*/takes/*.wav")
    with wave.open(str(take), "rb") as wav:
        assert wav.getnframes() / wav.getframerate() == pytest.approx(
            40 * len(frames) / 2 / settings.framerate, abs=0.1
        )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk to write to")
def test_output_that_finds_no_room_is_a_trouble_of_the_disk(rehearse_in, home):
    with Path("/dev/full").open("w") as full:
        listed = subprocess.run(
            [sys.executable, "-m", "rehearse", "list"],
            stdout=full,
            stderr=subprocess.PIPE,
            env=os.environ | {"REHEARSE_HOME": str(home)},
            check=False,
        )

    assert (listed.returncode, listed.stderr) == (5, b"Output: No space left on device.\n")
