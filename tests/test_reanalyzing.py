"""`rehearse reanalyze`, as a user types it."""

import json

import msgspec
import pytest

from rehearse.session import from_json, to_json
from tests.sessions import finished_session, section, session_of

SESSION = "20260301-093005-webhook-drop"


TOLD = {"situation": "I noticed that some webhooks were lost.", "result": "The team was happy."}


def told(**info):
    return finished_session(told=TOLD, **info)


@pytest.fixture
def keep(home):
    def keep(session, session_id=SESSION):
        folder = home / "sessions" / session_id
        (folder / "takes").mkdir(parents=True)
        (folder / "session.json").write_bytes(to_json(session))
        return folder

    return keep


def read(folder):
    return from_json((folder / "session.json").read_bytes(), "session.json")


def by_rules_of_then(session):
    """The session as if other rules had judged it."""
    return msgspec.structs.replace(
        session,
        sections=tuple(msgspec.structs.replace(each, findings=()) for each in session.sections),
        checked=msgspec.structs.replace(session.checked, rules=1),
        verdict=None,
    )


def test_where_no_session_is_finished_there_is_nothing_to_judge(rehearse):
    completed = rehearse("reanalyze", "--all")

    assert (completed.returncode, completed.stdout, completed.stderr) == (
        0,
        "",
        "No session is finished yet. `rehearse demo` makes one.\n",
    )


def test_todays_rules_judge_the_words_of_then(rehearse, keep):
    folder = keep(by_rules_of_then(told()))

    completed = rehearse("reanalyze", SESSION, "--text-only")

    assert (completed.returncode, completed.stderr) == (0, f"saved: {SESSION}\n")
    assert completed.stdout == (f"{SESSION}: weak phrases 0 → 2, verdict none → not enough\n")
    assert read(folder).sections == told().sections
    assert read(folder).checked == told().checked


def test_takes_are_heard_again_with_the_model_that_was_chosen(rehearse, keep, speak, model):
    was_heard = section("result", "It went down.")
    folder = keep(session_of(was_heard, id=SESSION, scenario="webhook-drop", model="base"))
    said = speak("The rate went from nine percent to zero.")
    (folder / "takes" / "result-1.wav").write_bytes(_take(said))

    completed = rehearse("reanalyze", SESSION, "--model", "tiny.en", "--json")

    assert completed.returncode == 0, completed.stderr
    assert f"transcribing: {SESSION}: result: " in completed.stderr
    new = read(folder)
    assert new.session.model == "tiny.en"
    assert "from 9% to" in new.sections[0].transcript.text
    (change,) = json.loads(completed.stdout)["sessions"]
    assert (change["id"], change["before"]["words"], change["after"]["words"]) == (
        SESSION,
        3,
        len(new.sections[0].transcript.words),
    )


def _take(sound):
    from rehearse.adapters.sound_files import read_sound
    from rehearse.recording import TakeWriter

    take = sound.with_name(f"take-{sound.name}")
    take.unlink(missing_ok=True)
    with TakeWriter(take) as writer:
        writer.write(read_sound(sound))
    return take.read_bytes()


def test_where_a_take_is_gone_its_words_stay(rehearse, keep):
    folder = keep(by_rules_of_then(told()))

    completed = rehearse("reanalyze", SESSION)

    gone = "its take is gone; its words stay as they were."
    assert completed.stderr == (
        f"warning: situation: {gone}\nwarning: result: {gone}\nsaved: {SESSION}\n"
    )
    assert read(folder).sections == told().sections


def test_all_are_judged_though_one_is_damaged_and_history_compares_like_with_like(
    rehearse, keep, home
):
    folder = keep(by_rules_of_then(told()))
    other = keep(told(), "20260302-093005-webhook-drop")
    damaged = keep(told(), "20260303-093005-webhook-drop") / "session.json"
    damaged.write_bytes(b"{")
    gone = keep(by_rules_of_then(told(scenario="long-gone")), "20260228-093005-long-gone")
    judged_otherwise = "Judged by other rules or another model"
    assert judged_otherwise in rehearse("history").stdout

    completed = rehearse("reanalyze", "--all", "--text-only")

    assert completed.returncode == 3
    assert f"{damaged}: this session is damaged" in completed.stderr
    assert (
        "warning: long-gone: this scenario is not here any more; level and lens stay as they were "
        "judged.\n"
    ) in completed.stderr
    assert damaged.read_bytes() == b"{"
    for each in (folder, other, gone):
        assert read(each).sections == told().sections
    assert judged_otherwise not in rehearse("history").stdout


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((), "Name one session, or say --all. `rehearse history` lists them.\n"),
        ((SESSION, "--all"), "Name one session, or say --all. `rehearse history` lists them.\n"),
        (
            ("--all", "--text-only", "--model", "base"),
            "--text-only hears nothing, so it goes without --model.\n",
        ),
    ],
    ids=["none", "both", "contradiction"],
)
def test_what_is_to_be_judged_must_be_clear(rehearse, arguments, complaint):
    completed = rehearse("reanalyze", *arguments)

    assert (completed.returncode, completed.stderr) == (2, complaint)
