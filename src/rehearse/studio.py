"""From the user's settings to equipment that works. Everything heavy is imported when it is needed."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from rehearse import places
from rehearse.recording import TakeWriter

if TYPE_CHECKING:
    from rehearse.adapters.models import ModelStore
    from rehearse.adapters.scenario_library import ScenarioLibrary
    from rehearse.adapters.session_folders import SessionFolders
    from rehearse.adapters.whisper import WhisperTranscriber
    from rehearse.analysis import Request
    from rehearse.booking import Booking, Progress
    from rehearse.errors import RehearseError
    from rehearse.narrator import Tell
    from rehearse.ports import Recorder
    from rehearse.session import Session
    from rehearse.transcript import Hearing


def scenario_library() -> "ScenarioLibrary":
    """The user's own scenarios first, then those that ship with the program."""
    from rehearse.adapters.scenario_library import ScenarioLibrary

    return ScenarioLibrary(places.home() / "scenarios", places.shipped_scenarios())


def session_folders() -> "SessionFolders":
    from rehearse.adapters.session_folders import SessionFolders

    return SessionFolders(places.home() / "sessions")


def model_store() -> "ModelStore":
    from rehearse.adapters.models import ModelStore

    return ModelStore(places.models())


def transcriber(model: str) -> "WhisperTranscriber":
    """Raises MissingError where the model is not installed, UsageError where it is unknown.

    A path to a folder with a faster-whisper model of one's own works too.
    """
    from rehearse.adapters.whisper import WhisperTranscriber

    return WhisperTranscriber(model_folder(model))


def model_folder(model: str) -> Path:
    """Where the named model lies; a folder of one's own is taken as it is."""
    own = Path(model)
    return own if (own / "model.bin").is_file() else model_store().path(model)


def rehearse_from_files(
    booking: "Booking", answers: Path, *, plain: bool, wanted_probes: int = 0
) -> "Session":
    """A whole rehearsal with recorded answers in the microphone's place.

    Everything that can be wrong with the files is found before a session is begun.
    """
    from rehearse.adapters.recorded_answers import RecordedAnswers
    from rehearse.booking import Progress

    recorder = RecordedAnswers(answers)
    sections = [prompt.section for prompt in booking.prompts]
    sections += [f"probe-{number}" for number in range(1, wanted_probes + 1)]
    recorder.load(sections)
    folder = model_folder(booking.model)
    progress = Progress(booking, _now())
    return _perform(session_folders().begin(progress), progress, folder, recorder, plain=plain)


def resume(session_id: str, answers: Path, *, plain: bool) -> "Session":
    """Goes on with a session that was broken off: transcribes what is there, asks what is not."""
    from rehearse.adapters.recorded_answers import RecordedAnswers

    progress = session_folders().progress(session_id)
    recorder = RecordedAnswers(answers)
    return _perform(
        session_id, progress, model_folder(progress.booking.model), recorder, plain=plain
    )


def _perform(
    session_id: str, progress: "Progress", model: Path, recorder: "Recorder", *, plain: bool
) -> "Session":
    from rehearse.adapters.unattended import NoKeys, NoVoice
    from rehearse.adapters.whisper import WhisperTranscriber
    from rehearse.feedback.phrases import load_rules
    from rehearse.narrator import narrator
    from rehearse.rehearsal import Rehearsal

    with WhisperTranscriber(model) as listener, narrator(plain=plain) as tell:
        rehearsal = Rehearsal(
            session_id,
            progress,
            speaker=NoVoice(),
            recorder=recorder,
            controls=NoKeys(),
            transcriber=listener,
            store=session_folders(),
            rules=load_rules(),
            tell=tell,
        )
        return rehearsal.perform()


def analyze(
    request: "Request", files: Sequence[Path], *, plain: bool
) -> Iterator["Session | RehearseError"]:
    """Each file judged, in order. The model is loaded once, and only where a file needs it."""
    from rehearse import analysis
    from rehearse.feedback.phrases import load_rules
    from rehearse.narrator import narrator

    with narrator(plain=plain) as tell, _FileEar(request, tell) as ear:
        yield from analysis.analyze(request, files, ear.hear, load_rules())


class _FileEar:
    """Hears recordings, through a take like any other, and reads .txt transcripts."""

    def __init__(self, request: "Request", tell: "Tell") -> None:
        self._request = request
        self._tell = tell
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def hear(self, file: Path) -> "Hearing":
        from rehearse.adapters.sound_files import read_sound
        from rehearse.adapters.transcript_files import is_transcript, read_transcript
        from rehearse.events import Transcribing
        from rehearse.transcript import Hearing

        if is_transcript(file):
            return Hearing(read_transcript(file))
        take = self._takes / "take.wav"
        samples = read_sound(file)
        take.unlink(missing_ok=True)
        with TakeWriter(take) as writer:
            writer.write(samples)
        return self._transcriber.hear(
            take,
            self._request.vocabulary,
            lambda fraction: self._tell(Transcribing(file.name, fraction)),
        )

    @cached_property
    def _takes(self) -> Path:
        from tempfile import TemporaryDirectory

        return Path(self._stack.enter_context(TemporaryDirectory(prefix="rehearse-")))

    @cached_property
    def _transcriber(self) -> "WhisperTranscriber":
        return self._stack.enter_context(transcriber(self._request.model))


def _now() -> datetime:
    return datetime.now().astimezone()
