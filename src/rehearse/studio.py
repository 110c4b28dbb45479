"""From the user's settings to equipment that works."""

import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

import msgspec

from rehearse import analysis, places
from rehearse.adapters.interviewer import Interviewer
from rehearse.adapters.keyboard import Keyboard
from rehearse.adapters.recorded_answers import RecordedAnswers
from rehearse.adapters.sound_card import Loudspeaker, Microphone, Tones
from rehearse.adapters.sound_files import read_sound
from rehearse.adapters.transcript_files import is_transcript, read_transcript
from rehearse.adapters.unattended import NoKeys, NoMicrophone, NoVoice
from rehearse.adapters.voices import Choice, SpokenPrompts, choose_voice
from rehearse.adapters.whisper import WhisperTranscriber
from rehearse.booking import Booking, Progress
from rehearse.errors import MissingError, RehearseError
from rehearse.events import Event, Transcribing, Warned
from rehearse.narrator import Tell, narrator
from rehearse.ports import Controls, Recorder, Speaker
from rehearse.quizroom import QuizSheet, replies_beside
from rehearse.recording import TakeWriter
from rehearse.rehearsal import Rehearsal
from rehearse.session import Session
from rehearse.shelves import (
    check_own_rules,
    follow_ups_before,
    judging_rules,
    model_store,
    session_folders,
)
from rehearse.transcript import Hearing

_AHEAD = 2
"""So many files are decoded beside the one that is waited for: no core is idle between two."""
_KEYS = "keys: Enter = done with this section, r = tell it again, q = stop and keep what there is"


class Equipment(msgspec.Struct, frozen=True, kw_only=True):
    """What the user wants to rehearse with."""

    answers: Path | None = None
    """Recorded answers that take the microphone's place."""
    wanted_probes: int = 0
    """For how many follow-ups there must be a recorded answer."""
    voice: Choice | None = None
    """None: the best there is, but nobody speaks to recorded answers."""
    input_device: str | None = None
    output_device: str | None = None
    plain: bool = False
    tone: bool = False
    """Tell by soft tones how far an answer has come."""


def rehearse(booking: Booking, equipment: Equipment) -> Session | None:
    """A whole rehearsal; None where the candidate left the screen before its end.

    Whatever can be known to be wrong is found before a session is begun.
    """
    check_own_rules()
    recorder = _recorder(equipment)
    if isinstance(recorder, RecordedAnswers):
        recorder.load(_expected(booking, equipment.wanted_probes))
    if booking.has_quiz and equipment.answers is not None:
        replies_beside(equipment.answers, booking.scenario)
    model = model_folder(booking.model)
    with ExitStack() as stack:
        speaker = _speaker(equipment, stack)
        sound = _tones(equipment, stack)
        progress = Progress(booking, _now())
        session_id = session_folders().begin(progress)
        return _perform(session_id, progress, model, speaker, recorder, equipment, sound)


def resume(session_id: str, equipment: Equipment) -> Session | None:
    """Goes on with a session that was broken off: transcribes what is there, asks what is not.

    What is there needs no microphone.
    """
    check_own_rules()
    progress = session_folders().progress(session_id)
    recorder: Recorder
    try:
        recorder = _recorder(equipment)
    except MissingError as trouble:
        if equipment.input_device or not progress.kept:
            raise
        recorder = NoMicrophone(trouble)
        equipment = msgspec.structs.replace(equipment, voice="none")
    model = model_folder(progress.booking.model)
    with ExitStack() as stack:
        speaker = _speaker(equipment, stack)
        sound = _tones(equipment, stack)
        return _perform(session_id, progress, model, speaker, recorder, equipment, sound)


def _expected(booking: Booking, wanted_probes: int) -> list[str]:
    """The sections that must have a recorded answer."""
    steps = [prompt.section for prompt in booking.prompts]
    return steps + [f"probe-{number}" for number in range(1, wanted_probes + 1)]


def _recorder(equipment: Equipment) -> Recorder:
    if equipment.answers is not None:
        return RecordedAnswers(equipment.answers)
    return Microphone(equipment.input_device)


def _speaker(equipment: Equipment, stack: ExitStack) -> Speaker:
    """The chosen voice on the chosen loudspeaker; silence where nothing was chosen or is here."""
    if equipment.voice is None and equipment.answers is not None:
        return NoVoice()
    voice = choose_voice(equipment.voice or "auto")
    if voice is None:
        return NoVoice()
    prompts = stack.enter_context(SpokenPrompts(voice, places.home() / "cache" / "prompts"))
    try:
        return Interviewer(prompts, Loudspeaker(equipment.output_device))
    except MissingError:
        if equipment.output_device or equipment.voice:
            raise
        return NoVoice()


def _tones(equipment: Equipment, stack: ExitStack) -> Tell:
    """Sounds the events that are worth a tone, where that is wanted and somebody is there to hear."""
    if not equipment.tone or equipment.answers is not None:
        return lambda _: None
    return stack.enter_context(Tones(Loudspeaker(equipment.output_device))).hear


def _perform(
    session_id: str,
    progress: Progress,
    model: Path,
    speaker: Speaker,
    recorder: Recorder,
    equipment: Equipment,
    sound: Tell,
) -> Session | None:
    has_quit = False

    def perform(controls: Controls, tell: Tell) -> Session:
        nonlocal has_quit

        def tell_and_sound(event: Event) -> None:
            sound(event)
            tell(event)

        rehearsal = Rehearsal(
            session_id,
            progress,
            speaker=speaker,
            recorder=recorder,
            controls=controls,
            transcriber=listener,
            store=session_folders(),
            load_rules=lambda: judging_rules(warning_by(tell_and_sound)),
            look_back=lambda: follow_ups_before(progress.booking.scenario.name),
            tell=tell_and_sound,
        )
        session = rehearsal.perform()
        has_quit = rehearsal.has_quit
        return session

    def quiz_after(session: Session, fill: Callable[[QuizSheet], None]) -> Session:
        """Whoever stopped before the end wants no questions."""
        scenario = progress.booking.scenario
        if not progress.booking.has_quiz or has_quit:
            return session
        sheet = QuizSheet(scenario, speaker, session)
        fill(sheet)
        return sheet.session or session

    with WhisperTranscriber(model) as listener:
        if equipment.answers is not None:
            answers = equipment.answers
            with narrator(plain=equipment.plain) as tell:
                session = perform(NoKeys(), tell)
                return quiz_after(session, lambda sheet: sheet.fill_beside(answers, tell))
        if equipment.plain or not (sys.stdin.isatty() and sys.stdout.isatty()):
            with Keyboard() as keyboard, narrator(plain=True) as tell:
                if sys.stdin.isatty():  # a script knows its keys
                    print(_KEYS, file=sys.stderr, flush=True)  # noqa: T201 - for people
                session = perform(keyboard, tell)
                return quiz_after(session, lambda sheet: sheet.fill_by_keyboard(keyboard, tell))
        from rehearse.tui.app import rehearse_on_screen

        shown = rehearse_on_screen(progress.booking, perform)
        return quiz_after(shown, QuizSheet.fill_on_screen) if shown else None


def analyze(
    request: analysis.Request, files: Sequence[Path], *, plain: bool
) -> Iterator[Session | RehearseError]:
    """Each file judged, in order. The model is loaded once, and only where a file needs it."""
    with narrator(plain=plain) as tell, _FileEar(request, files, tell) as ear:
        yield from analysis.analyze(request, files, ear.hear, judging_rules(warning_by(tell)))


def hear(file: Path, model: str, *, plain: bool) -> Hearing:
    """What a recording or a .txt transcript says, without judging it."""
    request = analysis.request(None, None, level=None, lens=None, model=model)
    with narrator(plain=plain) as tell, _FileEar(request, [file], tell) as ear:
        return ear.hear(file)


class _FileEar:
    """Hears recordings, each through a take like any other, and reads .txt transcripts. `files` are
    those that it will be asked for, in this order: the next ones are decoded beside the one that is
    waited for.
    """

    def __init__(self, request: analysis.Request, files: Sequence[Path], tell: Tell) -> None:
        self._request = request
        self._coming = deque(enumerate(files))
        self._ready: deque[Path | RehearseError] = deque()
        self._tell = tell
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def hear(self, file: Path) -> Hearing:
        """What the next file holds. Raises BadInputError where it cannot be read, MissingError
        where there is no model to hear it with.
        """
        while self._coming and len(self._ready) <= _AHEAD:
            self._ready.append(self._made_ready(*self._coming.popleft()))
        take = self._ready.popleft()
        if isinstance(take, RehearseError):
            raise take
        if is_transcript(take):
            return Hearing(read_transcript(take))
        hearing = self._transcriber.hear(
            take,
            self._request.vocabulary,
            lambda fraction: self._tell(Transcribing(file.name, fraction)),
        )
        take.unlink()
        return hearing

    def _made_ready(self, number: int, file: Path) -> Path | RehearseError:
        """The take of this file, being decoded; a transcript as it is; or why it is neither."""
        if is_transcript(file):
            return file
        take = self._takes / f"{number}.wav"
        try:
            samples = read_sound(file)
            with TakeWriter(take) as writer:
                writer.write(samples)
            self._transcriber.expect(take, self._request.vocabulary)
        except RehearseError as error:
            return error
        return take

    @cached_property
    def _takes(self) -> Path:
        return Path(self._stack.enter_context(TemporaryDirectory(prefix="rehearse-")))

    @cached_property
    def _transcriber(self) -> WhisperTranscriber:
        return self._stack.enter_context(WhisperTranscriber(model_folder(self._request.model)))


def model_folder(model: str) -> Path:
    """Where the named model lies; a folder of one's own is taken as it is.

    Raises MissingError where it is not installed, UsageError where it is unknown.
    """
    own = Path(model)
    return own if (own / "model.bin").is_file() else model_store().path(model)


def warning_by(tell: Tell) -> Callable[[str], None]:
    """What tells of trouble with the language model as an event."""
    return lambda text: tell(Warned("key points", text))


def _now() -> datetime:
    return datetime.now().astimezone()
