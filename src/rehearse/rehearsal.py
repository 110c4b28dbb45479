"""One rehearsal, from the first prompt to the saved session.

Each answer is on disk before anything listens to it; while one section is asked, the one before is
transcribed.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from pathlib import Path

import msgspec

from rehearse import __version__
from rehearse.errors import DiskError
from rehearse.feedback.phrases import RuleSet
from rehearse.feedback.section import Section, judge_section
from rehearse.interview import Prompt, probe_prompts
from rehearse.ports import Clock, Recorder, SessionStore, Transcriber
from rehearse.scenario import Scenario
from rehearse.session import Mode, Session, SessionInfo, sum_up
from rehearse.transcript import Hearing

_TELL_EVERY_S = 0.25


class Asking(msgspec.Struct, frozen=True):
    section: str
    question: str


class Recording(msgspec.Struct, frozen=True):
    """Samples are arriving."""

    section: str
    target_s: float | None


class TargetPassed(msgspec.Struct, frozen=True):
    section: str


class LimitPassed(msgspec.Struct, frozen=True):
    section: str


class Kept(msgspec.Struct, frozen=True):
    """The take is complete on disk."""

    section: str
    recorded_s: float


class Transcribing(msgspec.Struct, frozen=True):
    """There is something to wait for; `fraction` of the section's take is done."""

    section: str
    fraction: float


class Saved(msgspec.Struct, frozen=True):
    session_id: str


Event = Asking | Recording | TargetPassed | LimitPassed | Kept | Transcribing | Saved


class Booking(msgspec.Struct, frozen=True, kw_only=True):
    """What the candidate chose to rehearse."""

    scenario: Scenario
    prompts: tuple[Prompt, ...]
    probes_at_most: int | None = 1
    """How many follow-ups are asked after the prompts; None for all there are."""
    mode: Mode = "steps"
    level: str | None = None
    lens: str | None = None
    model: str


class Rehearsal:
    """Performs one booking with the given equipment and tells what happens as it happens."""

    def __init__(
        self,
        booking: Booking,
        *,
        recorder: Recorder,
        transcriber: Transcriber,
        store: SessionStore,
        rules: RuleSet,
        clock: Clock,
        tell: Callable[[Event], None],
    ) -> None:
        self._booking = booking
        self._recorder = recorder
        self._transcriber = transcriber
        self._store = store
        self._rules = rules
        self._tell = tell
        self._started_at = clock()
        self._takes: dict[str, int] = {}
        self._sections: list[Section] = []
        self.session_id = store.begin(booking.scenario.name, self._started_at)

    def perform(self) -> Session:
        """Asks everything that was booked; the session it returns is saved.

        What was judged so far is saved even where the user breaks off (KeyboardInterrupt).
        """
        with ThreadPoolExecutor(max_workers=1) as listener:
            try:
                self._ask_all(self._booking.prompts, listener)
                self._ask_all(self._fitting_probes(), listener)
            except BaseException:
                listener.shutdown(wait=False, cancel_futures=True)
                if self._sections:
                    self._store.save(self.session_id, self._session())
                raise
        session = self._session()
        self._store.save(self.session_id, session)
        self._tell(Saved(self.session_id))
        return session

    def _fitting_probes(self) -> tuple[Prompt, ...]:
        weaknesses = {finding.category for part in self._sections for finding in part.findings}
        probes = probe_prompts(self._booking.scenario, weaknesses, self._booking.probes_at_most)
        return tuple(probe for probe in probes if self._recorder.has(probe.section))

    def _ask_all(self, prompts: Sequence[Prompt], listener: ThreadPoolExecutor) -> None:
        pending = [self._ask(prompt, listener) for prompt in prompts]
        for answer in pending:
            hearing = answer.wait(self._tell)
            self._sections.append(
                judge_section(answer.prompt, hearing, self._rules, f"takes/{answer.take.name}")
            )

    def _ask(self, prompt: Prompt, listener: ThreadPoolExecutor) -> "_Answer":
        self._tell(Asking(prompt.section, prompt.question))
        number = self._takes[prompt.section] = self._takes.get(prompt.section, 0) + 1
        take = self._store.take_path(self.session_id, prompt.section, number)
        self._tell(Recording(prompt.section, prompt.target_s))
        try:
            recorded_s = self._record(prompt, take)
        except OSError as error:
            raise DiskError(
                f"{take}: writing failed: {error.strerror}. Free some space and rehearse this "
                "section again; everything recorded so far is kept."
            ) from None
        self._tell(Kept(prompt.section, recorded_s))
        return _Answer(prompt, take, self._transcriber, self._booking.scenario, listener)

    def _record(self, prompt: Prompt, take: Path) -> float:
        elapsed_s = 0.0
        marks = _marks(prompt)
        for elapsed_s in self._recorder.record(prompt.section, take):
            while marks and elapsed_s >= marks[0][0]:
                self._tell(marks.pop(0)[1])
        return elapsed_s

    def _session(self) -> Session:
        booking = self._booking
        info = SessionInfo(
            id=self.session_id,
            scenario=booking.scenario.name,
            mode=booking.mode,
            level=booking.level,
            lens=booking.lens,
            started_at=self._started_at,
            model=booking.model,
            rehearse_version=__version__,
        )
        return sum_up(info, self._sections, self._rules)


class _Answer:
    """A take that is being transcribed."""

    def __init__(
        self,
        prompt: Prompt,
        take: Path,
        transcriber: Transcriber,
        scenario: Scenario,
        listener: ThreadPoolExecutor,
    ) -> None:
        self.prompt = prompt
        self.take = take
        self._fraction = 0.0
        self._future: Future[Hearing] = listener.submit(
            transcriber.hear, take, scenario.vocabulary, self._progressed
        )

    def wait(self, tell: Callable[[Event], None]) -> Hearing:
        while not wait_for([self._future], timeout=_TELL_EVERY_S).done:
            tell(Transcribing(self.prompt.section, self._fraction))
        return self._future.result()

    def _progressed(self, fraction: float) -> None:
        self._fraction = fraction


def _marks(prompt: Prompt) -> list[tuple[float, Event]]:
    """When the clock of an answer has something to say."""
    marks: list[tuple[float, Event]] = []
    if prompt.target_s is not None:
        marks.append((prompt.target_s, TargetPassed(prompt.section)))
    if prompt.limit_s is not None:
        marks.append((prompt.limit_s, LimitPassed(prompt.section)))
    return marks
