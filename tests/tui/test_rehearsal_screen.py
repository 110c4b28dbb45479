"""The screen with real parts behind it: folders, recorded answers, the real model; keys by pilot."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from tests.live import ANSWERS, SCENARIO
from tests.sounds import silence

from rehearse.adapters.recorded_answers import RecordedAnswers
from rehearse.adapters.session_folders import SessionFolders
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.unattended import NoVoice
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.booking import Booking, Progress
from rehearse.errors import DiskError
from rehearse.events import Asking, Kept, Listening, Recording, Retaking, VoiceFailed, Warned
from rehearse.feedback.phrases import load_rules
from rehearse.interview import step_prompts
from rehearse.ports import Key
from rehearse.recording import TakeWriter
from rehearse.rehearsal import Rehearsal
from rehearse.scenario_yaml import parse
from rehearse.tui.app import RehearsalApp
from rehearse.tui.rehearsal_screen import RehearsalScreen
from rehearse.tui.report_screen import ReportScreen

PARSED = parse(SCENARIO, "lost-parcels.yaml")
BOOKING = Booking(scenario=PARSED, prompts=step_prompts(PARSED), model="tiny.en", probes_at_most=0)
SIZES = [(80, 24), (120, 40)]


def shown(app, widget):
    return str(app.screen.query_one(f"#{widget}").render())


async def until(pilot, condition, timeout_s=60):
    for _ in range(int(timeout_s / 0.05)):
        if condition():
            return
        await pilot.pause(0.05)
    raise AssertionError("it never came to that")


def scripted(*events, then_wait=True):
    """A rehearsal that tells these events and then waits for a key."""

    def perform(controls, tell):
        for event in events:
            tell(event)
        while then_wait and controls.pressed() is not Key.QUIT:
            time.sleep(0.01)
        raise DiskError("that was all")

    return perform


ASKED = (Asking("situation", "What was going on?"),)
STARTED = (*ASKED, Recording("situation", 30.0, 45.0))


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    ("elapsed_s", "clock", "phase"),
    [
        (12.0, "of 30 s", None),
        (25.0, "5 s left", "soon"),
        (33.0, "3 s over the target: come to a close", "over"),
        (50.0, "past the limit of 45 s: finish your sentence", "limit"),
    ],
)
def test_the_clock_speaks_by_colour_and_by_words(size, elapsed_s, clock, phase):
    async def story():
        app = RehearsalApp(BOOKING, scripted(*STARTED, Listening("situation", elapsed_s, -20.0)))
        async with app.run_test(size=size) as pilot:
            await until(pilot, lambda: shown(app, "words") == clock)
            phases = {name for name in ("soon", "over", "limit") if app.screen.has_class(name)}
            assert phases == ({phase} if phase else set())
            calm = app.screen.query_one("#question").styles.color
            for widget in ("clock", "words"):
                is_coloured = app.screen.query_one(f"#{widget}").styles.color != calm
                assert is_coloured == (phase is not None), widget
            for widget in app.screen.query("#frame > *"):
                assert widget.region.bottom < size[1], f"{widget.id} is below the screen"
            await pilot.press("q")

    asyncio.run(story())


def test_whether_it_records_is_said_and_nothing_of_the_pause_stays():
    pause = (Listening("situation", 33.0, -20.0), Kept("situation", 33.2))

    async def story(*events, until_words):
        app = RehearsalApp(BOOKING, scripted(*ASKED, *events))
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: shown(app, "words") == until_words)
            lines = [shown(app, widget) for widget in ("section", "words", "next", "notice")]
            is_calm = not app.screen.has_class("over")
            await pilot.press("q")
        return lines, is_calm

    assert asyncio.run(story(*STARTED[1:], *pause, until_words="kept: 33.2 s")) == (
        ["SITUATION · not recording", "kept: 33.2 s", "", ""],
        True,
    )
    again = (Retaking("situation"), *STARTED[1:], Listening("situation", 2.0, -20.0))
    assert asyncio.run(story(*STARTED[1:], *pause, *again, until_words="of 30 s")) == (
        [
            "SITUATION · recording",
            "of 30 s",
            "",
            "Told again; the earlier take is kept too.",
        ],
        True,
    )


def test_trouble_with_voice_or_microphone_is_said_on_the_screen():
    async def story():
        events = (*ASKED, VoiceFailed("The voice is gone."))
        app = RehearsalApp(BOOKING, scripted(*events))
        async with app.run_test() as pilot:
            await until(pilot, lambda: shown(app, "notice") == "The voice is gone.")
            assert shown(app, "question") == "What was going on?"
            await pilot.press("q")
        app = RehearsalApp(BOOKING, scripted(*STARTED, Warned("situation", "I hear nothing.")))
        async with app.run_test() as pilot:
            await until(pilot, lambda: shown(app, "notice") == "I hear nothing.")
            await pilot.press("q")
        lost = (Warned("situation", "The microphone is gone."), Kept("situation", 3.0))
        app = RehearsalApp(BOOKING, scripted(*STARTED, *lost))
        async with app.run_test() as pilot:
            await until(pilot, lambda: shown(app, "words") == "kept: 3.0 s")
            assert shown(app, "notice") == "The microphone is gone."
            await pilot.press("q")

    asyncio.run(story())


def test_an_error_ends_the_screen_and_comes_out_of_it():
    async def story():
        app = RehearsalApp(BOOKING, scripted(*ASKED, then_wait=False))
        async with app.run_test() as pilot:
            await until(pilot, lambda: not app.is_running or app.return_value is not None)
        assert str(app.return_value) == "that was all"

    asyncio.run(story())


@pytest.mark.parametrize("key", ["q", "ctrl+q", "ctrl+c"])
def test_every_usual_key_for_leaving_stops_the_rehearsal(key):
    async def story():
        app = RehearsalApp(BOOKING, scripted(*STARTED))
        async with app.run_test() as pilot:
            await until(pilot, lambda: shown(app, "section") == "SITUATION · recording")
            await pilot.press(key)
            await until(pilot, lambda: app.return_value is not None)
        assert str(app.return_value) == "that was all"

    asyncio.run(story())


def test_the_screen_survives_a_resize_while_recording():
    async def story():
        app = RehearsalApp(BOOKING, scripted(*STARTED, Listening("situation", 12.0, -20.0)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.resize_terminal(80, 24)
            await until(pilot, lambda: shown(app, "words") == "of 30 s")
            await pilot.press("q")

    asyncio.run(story())


@pytest.fixture
def perform(tmp_path, speak, model):
    folder = tmp_path / "answers"
    folder.mkdir()
    for section, text in ANSWERS.items():
        with TakeWriter(folder / f"{section}.wav") as writer:
            writer.write(silence(0.5) + read_sound(speak(text)))
    store = SessionFolders(tmp_path / "sessions")
    progress = Progress(BOOKING, datetime(2026, 11, 23, 20, 15, tzinfo=UTC))
    session_id = store.begin(progress)

    def perform(controls, tell):
        with WhisperTranscriber(model) as listener:
            return Rehearsal(
                session_id,
                progress,
                speaker=NoVoice(),
                recorder=RecordedAnswers(folder),
                controls=controls,
                transcriber=listener,
                store=store,
                load_rules=load_rules,
                tell=tell,
            ).perform()

    return perform


def test_between_sections_the_candidate_breathes_retakes_and_goes_on_to_the_report(perform):
    async def story():
        app = RehearsalApp(BOOKING, perform)
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: "Next: RESULT" in shown(app, "next"))
            assert isinstance(app.screen, RehearsalScreen)
            await pilot.press("r")
            await until(pilot, lambda: "Next: RESULT" in shown(app, "next"))
            await pilot.press("enter")
            await until(pilot, lambda: "Next: the report" in shown(app, "next"))
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ReportScreen))
            await pilot.press("q")
        session = app.return_value
        assert [section.audio for section in session.sections] == [
            "takes/situation-2.wav",
            "takes/result-1.wav",
        ]

    asyncio.run(story())
