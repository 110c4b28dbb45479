"""A whole rehearsal with real parts: real folders, real sound, the real model."""

import wave
from datetime import UTC, datetime

import pytest

from rehearse.adapters.recorded_answers import RecordedAnswers
from rehearse.adapters.session_folders import SessionFolders
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.unattended import NoKeys, NoVoice
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.booking import Booking, Progress
from rehearse.errors import DiskError
from rehearse.events import (
    Asking,
    Kept,
    LimitPassed,
    Listening,
    Recording,
    Saved,
    TargetNear,
    TargetPassed,
    Transcribing,
    Warned,
)
from rehearse.feedback.phrases import load_rules
from rehearse.interview import step_prompts
from rehearse.progress.follow_ups import Before
from rehearse.recording import Moment, TakeWriter
from rehearse.rehearsal import Rehearsal
from rehearse.scenario_yaml import parse
from rehearse.transcript import Hearing, Transcript
from tests.sounds import silence

NOTHING_BEFORE = Before()
BEGAN = datetime(2026, 11, 23, 20, 15, tzinfo=UTC)
ID = "20261123-201500-lost-parcels"
SCENARIO = parse(
    """\
schema: 1
name: lost-parcels
question: Tell me about a time you fixed something that was not yours.
steps:
  - {name: situation, target: 2s, limit: 4s, prompt: What was going on?}
  - {name: result, target: 30s, prompt: How did it end?, key_points: [zero parcels]}
probes:
  - {question: Why you?, asks_when: [assigned]}
  - {question: How did you measure it?, asks_when: [no_metric]}
""",
    "lost-parcels.yaml",
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory, speak):
    folder = tmp_path_factory.mktemp("answers")
    spoken = {
        "situation": "I was in charge of the warehouse, and every week we lost four parcels.",
        "result": "Everything got much better and the team was happy.",
        "probe-1": "I counted the parcels every Monday for six weeks.",
    }
    for section, text in spoken.items():
        with TakeWriter(folder / f"{section}.wav") as writer:
            writer.write(silence(1.0) + read_sound(speak(text)) + silence(0.5))
    return folder


@pytest.fixture(scope="module")
def transcriber(model):
    with WhisperTranscriber(model) as transcriber:
        yield transcriber


@pytest.fixture
def rehearsal(tmp_path, answers, transcriber):
    told = []

    def make(recorder=None, before=NOTHING_BEFORE, heard_by=transcriber, **wishes):
        wishes = {"model": "tiny.en"} | wishes
        booking = Booking(scenario=SCENARIO, prompts=step_prompts(SCENARIO), **wishes)
        store = SessionFolders(tmp_path / "sessions")
        session_id = (store.unfinished() or [store.begin(Progress(booking, BEGAN))])[0]
        rehearsal = Rehearsal(
            session_id,
            store.progress(session_id),
            speaker=NoVoice(),
            recorder=recorder or RecordedAnswers(answers),
            controls=NoKeys(),
            transcriber=heard_by,
            store=store,
            load_rules=load_rules,
            tell=told.append,
            look_back=lambda: before,
        )
        return rehearsal, told

    return make


def test_an_answer_is_asked_recorded_timed_and_saved_section_by_section(rehearsal, tmp_path):
    performed, told = rehearsal()

    session = performed.perform()

    assert SessionFolders(tmp_path / "sessions").load(ID) == session
    assert [section.name for section in session.sections] == ["situation", "result", "probe-1"]
    assert [section.audio for section in session.sections] == [
        "takes/situation-1.wav",
        "takes/result-1.wav",
        "takes/probe-1-1.wav",
    ]
    situation = session.sections[0]
    assert situation.first_word_s == pytest.approx(1.0, abs=0.2)
    assert situation.verdict in {"over", "over_limit"}
    assert "parcels" in situation.past_target.text
    assert session.session.started_at == BEGAN
    assert told[-1] == Saved(ID)


def test_what_happens_is_told_in_order(rehearsal):
    performed, told = rehearsal(probes_at_most=0)

    session = performed.perform()

    recorded_s = {section.name: section.recorded_s for section in session.sections}
    events = [event for event in told if not isinstance(event, Transcribing | Listening)]
    assert [type(event) for event in events[:6]] == [
        Asking, Recording, TargetNear, TargetPassed, LimitPassed, Kept,
    ]  # fmt: skip
    assert events[:2] == [
        Asking("situation", "What was going on?"),
        Recording("situation", 2.0, 4.0),
    ]
    assert events[6:8] == [Asking("result", "How did it end?"), Recording("result", 30.0, 45.0)]
    assert events[5].recorded_s == pytest.approx(recorded_s["situation"], abs=0.01)


class SlowTranscriber:
    """Takes 1.42 s for a second of speech."""

    slowness = 1.42

    def __init__(self):
        self.followed = []

    def follow(self, take, vocabulary):
        self.followed.append((take.name, take.exists(), vocabulary))

    def hear(self, take, vocabulary, on_progress):
        return Hearing(Transcript(), (), 2.0)


def test_a_model_that_is_too_slow_is_said_once_and_as_soon_as_it_is_known(rehearsal):
    performed, told = rehearsal(probes_at_most=0, heard_by=SlowTranscriber(), model="base")

    performed.perform()

    warnings = [event for event in told if isinstance(event, Warned) and "model" in event.warning]
    assert warnings == [
        Warned(
            "situation",
            "The model base is too slow for this computer: a second of speech takes it 1.4 s. "
            "Nothing is left out, but the report will be late. --model tiny.en is faster.",
        )
    ]


def test_every_take_is_followed_from_before_its_first_sample(rehearsal):
    transcriber = SlowTranscriber()
    performed, _ = rehearsal(probes_at_most=0, heard_by=transcriber)

    performed.perform()

    assert transcriber.followed == [
        ("situation-1.wav", False, SCENARIO.vocabulary),
        ("result-1.wav", False, SCENARIO.vocabulary),
    ]


def test_the_follow_up_is_the_one_that_fits_what_was_missing(rehearsal):
    performed, told = rehearsal(probes_at_most=1)

    performed.perform()

    asked = [event.question for event in told if isinstance(event, Asking)]
    assert asked[-1] == "How did you measure it?"


def test_the_follow_up_that_was_asked_last_time_waits_for_the_others(rehearsal):
    last_time = Before((frozenset({"How did you measure it?"}),))
    performed, told = rehearsal(before=last_time, probes_at_most=1)

    performed.perform()

    asked = [event.question for event in told if isinstance(event, Asking)]
    assert asked[-1] == "Why you?"


class BreaksOffAtTheFollowUp(RecordedAnswers):
    def record(self, section, take):
        if section == "probe-1":
            raise KeyboardInterrupt
        yield from super().record(section, take)


def test_going_on_asks_the_follow_up_that_was_chosen_whatever_was_asked_since(rehearsal, answers):
    performed, _ = rehearsal(BreaksOffAtTheFollowUp(answers), probes_at_most=1)
    with pytest.raises(KeyboardInterrupt):
        performed.perform()

    resumed, _ = rehearsal(before=Before((frozenset({"How did you measure it?"}),)))

    assert resumed.perform().sections[-1].question == "How did you measure it?"


class BreaksOff(RecordedAnswers):
    """A candidate who presses Ctrl-C in the middle of the second answer."""

    def record(self, section, take):
        for count, moment in enumerate(super().record(section, take)):
            if section == "result" and count > 3:
                raise KeyboardInterrupt
            yield moment


def test_breaking_off_keeps_every_take(rehearsal, answers, tmp_path):
    performed, _ = rehearsal(BreaksOff(answers))

    with pytest.raises(KeyboardInterrupt):
        performed.perform()

    takes = tmp_path / "sessions" / ID / "takes"
    assert sorted(take.name for take in takes.iterdir()) == ["result-1.wav", "situation-1.wav"]
    assert SessionFolders(tmp_path / "sessions").unfinished() == [ID]
    for take in takes.iterdir():
        with wave.open(str(take)) as wav:
            assert wav.getnframes() > 0


def test_what_was_broken_off_goes_on_where_it_stopped(rehearsal, answers, tmp_path):
    performed, _ = rehearsal(BreaksOff(answers), probes_at_most=0)
    with pytest.raises(KeyboardInterrupt):
        performed.perform()

    resumed, told = rehearsal()
    session = resumed.perform()

    assert [event.section for event in told if isinstance(event, Asking)] == [
        "situation",
        "result",
        "result",
    ]
    assert [(section.name, section.audio) for section in session.sections] == [
        ("situation", "takes/situation-1.wav"),
        ("result", "takes/result-2.wav"),
    ]
    assert session.session.started_at == BEGAN
    assert SessionFolders(tmp_path / "sessions").unfinished() == []
    assert SessionFolders(tmp_path / "sessions").load(ID) == session


class FullDisk(RecordedAnswers):
    def record(self, section, take):
        yield Moment(0.1, -30.0)
        raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_and_not_hidden(rehearsal, answers, tmp_path):
    performed, _ = rehearsal(FullDisk(answers))

    with pytest.raises(DiskError) as caught:
        performed.perform()

    take = tmp_path / "sessions" / ID / "takes" / "situation-1.wav"
    assert str(caught.value) == (
        f"{take}: writing failed: No space left on device. Free some space, then go on with "
        f"`rehearse resume {ID}`; everything recorded so far is kept."
    )
